//! Plates out of pictures. On a node with the project's own nets a picture is read in milliseconds, and the general nets
//! are asked only where that reading is weak; without them the general nets read everything. What does not look like a plate
//! and fit the grammar is no plate: shop signs, adverts and timestamps fall away here. Reads one picture at a time; votes
//! over frames come later, and whose plate it is, is never asked here.

use contract::event::{PlateColour, PlateReading};
use contract::geometry::Point;
use contract::plate::{Classification, CountryClass, PlateClass, VehicleHint, display};

use super::plate_general::GeneralReader;
use super::plate_judge::Judged;
use super::plate_layout::{grown, size};
use super::plate_own::OwnReader;
use super::read_times::{ReadTimes, timed};
use crate::detection::DetectionError;
use crate::detection::text_regions::Quad;
use crate::inference::{Decoding, InferenceError, ModelChoice, ModelStore, Role};
use crate::picture::{BgrPicture, PictureError};

/// What a picture shows: it says at which sizes plates are looked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum View {
    /// A whole street, with plates of any size.
    Street,
    /// The cut of one vehicle.
    Vehicle,
}

/// In a street a reading below this mean confidence is not a plate.
const LEAST_CONFIDENCE: f32 = 0.6;
/// A text that only looks foreign needs more.
const LEAST_FOREIGN_CONFIDENCE: f32 = 0.85;
/// Plates of one picture.
const MOST_PLATES: usize = 8;
/// A fast reading with a character below this wants a second opinion.
const WEAK_CHARACTER: f32 = 0.8;
/// A reading that nothing else supports has no character below this.
const LEAST_ALONE: f32 = 0.6;
/// How much of a plate's own size is cut out around it for the second opinion.
const AROUND: f32 = 0.08;

/// Why a picture could not be read.
#[derive(Debug, thiserror::Error)]
pub enum PlateError {
    /// Finding text failed.
    #[error("text could not be looked for")]
    Detection(#[from] DetectionError),
    /// Reading failed.
    #[error("text could not be read")]
    Inference(#[from] InferenceError),
    /// The picture could not be cut.
    #[error("a plate could not be cut out")]
    Picture(#[from] PictureError),
    /// The manifest's best net for a role gives something this reader does not understand.
    #[error("the net {net} gives {is:?}; plates are read by one that gives {wanted:?}")]
    OtherKind {
        /// Its name in the manifest.
        net: String,
        /// What it gives.
        is: Decoding,
        /// What is needed in its place.
        wanted: Decoding,
    },
}

/// One plate on one picture.
#[derive(Debug, Clone, PartialEq)]
pub struct PlateRead {
    /// As read, lines joined by a space.
    pub raw_text: String,
    /// Canonical key.
    pub key: String,
    /// As people write it.
    pub display: String,
    /// Class, candidates, country.
    pub classification: Classification,
    /// Mean of the characters, lower after a correction; 0..1, uncalibrated.
    pub confidence: f32,
    /// One per character of the key.
    pub char_confidence: Vec<f32>,
    /// In pixels of the picture, clockwise from the top left; may lie a little outside.
    pub corners: Quad,
    /// 1 or 2.
    pub lines: u8,
    /// Background.
    pub colour: PlateColour,
    /// A weak character was changed to fit the grammar.
    pub corrected: bool,
    /// Up to two other keys for the same place, likeliest first.
    pub alternatives: Vec<(String, f32)>,
    /// The general nets were asked as well, because the fast reading was weak.
    pub second_opinion: bool,
}

impl PlateRead {
    pub(super) fn of(judged: Judged, corners: Quad, colour: PlateColour) -> Self {
        Self {
            display: display(&judged.key, judged.classification.class),
            raw_text: judged.raw,
            key: judged.key,
            classification: judged.classification,
            confidence: judged.confidence,
            char_confidence: judged.char_confidence,
            corners,
            lines: judged.lines,
            colour,
            corrected: judged.corrected,
            alternatives: Vec::new(),
            second_opinion: false,
        }
    }

    /// Which class it is.
    #[must_use]
    pub fn class(&self) -> PlateClass {
        self.classification.class
    }

    /// Does it break the grammar, was it mended, or is one of its characters unsure? Then a second opinion is worth its time.
    #[must_use]
    pub fn is_weak(&self) -> bool {
        !self.is_surely(WEAK_CHARACTER)
    }

    /// Does it fit as it was read (or is foreign), with every character at least so sure?
    pub(super) fn is_surely(&self, least: f32) -> bool {
        let fits = match self.classification.country_class {
            CountryClass::ForeignSuspect => true,
            _ => self.classification.class != PlateClass::Unrecognised,
        };
        fits && !self.corrected && self.char_confidence.iter().all(|c| *c >= least)
    }

    /// As an event carries it: one read. `place` turns pixels of the picture that was read into shares of the frame.
    #[must_use]
    pub fn to_event(&self, place: impl Fn(f32, f32) -> Point) -> PlateReading {
        PlateReading {
            raw_text: self.raw_text.clone(),
            key: self.key.clone(),
            display_text: self.display.clone(),
            class: self.classification.class,
            candidates: self.classification.candidates.clone(),
            country_class: self.classification.country_class,
            colour: self.colour,
            lines: self.lines,
            confidence: self.confidence,
            char_confidence: self.char_confidence.clone(),
            agreeing_reads: 1,
            reads: 1,
            corrected: self.corrected,
            to_verify: self.classification.to_verify,
            second_opinion: self.second_opinion,
            quality: None,
            alternatives: self.alternatives.clone(),
            corners: self.corners.iter().map(|(x, y)| place(*x, *y)).collect(),
        }
    }
}

/// Finds and reads plates.
#[derive(Debug)]
pub struct PlateReader {
    own: Option<OwnReader>,
    general: Option<GeneralReader>,
    times: ReadTimes,
}

impl PlateReader {
    /// With the nets of this machine.
    pub fn open(store: &ModelStore) -> Result<Self, PlateError> {
        let best = |role| store.open_best(role)?.ok_or(InferenceError::NothingFor { role });
        let (places, reader) = (best(Role::PlateDetector)?, best(Role::PlateReader)?);
        if places.decoding() != Decoding::PlateCorners {
            return Ok(Self::of(None, Some(GeneralReader::of(places, reader)?)));
        }
        let second = (store.open_companion(Role::PlateDetector)?, store.open_companion(Role::PlateReader)?);
        let general = match second {
            (Some(text), Some(lines)) => Some(GeneralReader::of(text, lines)?),
            _ => None,
        };
        Ok(Self::of(Some(OwnReader::of(places, reader)?), general))
    }

    /// With the general nets alone, whatever else this machine has.
    pub fn open_general(store: &ModelStore) -> Result<Self, PlateError> {
        let general = |role| {
            let best = store.best(role)?;
            let name = best.companion.as_deref().unwrap_or(&best.name);
            store.open_named(name)
        };
        let (text, lines) = (general(Role::PlateDetector)?, general(Role::PlateReader)?);
        Ok(Self::of(None, Some(GeneralReader::of(text, lines)?)))
    }

    fn of(own: Option<OwnReader>, general: Option<GeneralReader>) -> Self {
        Self { own, general, times: ReadTimes::default() }
    }

    /// Where the time went since this was asked last.
    pub fn take_times(&mut self) -> ReadTimes {
        std::mem::take(&mut self.times)
    }

    /// The nets it uses, those of the second opinion last.
    #[must_use]
    pub fn models(&self) -> Vec<ModelChoice> {
        let own = self.own.iter().flat_map(OwnReader::models);
        own.chain(self.general.iter().flat_map(GeneralReader::models)).collect()
    }

    /// Is there somebody else to ask where the fast reading is weak?
    #[must_use]
    pub fn has_second_opinion(&self) -> bool {
        self.own.is_some() && self.general.is_some()
    }

    /// Every plate on a street picture, or on the cut of one vehicle, as fast as this machine's nets can.
    /// `vehicle` is what carries the plates, when known. Best first.
    pub fn read(
        &mut self,
        picture: &BgrPicture,
        view: View,
        vehicle: Option<VehicleHint>,
    ) -> Result<Vec<PlateRead>, PlateError> {
        let reads = self.first_look(picture, view, vehicle)?;
        Ok(self.told(reads, view))
    }

    fn first_look(
        &mut self,
        picture: &BgrPicture,
        view: View,
        vehicle: Option<VehicleHint>,
    ) -> Result<Vec<PlateRead>, PlateError> {
        match (&mut self.own, &mut self.general) {
            (Some(own), _) => own.read(picture, view, vehicle, &mut self.times),
            (None, Some(general)) => timed(&mut self.times.general, || general.read(picture, view, vehicle)),
            (None, None) => Ok(Vec::new()),
        }
    }

    /// What may be told of the readings of one picture. On a street nobody looks a second time at what the own nets have guessed at:
    /// there a reading stands alone. On the cut of a vehicle the vote over frames decides.
    fn told(&self, mut reads: Vec<PlateRead>, view: View) -> Vec<PlateRead> {
        if view == View::Street && self.own.is_some() {
            reads.retain(|read| read.char_confidence.iter().all(|sure| *sure >= LEAST_ALONE));
        }
        reads
    }

    /// A picture that is one plate, more or less tightly cut. `None` when nothing can be read on it.
    pub fn read_crop(&mut self, plate: &BgrPicture) -> Result<Option<PlateRead>, PlateError> {
        match (&mut self.own, &mut self.general) {
            (Some(own), _) => own.read_crop(plate, &mut self.times),
            (None, Some(general)) => timed(&mut self.times.general, || general.read_crop(plate)),
            (None, None) => Ok(None),
        }
    }

    /// What the general nets make of the cut of one vehicle; nothing where they are not at hand or have read it already.
    pub fn second_opinion(
        &mut self,
        picture: &BgrPicture,
        view: View,
        vehicle: Option<VehicleHint>,
    ) -> Result<Vec<PlateRead>, PlateError> {
        match (&self.own, &mut self.general) {
            (Some(_), Some(general)) => {
                let mut reads = timed(&mut self.times.general, || general.read(picture, view, vehicle))?;
                reads.iter_mut().for_each(|read| read.second_opinion = true);
                Ok(reads)
            }
            _ => Ok(Vec::new()),
        }
    }

    /// As [`Self::read`], and every weak reading is settled with a second opinion on its plate alone; where nothing was read at
    /// all, the whole picture is asked about.
    pub fn read_carefully(
        &mut self,
        picture: &BgrPicture,
        view: View,
        vehicle: Option<VehicleHint>,
    ) -> Result<Vec<PlateRead>, PlateError> {
        let mut reads = self.first_look(picture, view, vehicle)?;
        if reads.is_empty() {
            let second = self.second_opinion(picture, view, vehicle)?;
            return Ok(self.told(second, view));
        }
        for read in reads.iter_mut().filter(|read| read.is_weak()) {
            let Some(general) = self.general.as_mut().filter(|_| self.own.is_some()) else { break };
            let around = grown(&read.corners, AROUND, AROUND);
            let (w, h) = size(&around);
            let cut = picture.rectified(around, w.round().max(8.0) as u32, h.round().max(8.0) as u32)?;
            let second = timed(&mut self.times.general, || general.read_crop(&cut))?;
            *read = settled(read.clone(), second);
        }
        Ok(self.told(reads, view))
    }

    /// As [`Self::read_crop`], a weak reading settled with a second opinion.
    pub fn read_crop_carefully(&mut self, plate: &BgrPicture) -> Result<Option<PlateRead>, PlateError> {
        let first = self.read_crop(plate)?;
        let Some(general) = self.general.as_mut().filter(|_| self.own.is_some()) else { return Ok(first) };
        match first {
            Some(read) if !read.is_weak() => Ok(Some(read)),
            Some(read) => {
                let second = timed(&mut self.times.general, || general.read_crop(plate))?;
                Ok(Some(settled(read, second)))
            }
            None => Ok(timed(&mut self.times.general, || general.read_crop(plate))?
                .map(|read| PlateRead { second_opinion: true, ..read })),
        }
    }
}

/// A weak reading and a second opinion on the same plate, as one. They keep the first one's place.
fn settled(first: PlateRead, second: Option<PlateRead>) -> PlateRead {
    let (corners, colour) = (first.corners, first.colour);
    let best = match second {
        Some(second) => PlateRead { corners, colour, ..better(first, second) },
        None => first,
    };
    PlateRead { second_opinion: true, ..best }
}

/// The better of two readings of one plate; the other one becomes an alternative. Equal keys confirm each other.
pub(super) fn better(first: PlateRead, second: PlateRead) -> PlateRead {
    if first.key == second.key {
        let confidence = first.confidence.max(second.confidence);
        return PlateRead { confidence, ..first };
    }
    let (better, other) = if rank(&second) > rank(&first) { (second, first) } else { (first, second) };
    let mut alternatives = vec![(other.key, other.confidence)];
    alternatives
        .extend(better.alternatives.into_iter().chain(other.alternatives).filter(|(key, _)| *key != better.key));
    alternatives.dedup_by(|a, b| a.0 == b.0);
    alternatives.truncate(2);
    PlateRead { alternatives, ..better }
}

/// Fitting the grammar as read outranks being mended, and that outranks fitting nothing; then the weakest character counts.
fn rank(read: &PlateRead) -> f32 {
    let kind = match read.classification.class {
        PlateClass::Unrecognised => 0.0,
        _ if read.corrected => 1.0,
        _ => 2.0,
    };
    kind + read.char_confidence.iter().copied().fold(1.0, f32::min)
}

/// Grammar, confidence and shape together: what a street shows besides plates fails one of them.
pub(super) fn is_a_plate(judged: &Judged, corners: &Quad) -> bool {
    let (w, h) = size(corners);
    let aspect = w / h;
    let shape = if judged.lines == 2 { (0.8..=3.6).contains(&aspect) } else { (2.2..=8.0).contains(&aspect) };
    if !shape {
        return false;
    }
    match judged.classification.country_class {
        CountryClass::ForeignSuspect => judged.lines == 1 && judged.confidence >= LEAST_FOREIGN_CONFIDENCE,
        _ => judged.fits() && judged.confidence >= LEAST_CONFIDENCE,
    }
}

/// Of readings that lie on one another the best, with the others as alternatives. Best first.
pub(super) fn best_of_each_place(mut found: Vec<PlateRead>) -> Vec<PlateRead> {
    let rank = |r: &PlateRead| {
        let kind = if r.classification.class == PlateClass::Unrecognised {
            0.0
        } else if r.corrected {
            1.0
        } else {
            2.0
        };
        // A longer key explains more of the text that stands there.
        kind + r.confidence + 0.02 * r.key.chars().count() as f32
    };
    found.sort_by(|a, b| rank(b).total_cmp(&rank(a)));
    let mut kept: Vec<PlateRead> = Vec::new();
    for read in found {
        match kept.iter_mut().find(|better| overlap(&better.corners, &read.corners)) {
            Some(better) => {
                if better.key != read.key && better.alternatives.len() < 2 {
                    better.alternatives.push((read.key, read.confidence));
                }
            }
            None => kept.push(read),
        }
    }
    kept.truncate(MOST_PLATES);
    kept
}

/// Do the boxes around two places share a good part of the smaller one?
pub(super) fn overlap(a: &Quad, b: &Quad) -> bool {
    let bounds = |q: &Quad| {
        q.iter().fold([f32::INFINITY, f32::INFINITY, f32::NEG_INFINITY, f32::NEG_INFINITY], |[l, t, r, d], (x, y)| {
            [l.min(*x), t.min(*y), r.max(*x), d.max(*y)]
        })
    };
    let ([al, at, ar, ab], [bl, bt, br, bb]) = (bounds(a), bounds(b));
    let shared = (ar.min(br) - al.max(bl)).max(0.0) * (ab.min(bb) - at.max(bt)).max(0.0);
    let smaller = ((ar - al) * (ab - at)).min((br - bl) * (bb - bt));
    shared > 0.4 * smaller
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::inference::runtime::weights_or_note;
    use contract::plate::{Hints, classify};

    fn read(key: &str, confidence: f32, corrected: bool) -> PlateRead {
        let judged = Judged {
            raw: key.to_owned(),
            key: key.to_owned(),
            char_confidence: vec![confidence; key.len()],
            classification: classify(key, Hints { lines: Some(1), ..Hints::default() }),
            corrected,
            confidence,
            lines: 1,
        };
        PlateRead::of(judged, [(0.0, 0.0), (50.0, 0.0), (50.0, 10.0), (0.0, 10.0)], PlateColour::White)
    }

    #[test]
    fn a_sure_reading_that_fits_is_not_weak() {
        assert!(!read("12A12345", 0.95, false).is_weak());
        assert!(read("12A12345", 0.95, true).is_weak());
        assert!(read("12A12345", 0.5, false).is_weak());
        assert!(read("1I345", 0.95, false).is_weak());
    }

    #[test]
    fn the_second_opinion_wins_only_where_it_is_better_and_the_other_stays_visible() {
        let mended = settled(read("12A12345", 0.9, true), Some(read("12A12346", 0.7, false)));
        assert_eq!((mended.key.as_str(), mended.second_opinion), ("12A12346", true));
        assert_eq!(mended.alternatives[0].0, "12A12345");
        let kept = settled(read("12A12345", 0.7, false), Some(read("12A12346", 0.6, false)));
        assert_eq!(kept.key, "12A12345");
        let same = settled(read("12A12345", 0.5, false), Some(read("12A12345", 0.9, false)));
        assert!((same.confidence - 0.9).abs() < 1e-6 && same.alternatives.is_empty());
        assert!(settled(read("12A12345", 0.5, false), None).second_opinion);
    }

    #[test]
    fn nets_of_another_kind_are_refused_by_name() {
        let Some(store) = weights_or_note("a net of another kind", &["ppocr_v4_det", "ppocr_v4_rec"]) else { return };
        let net = |name| store.open_named(name).unwrap();
        assert!(GeneralReader::of(net("ppocr_v4_det"), net("ppocr_v4_rec")).is_ok());
        let refused = GeneralReader::of(net("ppocr_v4_rec"), net("ppocr_v4_det")).unwrap_err();
        assert!(
            matches!(&refused, PlateError::OtherKind { net, wanted: Decoding::DbText, .. } if net == "ppocr_v4_rec")
        );
        assert_eq!(refused.to_string(), "the net ppocr_v4_rec gives Ctc; plates are read by one that gives DbText");
        let refused = OwnReader::of(net("ppocr_v4_det"), net("ppocr_v4_rec")).unwrap_err();
        assert!(matches!(&refused, PlateError::OtherKind { wanted: Decoding::PlateCorners, .. }));
    }
}
