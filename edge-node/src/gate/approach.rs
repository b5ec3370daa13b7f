//! Who is coming here? A face in the approach zone for long enough; whoever only passes by is nobody's business.

use contract::geometry::Point;

/// Is the point in the polygon? Even-odd rule; a point on an edge may fall to either side.
#[must_use]
pub(super) fn in_zone(zone: &[Point], p: Point) -> bool {
    let mut inside = false;
    for (a, b) in zone.iter().zip(zone.iter().cycle().skip(1)) {
        if (a.y > p.y) != (b.y > p.y) && p.x < (b.x - a.x) * (p.y - a.y) / (b.y - a.y) + a.x {
            inside = !inside;
        }
    }
    inside
}

/// How long a face has been in the zone without a break.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Dwell {
    since_us: Option<i64>,
}

impl Dwell {
    /// One more look at the face.
    pub(super) fn look(&mut self, inside: bool, now_us: i64) {
        self.since_us = if inside { self.since_us.or(Some(now_us)) } else { None };
    }

    /// Is it in there now?
    #[must_use]
    pub(super) fn inside(self) -> bool {
        self.since_us.is_some()
    }

    /// How long so far, µs; 0 outside.
    #[must_use]
    pub(super) fn so_far_us(self, now_us: i64) -> i64 {
        self.since_us.map_or(0, |since| now_us - since)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_zone_may_have_any_shape() {
        let bent =
            [(0.1, 0.1), (0.9, 0.1), (0.9, 0.9), (0.6, 0.9), (0.6, 0.4), (0.1, 0.4)].map(|(x, y)| Point::new(x, y));
        for ((x, y), inside) in
            [((0.2, 0.2), true), ((0.8, 0.8), true), ((0.3, 0.7), false), ((0.95, 0.5), false), ((0.05, 0.2), false)]
        {
            assert_eq!(in_zone(&bent, Point::new(x, y)), inside, "{x} {y}");
        }
        assert!(!in_zone(&[], Point::new(0.5, 0.5)));
    }

    #[test]
    fn a_step_outside_begins_the_stay_anew() {
        let mut dwell = Dwell::default();
        dwell.look(true, 100);
        dwell.look(true, 500);
        assert_eq!(dwell.so_far_us(600), 500);
        dwell.look(false, 700);
        assert!(!dwell.inside());
        dwell.look(true, 800);
        assert_eq!(dwell.so_far_us(900), 100);
    }
}
