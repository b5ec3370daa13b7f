//! Who drives on the road: the told traffic (nineteen vehicles with plates of all kinds, one the wrong way, one that stops
//! and goes on, two side by side), and the same vehicles at other times, which follow from a seed. No pixel is drawn here.

use contract::event::PlateColour;
use contract::plate::CountryClass;

use super::plates::{Condition, Format, Plate};
use super::vehicles::Body;
use crate::draw::fonts::Family;
use crate::draw::noise::{hash, unit};
use crate::draw::paint::Rgb;

/// Towards the camera.
const NEAR: f32 = -1.0;
/// Away from it.
const AWAY: f32 = 1.0;
/// Later nobody enters: a passage lasts some seconds.
const LAST_S: f32 = 71.8;

/// One vehicle's part.
#[derive(Debug, Clone)]
pub(super) struct Row {
    /// When it enters.
    pub(super) enter_s: f32,
    /// [`NEAR`] or [`AWAY`].
    pub(super) way: f32,
    /// Metres right of the middle of the road.
    pub(super) x: f32,
    /// Metres a second.
    pub(super) speed: f32,
    pub(super) body: Body,
    pub(super) paint: Rgb,
    pub(super) plate: Plate,
    /// Stops after so many metres, for so many seconds.
    pub(super) stop: Option<(f32, f32)>,
    pub(super) note: &'static str,
}

fn row(
    (enter_s, way, x, speed): (f32, f32, f32, f32),
    body: Body,
    paint: Rgb,
    plate: Plate,
    note: &'static str,
) -> Row {
    Row { enter_s, way, x, speed, body, paint, plate, stop: None, note }
}

impl Row {
    fn stopping(self, distance: f32, seconds: f32) -> Self {
        Self { stop: Some((distance, seconds)), ..self }
    }

    /// In the lane that leads away, against its direction?
    fn is_wrong_way(&self) -> bool {
        self.way < 0.0 && self.x > 0.0
    }

    /// Seconds its lane is taken before the next may enter, whoever that is: its length at its speed, and a distance.
    fn headway_s(&self) -> f32 {
        let length = match self.body {
            Body::Bus | Body::Truck => 10.5,
            Body::Motorcycle => 2.0,
            _ => 4.6,
        };
        (length + 5.5) / self.speed + if self.stop.is_some() { 9.5 } else { 0.0 }
    }
}

/// Seconds in which a vehicle has passed the whole picture.
const THROUGH_S: f32 = 5.5;

/// The same vehicles in another order, at other moments, a little elsewhere in their lanes: nobody drives through anybody.
/// Those for whom no time is left stay away.
pub(super) fn drawn(mut rows: Vec<Row>, seed: u32) -> Vec<Row> {
    let mut order: Vec<(u32, Row)> = rows.drain(..).enumerate().map(|(i, r)| (hash(i as i32, 50, seed), r)).collect();
    order.sort_by_key(|(key, _)| *key);
    // For each lane: when the next may enter, and when it is empty.
    let mut lanes = [(0.0f32, 0.0f32); 2];
    let mut clock = 0.8f32;
    for (i, (_, mut row)) in order.into_iter().enumerate() {
        let r = |k: i32| unit(i as i32, 60 + k, seed);
        row.x += 0.3 * (r(0) - 0.5);
        row.speed += 0.5 * (r(1) - 0.5);
        let (free, empty) = &mut lanes[usize::from(row.x > 0.0)];
        row.enter_s = clock.max(if row.is_wrong_way() { *empty } else { *free });
        if row.enter_s > LAST_S {
            continue;
        }
        *empty = empty.max(row.enter_s + THROUGH_S + row.headway_s());
        *free = row.enter_s + if row.is_wrong_way() { THROUGH_S } else { row.headway_s() };
        // What a vehicle is stays true; whom it meets does not.
        row.note = row.note.split(';').next().unwrap_or_default();
        clock += 0.5 + 5.6 * r(2);
        rows.push(row);
    }
    rows
}

/// The told traffic.
pub(super) fn told() -> Vec<Row> {
    use Body::{Bus, Hatchback, Motorcycle, Sedan, Suv, Truck, Van};
    use Condition::{Blurred, Clean, Dirty, Worn};
    use Family::{DejaVuSans, LiberationSans, MicroHei, OpenDin, RobotoCondensed};
    use Format::{CarLong, CarShort, Chinese, MilitaryLong, OldCarLong};
    use PlateColour::{Blue, Red, White, Yellow};
    let moto = Format::Motorcycle;
    let plate = Plate::new;
    let silver: Rgb = [0.62, 0.64, 0.66];
    let (near, away) = (NEAR, AWAY);
    vec![
        row(
            (0.8, near, -1.28, 6.5),
            Sedan,
            silver,
            plate("12A-345.67", CarLong, White, RobotoCondensed, Clean),
            "private car",
        ),
        row(
            (4.6, away, 1.25, 6.6),
            Motorcycle,
            [0.70, 0.10, 0.12],
            plate("12-AA 123.45", moto, White, OpenDin, Clean),
            "motorcycle, two letters",
        ),
        row(
            (8.6, away, 1.20, 7.2),
            Hatchback,
            [0.75, 0.76, 0.72],
            plate("29A-868.15", CarShort, White, LiberationSans, Clean),
            "two-line car plate",
        ),
        row(
            (12.4, near, -1.28, 6.5),
            Van,
            [0.80, 0.80, 0.82],
            plate("12B-001.23", CarLong, Yellow, DejaVuSans, Clean),
            "transport business",
        ),
        row(
            (16.6, away, 1.15, 6.4),
            Motorcycle,
            [0.10, 0.20, 0.45],
            plate("12-B1 234.56", moto, White, RobotoCondensed, Clean),
            "motorcycle, letter and digit",
        ),
        row(
            (20.6, near, -1.30, 6.4),
            Suv,
            [0.06, 0.07, 0.09],
            plate("80B-001.24", CarLong, Blue, OpenDin, Clean),
            "state body",
        ),
        row(
            (24.8, away, 1.18, 6.6),
            Truck,
            [0.14, 0.36, 0.30],
            plate("12C-056.78", CarShort, Yellow, LiberationSans, Dirty),
            "lettering on its side",
        ),
        row(
            (30.4, near, -1.28, 6.4),
            Sedan,
            [0.36, 0.10, 0.10],
            plate("12A-1234", OldCarLong, White, DejaVuSans, Worn),
            "legacy, four digits",
        ),
        row(
            (34.4, away, 1.30, 6.2),
            Motorcycle,
            [0.18, 0.18, 0.20],
            plate("29-H4 5874", moto, White, LiberationSans, Dirty),
            "motorcycle, legacy, four digits",
        ),
        row(
            (38.4, near, -1.28, 6.3),
            Suv,
            [0.24, 0.30, 0.18],
            plate("TM-12-34", MilitaryLong, Red, RobotoCondensed, Clean).of(CountryClass::VnMilitary),
            "army",
        ),
        row(
            (42.6, near, -1.30, 6.6),
            Sedan,
            [0.08, 0.08, 0.10],
            plate("80-441-NG-02", CarLong, White, OpenDin, Clean).of(CountryClass::VnDiplomatic),
            "diplomatic; side by side with the next",
        ),
        row(
            (43.0, away, 1.22, 6.8),
            Sedan,
            [0.68, 0.66, 0.60],
            plate("T80-235.88", CarLong, White, LiberationSans, Clean).of(CountryClass::VnTemporary),
            "temporary, paper; side by side with the one before",
        ),
        row(
            (47.6, near, -1.34, 6.9),
            Bus,
            [0.84, 0.82, 0.76],
            plate("14B-023.45", CarLong, Yellow, RobotoCondensed, Clean),
            "bus",
        ),
        row(
            (53.2, away, 1.20, 6.8),
            Suv,
            [0.56, 0.20, 0.12],
            plate("30A-556.78", CarShort, White, OpenDin, Clean),
            "stops for six seconds and goes on",
        )
        .stopping(12.6, 6.0),
        row(
            (55.6, near, -1.32, 6.3),
            Suv,
            [0.70, 0.71, 0.72],
            plate("桂F·12345", Chinese, Blue, MicroHei, Clean).of(CountryClass::ForeignCn),
            "Chinese",
        ),
        row(
            (60.0, near, -1.30, 6.3),
            Hatchback,
            [0.12, 0.24, 0.46],
            plate("98A-765.43", CarLong, White, RobotoCondensed, Dirty),
            "dirty plate",
        ),
        row(
            (67.0, near, 1.18, 6.6),
            Hatchback,
            [0.78, 0.78, 0.76],
            plate("15A-234.56", CarLong, White, DejaVuSans, Clean),
            "the wrong way",
        ),
        row(
            (71.2, away, 1.28, 6.6),
            Motorcycle,
            [0.55, 0.56, 0.58],
            plate("12-A1 002.34", moto, Blue, LiberationSans, Blurred),
            "state motorcycle, soft picture",
        ),
        row(
            (71.6, near, -1.28, 6.4),
            Sedan,
            [0.50, 0.45, 0.36],
            plate("20A-412.36", CarLong, White, OpenDin, Blurred),
            "soft picture",
        ),
    ]
}
