//! The sample scenes: who goes where and when (from which the truth follows) and how a frame of it looks. A scene knows
//! no files, no encoder and no network.

/// Walking figures.
mod figures;
/// The gates: frames and truth.
mod gate;
/// The gates: who comes, and how.
mod gate_cast;
/// Drawn faces.
mod gate_faces;
/// The gates: forecourt and building.
mod gate_ground;
/// Heads in relief.
mod gate_head;
/// The one real face of the samples.
mod gate_portrait;
/// Buses and trucks.
mod heavy;
/// Number plates.
mod plates;
/// The road: traffic, truth and frames.
mod road;
/// The road: ground, verge, things that stand there.
mod road_ground;
/// A crossing at rush hour, seen from above.
mod rush;
/// The squares: people, truth and frames.
mod square;
/// The squares: ground and what stands behind it.
mod square_ground;
/// Who drives on the road.
mod traffic;
/// Cars, vans, motorcycles.
mod vehicles;
/// Who walks where.
mod walks;
/// A small yard for the camera that misbehaves.
mod yard;

pub use gate_portrait::{PORTRAIT_MARKS, PORTRAIT_SHA256, PortraitError};
pub(crate) use rush::Rush;
pub(crate) use yard::Yard;

use serde::{Deserialize, Serialize};

use crate::draw::fonts::{FontError, Fonts};
use crate::draw::sensor::Frame;
use crate::truth::Truth;

/// Frames a second of road and squares.
const FPS: u32 = 25;
/// Frames a second of the gates: what a camera at a gate is set to, so that a turning head is seen in small steps.
const GATE_FPS: u32 = 15;
/// Width of every clip.
pub const WIDTH: usize = 1280;
/// Height of every clip.
pub const HEIGHT: usize = 720;

/// A scene, one camera each.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Scene {
    /// Traffic on a two-lane road.
    Road,
    /// People on a square, seen from the front.
    Square,
    /// People on a square, crossing from side to side.
    Square2,
    /// People come up to a gate: one is let in; strangers, a print and a withdrawal.
    Gate,
    /// Another gate, where nobody is enrolled.
    Gate2,
}

impl Scene {
    /// All of them.
    pub const ALL: [Self; 5] = [Self::Road, Self::Square, Self::Square2, Self::Gate, Self::Gate2];

    /// Name on the command line.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Road => "road",
            Self::Square => "square",
            Self::Square2 => "square-2",
            Self::Gate => "gate",
            Self::Gate2 => "gate-2",
        }
    }

    /// Name of its camera.
    #[must_use]
    pub const fn camera(self) -> &'static str {
        match self {
            Self::Road => "road-1",
            Self::Square => "square-1",
            Self::Square2 => "square-2",
            Self::Gate => "gate-1",
            Self::Gate2 => "gate-2",
        }
    }

    /// Encoded as.
    #[must_use]
    pub const fn codec(self) -> Codec {
        match self {
            Self::Road | Self::Square | Self::Gate | Self::Gate2 => Codec::H264,
            Self::Square2 => Codec::H265,
        }
    }

    /// Is it left out where the portrait is not at hand?
    #[must_use]
    pub const fn needs_portrait(self) -> bool {
        matches!(self, Self::Gate | Self::Gate2)
    }

    /// Frames a second.
    #[must_use]
    pub const fn fps(self) -> u32 {
        match self {
            Self::Road | Self::Square | Self::Square2 => FPS,
            Self::Gate | Self::Gate2 => GATE_FPS,
        }
    }

    /// Seed of everything random in it.
    #[must_use]
    pub const fn seed(self) -> u64 {
        match self {
            Self::Road => 12_001,
            Self::Square => 12_002,
            Self::Square2 => 12_003,
            Self::Gate => 12_004,
            Self::Gate2 => 12_005,
        }
    }

    /// From its name or its camera's.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|s| s.name() == name || s.camera() == name)
    }

    /// Lays out the scene: trajectories and truth. Nothing is drawn yet. With another seed than the scene's own the cast is
    /// drawn from it: who comes when, where and which way. Such scenes measure what was tuned on others.
    ///
    /// # Errors
    /// A font is missing, or for the gates the portrait.
    pub fn lay_out(self, seed: Option<u64>) -> Result<Stage, SceneError> {
        let fonts = Fonts::load()?;
        let seed = seed.unwrap_or(self.seed());
        Ok(Stage(match self {
            Self::Road => Inner::Road(Box::new(road::Road::new(self, seed, fonts))),
            Self::Square | Self::Square2 => Inner::Square(Box::new(square::Square::new(self, seed))),
            Self::Gate | Self::Gate2 => {
                let portrait = gate_portrait::Portrait::load()?;
                Inner::Gate(Box::new(gate::Gate::new(self, seed, fonts, &portrait)))
            }
        }))
    }
}

/// Why a scene cannot be laid out.
#[derive(Debug, thiserror::Error)]
pub enum SceneError {
    /// A font is missing.
    #[error(transparent)]
    Font(#[from] FontError),
    /// The portrait of the gates is missing.
    #[error(transparent)]
    Portrait(#[from] PortraitError),
}

/// Video coding.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Codec {
    /// AVC.
    H264,
    /// HEVC.
    H265,
}

impl Codec {
    /// Name in truth files.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::H264 => "h264",
            Self::H265 => "h265",
        }
    }
}

/// A scene ready to be drawn, in any order of frames.
#[derive(Debug)]
pub struct Stage(Inner);

#[derive(Debug)]
enum Inner {
    Road(Box<road::Road>),
    Square(Box<square::Square>),
    Gate(Box<gate::Gate>),
}

impl Stage {
    /// What happens in it.
    #[must_use]
    pub fn truth(&self) -> &Truth {
        match &self.0 {
            Inner::Road(road) => &road.truth,
            Inner::Square(square) => &square.truth,
            Inner::Gate(gate) => &gate.truth,
        }
    }

    /// Draws one frame; the same number gives the same pixels.
    pub fn frame(&mut self, number: u32) -> Frame {
        match &mut self.0 {
            Inner::Road(road) => road.frame(number),
            Inner::Square(square) => square.frame(number),
            Inner::Gate(gate) => gate.frame(number),
        }
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use contract::event::{Direction, PlateColour};
    use contract::plate::CountryClass;

    use super::*;
    use crate::truth::{Class, Passage};

    fn truth(scene: Scene) -> Truth {
        scene.lay_out(None).unwrap().truth().clone()
    }

    /// The scenes that can be laid out here: the gates want their portrait.
    fn here() -> Vec<Scene> {
        let portrait = gate_portrait::Portrait::at_hand_or_note("the sample gates");
        Scene::ALL.into_iter().filter(|s| portrait || !s.needs_portrait()).collect()
    }

    fn lone<'a>(truth: &'a Truth, what: &str, wanted: impl Fn(&Passage) -> bool) -> &'a Passage {
        let found: Vec<&Passage> = truth.passages.iter().filter(|p| wanted(p)).collect();
        assert_eq!(found.len(), 1, "{what}");
        found[0]
    }

    #[test]
    fn passages_last_and_lines_lie_on_the_picture() {
        for scene in here() {
            let truth = truth(scene);
            for p in &truth.passages {
                assert!(p.leave_s - p.enter_s >= 3.0, "{} {} {:.2}", scene.name(), p.note, p.leave_s - p.enter_s);
            }
            for line in &truth.lines {
                assert!(line.segment.a.in_picture() && line.segment.b.in_picture(), "{} {:?}", line.name, line.segment);
            }
            assert_eq!(truth.expected, Truth::totals(&truth.lines, &truth.passages));
            assert_eq!(f64::from(truth.frames), truth.duration_s * f64::from(truth.fps));
        }
    }

    #[test]
    fn totals_are_what_the_casts_were_told_to_do() {
        let total = |scene| {
            let t = truth(scene);
            t.expected.iter().map(|l| (l.line.clone(), l.inward, l.outward)).collect::<Vec<_>>()
        };
        // Eleven come (one of them in the lane that leads away), eight go.
        assert_eq!(total(Scene::Road), [("road".to_owned(), 11, 8), ("lane-away".to_owned(), 1, 8)]);
        for (scene, parts, line) in
            [(Scene::Square, walks::first_square(), "gate"), (Scene::Square2, walks::second_square(), "walk")]
        {
            let over = |inward: bool| {
                let plain = parts.iter().filter(|p| p.inward == inward && p.habit != walks::Habit::TurnsRound).count();
                (plain + parts.iter().filter(|p| p.inward != inward && p.habit == walks::Habit::ComesBack).count())
                    as u32
            };
            assert_eq!(total(scene), [(line.to_owned(), over(true), over(false))]);
        }
    }

    #[test]
    fn the_road_shows_every_kind_of_plate() {
        let truth = truth(Scene::Road);
        let plates: Vec<_> =
            truth.passages.iter().map(|p| (p, p.plate.as_ref().expect("every vehicle carries one"))).collect();
        assert!(plates.len() >= 14);
        assert!(plates.iter().map(|(_, p)| &p.font).collect::<BTreeSet<_>>().len() >= 3);
        for colour in [PlateColour::White, PlateColour::Yellow, PlateColour::Blue, PlateColour::Red] {
            assert!(plates.iter().any(|(_, p)| p.colour == colour), "{colour:?}");
        }
        for country in [
            CountryClass::VnCivil,
            CountryClass::VnMilitary,
            CountryClass::VnDiplomatic,
            CountryClass::VnTemporary,
            CountryClass::ForeignCn,
        ] {
            assert!(plates.iter().any(|(_, p)| p.country_class == country), "{country:?}");
        }
        for (passage, plate) in &plates {
            let least = if plate.lines == 1 { 110.0 } else { 75.0 };
            assert!(plate.best_width_px >= least, "{} {}", plate.text, plate.best_width_px);
            assert!(passage.class != Class::Motorcycle || plate.lines == 2);
        }
        assert_eq!(lone(&truth, "wrong way", |p| p.wrong_way).crossings[0].direction, Direction::In);
        let stopped = lone(&truth, "stopped", |p| p.stopped);
        assert!(stopped.leave_s - stopped.enter_s > 9.0);
    }

    #[test]
    fn another_seed_is_another_cast_with_the_same_lines() {
        for scene in Scene::ALL.into_iter().filter(|s| !s.needs_portrait()) {
            let own = truth(scene);
            let drawn = |seed| scene.lay_out(Some(seed)).unwrap().truth().clone();
            let (one, other) = (drawn(7), drawn(8));
            assert_eq!((&one.lines, one.duration_s), (&own.lines, own.duration_s));
            let moments = |t: &Truth| t.passages.iter().map(|p| (p.enter_s * 25.0) as u64).collect::<Vec<_>>();
            assert!(moments(&one) != moments(&own) && moments(&one) != moments(&other));
            for truth in [&one, &other] {
                assert!(truth.passages.len() >= 10, "{} {}", scene.name(), truth.passages.len());
                assert!(truth.expected[0].inward >= 3 && truth.expected[0].outward >= 3, "{:?}", truth.expected);
            }
        }
    }

    #[test]
    fn the_gates_tell_who_comes_and_what_the_machine_owes() {
        use crate::truth::{GateAnswer::*, GateFigure::*};
        if !here().contains(&Scene::Gate) {
            return;
        }
        let gate = |scene| truth(scene).gate.expect("a gate has one");
        let (first, second) = (gate(Scene::Gate), gate(Scene::Gate2));
        let owed = |g: &crate::truth::GateTruth| {
            let come_up = g.visits.iter().filter(|v| v.near.is_some());
            come_up.map(|v| (v.who, v.expected)).collect::<Vec<_>>()
        };
        let (admit, verify) = (Some(Admit), Some(Verify));
        assert_eq!(owed(&first), [(Enrolled, admit), (Stranger, verify), (Print, verify), (Enrolled, verify)]);
        assert_eq!(owed(&second), [(Stranger, verify), (Enrolled, verify)]);
        for visit in first.visits.iter().chain(&second.visits) {
            assert_eq!(visit.who == PasserBy, visit.near.is_none(), "{}", visit.note);
            assert_eq!(visit.expected == admit, visit.through_door_s.is_some(), "{}", visit.note);
            if let Some(near) = visit.near {
                let straight = visit.straight.unwrap();
                assert!(straight.to_s - straight.from_s >= 1.0 && straight.to_s <= near.to_s, "{}", visit.note);
                assert!((90.0..140.0).contains(&visit.eyes_px), "{} {}", visit.note, visit.eyes_px);
            }
        }
        let pause = first.withdrawal.unwrap();
        assert!(pause.to_s - pause.from_s >= 12.0 && second.withdrawal.is_none());
        // Nobody is at both gates at once, and gate 2 is visited while the enrolment still holds.
        let there = |g: &crate::truth::GateTruth| {
            g.visits.iter().filter(|v| v.who == Enrolled).map(|v| v.seen).collect::<Vec<_>>()
        };
        let other = there(&second)[0];
        assert!(there(&first).iter().all(|s| s.to_s < other.from_s || s.from_s > other.to_s));
        assert!(second.visits[2].near.unwrap().to_s < pause.from_s);
    }

    #[test]
    fn the_same_number_gives_the_same_pixels() {
        let hash = |f: &Frame| {
            f.i420.iter().fold(0xcbf2_9ce4_8422_2325_u64, |h, &b| (h ^ u64::from(b)).wrapping_mul(0x0100_0000_01b3))
        };
        for scene in here().into_iter().filter(|s| !matches!(s, Scene::Square | Scene::Gate2)) {
            let (mut one, mut other) = (scene.lay_out(None).unwrap(), scene.lay_out(None).unwrap());
            // The last one shows the gate's print.
            let first: Vec<u64> = [70, 71, 510].map(|n| hash(&one.frame(n))).to_vec();
            let mut second: Vec<u64> = [510, 71, 70].map(|n| hash(&other.frame(n))).to_vec();
            second.reverse();
            assert_eq!(first, second);
            assert_ne!(first[0], first[1]);
        }
    }
}
