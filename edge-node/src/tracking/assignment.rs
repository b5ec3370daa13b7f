//! Who is who: the pairs of least total cost (Kuhn 1955, in the form with potentials). Pure and deterministic; a pair
//! that must not be is given no cost at all.

/// Pairs rows with columns. `cost[row][column]` is `None` where the two cannot belong together; a row or column may stay
/// alone. Returns (row, column) by rows.
pub(super) fn assign(cost: &[Vec<Option<f64>>], columns: usize) -> Vec<(usize, usize)> {
    let rows = cost.len();
    if rows == 0 || columns == 0 {
        return Vec::new();
    }
    // Each row gets a column of its own for staying alone, dearer than any pair that may be.
    const ALONE: f64 = 1e3;
    const NEVER: f64 = 1e7;
    let width = columns + rows;
    let price = |row: usize, column: usize| match column {
        c if c < columns => cost[row].get(c).copied().flatten().unwrap_or(NEVER),
        c if c - columns == row => ALONE,
        _ => NEVER,
    };
    let (mut u, mut v) = (vec![0.0; rows + 1], vec![0.0; width + 1]);
    let (mut owner, mut way) = (vec![0usize; width + 1], vec![0usize; width + 1]);
    for row in 1..=rows {
        owner[0] = row;
        let mut column = 0;
        let mut least = vec![f64::INFINITY; width + 1];
        let mut used = vec![false; width + 1];
        loop {
            used[column] = true;
            let at = owner[column];
            let (mut delta, mut next) = (f64::INFINITY, 0);
            for c in 1..=width {
                if used[c] {
                    continue;
                }
                let reduced = price(at - 1, c - 1) - u[at] - v[c];
                if reduced < least[c] {
                    least[c] = reduced;
                    way[c] = column;
                }
                if least[c] < delta {
                    delta = least[c];
                    next = c;
                }
            }
            for c in 0..=width {
                if used[c] {
                    u[owner[c]] += delta;
                    v[c] -= delta;
                } else {
                    least[c] -= delta;
                }
            }
            column = next;
            if owner[column] == 0 {
                break;
            }
        }
        while column != 0 {
            let before = way[column];
            owner[column] = owner[before];
            column = before;
        }
    }
    let mut pairs: Vec<(usize, usize)> = (1..=columns)
        .filter(|c| owner[*c] > 0)
        .map(|c| (owner[c] - 1, c - 1))
        .filter(|(row, column)| cost[*row].get(*column).copied().flatten().is_some())
        .collect();
    pairs.sort_unstable();
    pairs
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// The cheapest by trying everything: staying alone costs 1000.
    fn by_force(cost: &[Vec<Option<f64>>], row: usize, taken: &mut Vec<bool>) -> f64 {
        if row == cost.len() {
            return 0.0;
        }
        let mut best = 1000.0 + by_force(cost, row + 1, taken);
        for column in 0..taken.len() {
            if let (false, Some(price)) = (taken[column], cost[row][column]) {
                taken[column] = true;
                best = best.min(price + by_force(cost, row + 1, taken));
                taken[column] = false;
            }
        }
        best
    }

    #[test]
    fn the_best_total_wins_over_the_best_single_pair() {
        let cost = vec![vec![Some(0.1), Some(0.2)], vec![Some(0.15), Some(0.9)]];
        assert_eq!(assign(&cost, 2), [(0, 1), (1, 0)]);
        assert_eq!(assign(&[vec![None], vec![Some(0.5)]], 1), [(1, 0)]);
        assert_eq!(assign(&[], 3), []);
    }

    proptest! {
        #[test]
        fn no_cheaper_way_exists(cells in prop::collection::vec(prop::collection::vec(prop::option::of(0.0f64..1.0), 4), 1..5)) {
            let pairs = assign(&cells, 4);
            let alone = (cells.len() - pairs.len()) as f64 * 1000.0;
            let total: f64 = pairs.iter().map(|(r, c)| cells[*r][*c].unwrap()).sum::<f64>() + alone;
            prop_assert!((total - by_force(&cells, 0, &mut vec![false; 4])).abs() < 1e-6);
        }
    }
}
