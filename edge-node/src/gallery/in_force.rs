//! The gallery in force on this node: who may be known here, until when. It comes by signed bundle and is in memory only in
//! the clear; a clock that is set back does not make an old one valid again.

use std::collections::BTreeMap;
use std::sync::Arc;

use contract::bundle::{Gallery, GalleryEntry, GalleryList};
use contract::clock::{Clock, UtcMicros};
use contract::ids::{EnrolmentId, GateName};
use contract::signature::Sha256;

use super::search::{FaceIndex, Found, GalleryError};
use crate::recognition::face_template::FaceTemplate;

/// A gallery as it came, with its time.
#[derive(Clone)]
pub struct GalleryInForce {
    gallery: Arc<Gallery>,
    not_after: UtcMicros,
    /// The same end on the clock that never jumps.
    until_us: i64,
}

impl PartialEq for GalleryInForce {
    fn eq(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.gallery, &other.gallery) && self.not_after == other.not_after
    }
}

impl std::fmt::Debug for GalleryInForce {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("GalleryInForce").field("not_after", &self.not_after).finish_non_exhaustive()
    }
}

impl GalleryInForce {
    /// Takes a gallery over at this moment.
    #[must_use]
    pub fn new(gallery: Gallery, not_after: UtcMicros, clock: &dyn Clock) -> Self {
        let left_us = not_after.since_us(clock.now()).max(0);
        Self { gallery: Arc::new(gallery), not_after, until_us: clock.monotonic_us().saturating_add(left_us) }
    }

    /// Is its time not over, by either clock?
    #[must_use]
    pub fn is_valid(&self, clock: &dyn Clock) -> bool {
        clock.now() < self.not_after && clock.monotonic_us() < self.until_us
    }

    /// Everybody on it.
    #[must_use]
    pub fn entries(&self) -> &[GalleryEntry] {
        &self.gallery.entries
    }

    /// The part of it that one gate searches: people named for other gates are strangers here.
    pub fn at_gate(
        &self,
        gate: &GateName,
        embedder: Sha256,
        template: impl Fn(Vec<f32>) -> Option<FaceTemplate>,
    ) -> Result<GateGallery, GalleryError> {
        let mut entries = Vec::new();
        let mut people = BTreeMap::new();
        for entry in self.entries().iter().filter(|e| e.gates.contains(gate)) {
            let before = entries.len();
            for made in entry.templates.iter().filter(|t| t.embedder == embedder) {
                match made.numbers().and_then(&template) {
                    Some(template) => entries.push((entry.enrolment, template)),
                    None => tracing::warn!("a template of the gallery cannot be used"),
                }
            }
            if entries.len() > before {
                people.insert(entry.enrolment, entry.clone_without_templates());
            }
        }
        Ok(GateGallery { index: FaceIndex::new(entries)?, people })
    }
}

trait WithoutTemplates {
    fn clone_without_templates(&self) -> GalleryEntry;
}

impl WithoutTemplates for GalleryEntry {
    fn clone_without_templates(&self) -> GalleryEntry {
        GalleryEntry {
            enrolment: self.enrolment,
            list: self.list,
            gates: Vec::new(),
            valid_from: self.valid_from,
            valid_to: self.valid_to,
            hours: self.hours.clone(),
            templates: Vec::new(),
            pass: self.pass,
        }
    }
}

/// Whoever may be known at one gate, ready to be searched.
#[derive(Debug, Default)]
pub struct GateGallery {
    index: Option<FaceIndex>,
    people: BTreeMap<EnrolmentId, GalleryEntry>,
}

impl GateGallery {
    /// The two people most alike; `None` in an empty gallery.
    #[must_use]
    pub fn search(&self, face: &FaceTemplate) -> Option<Found> {
        self.index.as_ref()?.search(face)
    }

    /// On which list somebody stands.
    #[must_use]
    pub fn list_of(&self, enrolment: EnrolmentId) -> Option<GalleryList> {
        self.people.get(&enrolment).map(|entry| entry.list)
    }

    /// May this person come in here at this moment, by dates and hours?
    #[must_use]
    pub fn allowed_at(&self, enrolment: EnrolmentId, at: UtcMicros) -> bool {
        self.people.get(&enrolment).is_some_and(|e| e.list == GalleryList::Enrolled && e.allowed_at(at))
    }

    /// Fingerprint of the pass this person was given.
    #[must_use]
    pub fn pass_of(&self, enrolment: EnrolmentId) -> Option<Sha256> {
        self.people.get(&enrolment)?.pass
    }

    /// Was anybody here given a pass? Where nobody was, none is looked for.
    #[must_use]
    pub fn has_passes(&self) -> bool {
        self.people.values().any(|entry| entry.pass.is_some())
    }

    /// How many people it knows.
    #[must_use]
    pub fn people(&self) -> usize {
        self.people.len()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use contract::bundle::GalleryTemplate;
    use contract::clock::ManualClock;
    use uuid::Uuid;

    use crate::recognition::face_template::Measure;

    const EMBEDDER: Sha256 = Sha256([1; 32]);

    fn entry(id: u128, gates: &[&str], embedder: Sha256, values: &[f32]) -> GalleryEntry {
        GalleryEntry {
            enrolment: EnrolmentId(Uuid::from_u128(id)),
            list: GalleryList::Enrolled,
            gates: gates.iter().map(|g| g.parse().unwrap()).collect(),
            valid_from: UtcMicros(0),
            valid_to: UtcMicros(1000),
            hours: Vec::new(),
            templates: vec![GalleryTemplate::new(embedder, values)],
            pass: None,
        }
    }

    fn made(values: Vec<f32>) -> Option<FaceTemplate> {
        FaceTemplate::new(values, EMBEDDER, Measure::Cosine)
    }

    #[test]
    fn a_gate_knows_only_whom_it_was_told_of_and_only_by_its_own_embedder() {
        let clock = ManualClock::at(UtcMicros(10));
        let gallery = Gallery {
            entries: vec![
                entry(1, &["one"], EMBEDDER, &[1.0, 0.0]),
                entry(2, &["two"], EMBEDDER, &[0.0, 1.0]),
                entry(3, &["one"], Sha256([2; 32]), &[0.0, 1.0]),
            ],
        };
        let in_force = GalleryInForce::new(gallery, UtcMicros(1000), &clock);
        let at = |gate: &str| in_force.at_gate(&gate.parse().unwrap(), EMBEDDER, made).unwrap();
        let face = made(vec![0.0, 1.0]).unwrap();
        let found = at("one").search(&face).unwrap();
        assert_eq!(
            (at("one").people(), found.best.enrolment, found.second),
            (1, EnrolmentId(Uuid::from_u128(1)), None)
        );
        assert!(found.best.similarity < 0.1, "whoever is named for the other gate is a stranger here");
        assert!(at("two").search(&face).unwrap().best.similarity > 0.9);
        assert!(at("three").search(&face).is_none());
        assert!(at("one").allowed_at(EnrolmentId(Uuid::from_u128(1)), UtcMicros(999)));
        assert!(!at("one").allowed_at(EnrolmentId(Uuid::from_u128(1)), UtcMicros(1000)));
        assert!(!at("one").allowed_at(EnrolmentId(Uuid::from_u128(2)), UtcMicros(1)));
    }

    #[test]
    fn a_clock_set_back_revives_no_old_gallery() {
        let clock = ManualClock::at(UtcMicros(10_000_000));
        let in_force = GalleryInForce::new(Gallery::default(), UtcMicros(12_000_000), &clock);
        assert!(in_force.is_valid(&clock));
        clock.advance_us(2_000_000);
        assert!(!in_force.is_valid(&clock));
        clock.set_wall(UtcMicros(1_000_000));
        assert!(!in_force.is_valid(&clock), "the clock that never jumps remembers");
        let fresh = ManualClock::at(UtcMicros(10_000_000));
        let in_force = GalleryInForce::new(Gallery::default(), UtcMicros(12_000_000), &fresh);
        fresh.set_wall(UtcMicros(13_000_000));
        assert!(!in_force.is_valid(&fresh));
    }
}
