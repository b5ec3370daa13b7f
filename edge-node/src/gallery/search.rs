//! Exact search: every template is compared, none is skipped, so the answer is the best there is. The numbers stand in one
//! block of memory, one person's templates side by side; a search goes through it once, from front to back, which makes the
//! memory's speed the limit. Never approximates, never writes anything down; `Debug` says how many, not who.

use contract::ids::EnrolmentId;
use contract::signature::Sha256;

use crate::recognition::face_template::{FaceTemplate, Measure};

/// Most templates one gallery may hold (the contract's limit for a bundle is the same).
pub const MOST_TEMPLATES: usize = 50_000;

/// Why a gallery could not be built.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum GalleryError {
    /// The templates of several embedders, or of several lengths.
    #[error("the gallery holds templates of another embedder than its first")]
    Mixed,
    /// More than [`MOST_TEMPLATES`].
    #[error("the gallery holds {0} templates, at most {MOST_TEMPLATES} are searched")]
    TooMany(usize),
}

/// One person, and how alike the most alike of its templates is.
#[derive(Clone, Copy, PartialEq)]
pub struct Match {
    /// Who, without saying who.
    pub enrolment: EnrolmentId,
    /// How alike; higher is more alike, see [`Measure::similarity`].
    pub similarity: f32,
}

impl std::fmt::Debug for Match {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Match(…)")
    }
}

/// The two people most alike. Two close together are a doubt, not an answer.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Found {
    /// The most alike.
    pub best: Match,
    /// The most alike of all others; `None` in a gallery of one.
    pub second: Option<Match>,
}

/// Every template of one embedder.
#[derive(Clone)]
pub struct FaceIndex {
    embedder: Sha256,
    measure: Measure,
    /// Numbers in a template.
    width: usize,
    /// Each person once, in the order of their ids, with the place after its last template.
    people: Vec<(EnrolmentId, usize)>,
    /// All templates, one after the other, in the order of `people`.
    values: Vec<f32>,
}

impl std::fmt::Debug for FaceIndex {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "FaceIndex({} people, {} templates)", self.people(), self.templates())
    }
}

impl FaceIndex {
    /// From templates in any order, several of a person or one. `None` for no templates at all.
    pub fn new(mut entries: Vec<(EnrolmentId, FaceTemplate)>) -> Result<Option<Self>, GalleryError> {
        if entries.len() > MOST_TEMPLATES {
            return Err(GalleryError::TooMany(entries.len()));
        }
        // Stable: a person's templates keep their order, so the same bundle gives the same index.
        entries.sort_by_key(|(enrolment, _)| *enrolment);
        let Some((_, first)) = entries.first() else { return Ok(None) };
        let (embedder, measure, width) = (first.embedder(), first.measure(), first.values().len());
        let mut people: Vec<(EnrolmentId, usize)> = Vec::new();
        let mut values = Vec::with_capacity(entries.len() * width);
        for (place, (enrolment, template)) in entries.iter().enumerate() {
            let like_the_first =
                template.embedder() == embedder && template.measure() == measure && template.values().len() == width;
            if !like_the_first {
                return Err(GalleryError::Mixed);
            }
            values.extend_from_slice(template.values());
            match people.last_mut() {
                Some((last, end)) if last == enrolment => *end = place + 1,
                _ => people.push((*enrolment, place + 1)),
            }
        }
        Ok(Some(Self { embedder, measure, width, people, values }))
    }

    /// The two people most alike. `None` for a template of another embedder: those never meet. Of two that are alike to
    /// the last bit, the one with the lower id comes first.
    #[must_use]
    pub fn search(&self, face: &FaceTemplate) -> Option<Found> {
        if face.embedder() != self.embedder || face.values().len() != self.width {
            return None;
        }
        let probe = face.values();
        let mut best: Option<Match> = None;
        let mut second: Option<Match> = None;
        let mut start = 0;
        for (enrolment, end) in &self.people {
            let mut similarity = f32::NEG_INFINITY;
            for template in self.values[start * self.width..end * self.width].chunks_exact(self.width) {
                similarity = similarity.max(self.measure.similarity(probe, template));
            }
            start = *end;
            let found = Match { enrolment: *enrolment, similarity };
            if best.is_none_or(|best| similarity > best.similarity) {
                second = best.replace(found);
            } else if second.is_none_or(|second| similarity > second.similarity) {
                second = Some(found);
            }
        }
        best.map(|best| Found { best, second })
    }

    /// Which embedder's templates they are.
    #[must_use]
    pub fn embedder(&self) -> Sha256 {
        self.embedder
    }

    /// How many people.
    #[must_use]
    pub fn people(&self) -> usize {
        self.people.len()
    }

    /// How many templates.
    #[must_use]
    pub fn templates(&self) -> usize {
        self.values.len() / self.width
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use proptest::prelude::*;
    use uuid::Uuid;

    use super::*;

    fn id(n: u8) -> EnrolmentId {
        EnrolmentId(Uuid::from_u128(u128::from(n)))
    }

    fn template(values: &[f32], measure: Measure) -> Option<FaceTemplate> {
        FaceTemplate::new(values.to_vec(), Sha256::of(b"net"), measure)
    }

    /// Each person's best, by the definition and in doubles.
    fn naive(entries: &[(EnrolmentId, FaceTemplate)], probe: &FaceTemplate) -> Vec<(EnrolmentId, f64)> {
        let mut people: BTreeMap<EnrolmentId, f64> = BTreeMap::new();
        for (enrolment, template) in entries {
            let pairs = || template.values().iter().zip(probe.values()).map(|(a, b)| (f64::from(*a), f64::from(*b)));
            let similarity = match template.measure() {
                Measure::Cosine => pairs().map(|(a, b)| a * b).sum::<f64>(),
                Measure::Euclidean => 1.0 - pairs().map(|(a, b)| (a - b) * (a - b)).sum::<f64>().sqrt(),
            };
            let best = people.entry(*enrolment).or_insert(f64::NEG_INFINITY);
            *best = best.max(similarity);
        }
        let mut people: Vec<_> = people.into_iter().collect();
        people.sort_by(|a, b| b.1.total_cmp(&a.1));
        people
    }

    proptest! {
        #[test]
        fn it_finds_what_a_naive_search_finds(
            measure in prop_oneof![Just(Measure::Cosine), Just(Measure::Euclidean)],
            rows in prop::collection::vec((0u8..12, prop::collection::vec(-1.0f32..1.0, 33)), 1..60),
            probe in prop::collection::vec(-1.0f32..1.0, 33),
        ) {
            let entries: Vec<_> =
                rows.iter().filter_map(|(n, values)| Some((id(*n), template(values, measure)?))).collect();
            prop_assume!(!entries.is_empty());
            let probe = template(&probe, measure);
            prop_assume!(probe.is_some());
            let probe = probe.unwrap();
            let index = FaceIndex::new(entries.clone()).unwrap().unwrap();
            let found = index.search(&probe).unwrap();
            let expected = naive(&entries, &probe);
            prop_assert_eq!(index.people(), expected.len());
            prop_assert_eq!(index.templates(), entries.len());
            prop_assert!((f64::from(found.best.similarity) - expected[0].1).abs() < 1e-4);
            prop_assert_eq!(found.second.is_some(), expected.len() > 1);
            if let Some(second) = found.second {
                prop_assert!((f64::from(second.similarity) - expected[1].1).abs() < 1e-4);
                prop_assert_ne!(second.enrolment, found.best.enrolment);
                // Names may differ only where rounding decides.
                if expected[0].1 - expected[1].1 > 1e-3 {
                    prop_assert_eq!(found.best.enrolment, expected[0].0);
                }
            }
        }
    }

    #[test]
    fn several_pictures_of_one_person_are_one_candidate() {
        let entries = [(2, [1.0, 0.0]), (1, [0.0, 1.0]), (2, [0.9, 0.1])]
            .map(|(n, values)| (id(n), template(&values, Measure::Cosine).unwrap()));
        let index = FaceIndex::new(entries.to_vec()).unwrap().unwrap();
        let found = index.search(&template(&[1.0, 0.0], Measure::Cosine).unwrap()).unwrap();
        assert_eq!((found.best.enrolment, found.second.unwrap().enrolment), (id(2), id(1)));
        assert!((found.best.similarity - 1.0).abs() < 1e-6);
        assert_eq!(
            format!("{index:?} {found:?}"),
            "FaceIndex(2 people, 3 templates) Found { best: Match(…), second: Some(Match(…)) }"
        );
    }

    #[test]
    fn other_embedders_and_endless_galleries_are_refused() {
        let ours = template(&[1.0, 0.0], Measure::Cosine).unwrap();
        let foreign = FaceTemplate::new(vec![1.0, 0.0], Sha256::of(b"other"), Measure::Cosine).unwrap();
        assert!(FaceIndex::new(Vec::new()).unwrap().is_none());
        assert_eq!(
            FaceIndex::new(vec![(id(1), ours.clone()), (id(2), foreign.clone())]).unwrap_err(),
            GalleryError::Mixed
        );
        let many = vec![(id(1), ours.clone()); MOST_TEMPLATES + 1];
        assert_eq!(FaceIndex::new(many).unwrap_err(), GalleryError::TooMany(MOST_TEMPLATES + 1));
        let index = FaceIndex::new(vec![(id(1), ours)]).unwrap().unwrap();
        assert!(index.search(&foreign).is_none());
    }
}
