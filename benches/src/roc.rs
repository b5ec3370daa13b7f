//! How often genuine and impostor pairs pass at each threshold, with intervals from drawing people anew. Functions of
//! values: a person's pictures hang together, so people are drawn, never pairs, and the threshold is set anew each time.

use rand::{Rng as _, SeedableRng as _};
use rand_chacha::ChaCha8Rng;

/// How often people are drawn anew.
const DRAWS: usize = 1000;

/// Two pictures.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Pair {
    /// How alike; minus infinity where one of them shows no face: such a pair passes nowhere.
    pub(crate) score: f32,
    /// Whose they are, as places in a list of people; the same twice for a genuine pair.
    pub(crate) people: [usize; 2],
}

/// Genuine and impostor pairs, each best first.
#[derive(Debug, Clone)]
pub(crate) struct Roc {
    genuine: Vec<Pair>,
    impostors: Vec<Pair>,
    people: usize,
}

/// What was found for one false accept rate.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Point {
    /// The false accept rate asked for.
    pub(crate) far: f64,
    /// The lowest threshold that at most that share of the impostors reaches.
    pub(crate) threshold: f32,
    /// Share of the genuine pairs that reach it.
    pub(crate) tar: f64,
    /// 95 % intervals of both.
    pub(crate) threshold_interval: [f32; 2],
    pub(crate) tar_interval: [f64; 2],
}

impl Roc {
    /// From pairs in any order. `None` without both kinds.
    pub(crate) fn new(pairs: Vec<Pair>, people: usize) -> Option<Self> {
        let (mut genuine, mut impostors): (Vec<_>, Vec<_>) =
            pairs.into_iter().partition(|pair| pair.people[0] == pair.people[1]);
        for kind in [&mut genuine, &mut impostors] {
            kind.sort_by(|a, b| b.score.total_cmp(&a.score));
        }
        (!genuine.is_empty() && !impostors.is_empty()).then_some(Self { genuine, impostors, people })
    }

    /// How many genuine pairs, and impostors.
    pub(crate) fn counts(&self) -> (usize, usize) {
        (self.genuine.len(), self.impostors.len())
    }

    /// How many people stand in the impostor pairs.
    pub(crate) fn impostor_people(&self) -> usize {
        let mut seen = vec![false; self.people];
        self.impostors.iter().flat_map(|pair| pair.people).for_each(|person| seen[person] = true);
        seen.into_iter().filter(|seen| *seen).count()
    }

    /// A point for each rate; the rates rise. The same seed gives the same intervals.
    pub(crate) fn points(&self, rates: &[f64], seed: u64) -> Vec<Point> {
        let whole = self.at(rates, &vec![1; self.people]).unwrap_or_default();
        let mut random = ChaCha8Rng::seed_from_u64(seed);
        let mut drawn: Vec<Vec<(f32, f64)>> = Vec::new();
        for _ in 0..DRAWS {
            let mut weights = vec![0u64; self.people];
            for _ in 0..self.people {
                weights[random.random_range(0..self.people)] += 1;
            }
            drawn.extend(self.at(rates, &weights));
        }
        let between = |mut values: Vec<f64>| {
            values.sort_by(f64::total_cmp);
            let place = |share: f64| values.get((share * values.len() as f64) as usize).copied();
            [place(0.025).unwrap_or(f64::NAN), place(0.975).unwrap_or(f64::NAN)]
        };
        whole
            .iter()
            .zip(rates)
            .enumerate()
            .map(|(place, ((threshold, tar), far))| {
                let thresholds = between(drawn.iter().map(|draw| f64::from(draw[place].0)).collect());
                Point {
                    far: *far,
                    threshold: *threshold,
                    tar: *tar,
                    threshold_interval: thresholds.map(|t| t as f32),
                    tar_interval: between(drawn.iter().map(|draw| draw[place].1).collect()),
                }
            })
            .collect()
    }

    /// Threshold and TAR at each rate, every person counted so many times. `None` where the drawn people have no pairs of
    /// one kind.
    fn at(&self, rates: &[f64], weights: &[u64]) -> Option<Vec<(f32, f64)>> {
        // Two people drawn twice each make four impostor pairs of one; a person drawn twice, two genuine pairs of one.
        let impostor = |pair: &Pair| weights[pair.people[0]] * weights[pair.people[1]];
        let own = |pair: &Pair| weights[pair.people[0]];
        let impostors: u64 = self.impostors.iter().map(impostor).sum();
        let genuine: u64 = self.genuine.iter().map(own).sum();
        if impostors == 0 || genuine == 0 {
            return None;
        }
        let mut passing = self.impostors.iter();
        let mut mates = self.genuine.iter().peekable();
        let (mut passed, mut threshold, mut found) = (0, f32::INFINITY, 0);
        let mut result = Vec::with_capacity(rates.len());
        for rate in rates {
            let allowed = (rate * impostors as f64) as u64;
            // Goes on from where the last rate stopped: thresholds fall as rates rise.
            while passed <= allowed {
                let Some(pair) = passing.next() else { break };
                passed += impostor(pair);
                threshold = if passed > allowed { pair.score.next_up() } else { f32::NEG_INFINITY };
            }
            while let Some(pair) = mates.next_if(|pair| pair.score >= threshold && pair.score > f32::NEG_INFINITY) {
                found += own(pair);
            }
            result.push((threshold, found as f64 / genuine as f64));
        }
        Some(result)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pair(score: f32, a: usize, b: usize) -> Pair {
        Pair { score, people: [a, b] }
    }

    /// Five people in a row, impostors 0.00 to 0.99, each person one genuine pair.
    fn example() -> Roc {
        let mut pairs: Vec<Pair> = (0..100).map(|i| pair(i as f32 / 100.0, i % 5, (i + 1 + i / 50) % 5)).collect();
        pairs.extend([0.999, 0.985, 0.95, 0.5, f32::NEG_INFINITY].iter().enumerate().map(|(i, s)| pair(*s, i, i)));
        Roc::new(pairs, 5).unwrap()
    }

    #[test]
    fn at_most_the_allowed_share_of_the_impostors_passes() {
        let roc = example();
        assert_eq!((roc.counts(), roc.impostor_people()), ((5, 100), 5));
        let points = roc.points(&[0.001, 0.01, 0.05, 0.9], 1);
        let passing = |threshold: f32| roc.impostors.iter().filter(|p| p.score >= threshold).count();
        assert_eq!(points.iter().map(|p| passing(p.threshold)).collect::<Vec<_>>(), [0, 1, 5, 90]);
        // A face that was not found passes nowhere.
        assert_eq!(points.iter().map(|p| p.tar).collect::<Vec<_>>(), [0.2, 0.4, 0.6, 0.8]);
    }

    #[test]
    fn ties_never_let_more_pass_than_allowed() {
        let mut pairs = vec![pair(0.5, 0, 1); 100];
        pairs.push(pair(0.9, 0, 0));
        let points = Roc::new(pairs, 2).unwrap().points(&[0.01, 0.5], 1);
        assert!(points.iter().all(|p| p.threshold > 0.5 && p.tar == 1.0), "{points:?}");
    }

    #[test]
    fn the_same_seed_gives_the_same_intervals_and_they_hold_the_value() {
        let (one, again) = (example().points(&[0.05], 7), example().points(&[0.05], 7));
        assert_eq!(one, again);
        assert_ne!(one[0].tar_interval, [0.0, 0.0]);
        assert!(one[0].tar_interval[0] <= one[0].tar && one[0].tar <= one[0].tar_interval[1], "{one:?}");
        assert!(one[0].threshold_interval[0] <= one[0].threshold, "{one:?}");
    }

    #[test]
    fn one_kind_alone_is_no_measurement() {
        assert!(Roc::new(vec![pair(0.5, 0, 1)], 2).is_none());
        assert!(Roc::new(vec![pair(0.5, 0, 0)], 2).is_none());
    }
}
