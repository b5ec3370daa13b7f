//! One face as a vector, and how alike two are. A template lives in memory only, prints nothing and is not serialisable;
//! whose face it is, is the gallery's question. Templates of different embedders never meet.

use contract::signature::Sha256;

/// How alike two templates of one embedder are is asked by angle or by distance.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Measure {
    /// By the cosine of their angle; templates have length 1.
    Cosine,
    /// By their distance.
    Euclidean,
}

impl Measure {
    /// How alike: higher is more alike, whatever the measure. The cosine, or one less the distance.
    #[must_use]
    pub fn similarity(self, one: &[f32], other: &[f32]) -> f32 {
        match self {
            Self::Cosine => summed(one, other, |a, b| a * b),
            Self::Euclidean => 1.0 - summed(one, other, |a, b| (a - b) * (a - b)).sqrt(),
        }
    }
}

/// The sum over pairs of numbers, in sixteen independent lanes: that is what lets the compiler use the processor's vector
/// instructions, since it may not reorder a single sum of floats by itself.
#[inline(always)]
fn summed(one: &[f32], other: &[f32], term: impl Fn(f32, f32) -> f32) -> f32 {
    const LANES: usize = 16;
    let (ones, one_rest) = one.as_chunks::<LANES>();
    let (others, other_rest) = other.as_chunks::<LANES>();
    let mut lanes = [0.0f32; LANES];
    for (a, b) in ones.iter().zip(others) {
        for lane in 0..LANES {
            lanes[lane] += term(a[lane], b[lane]);
        }
    }
    let rest: f32 = one_rest.iter().zip(other_rest).map(|(a, b)| term(*a, *b)).sum();
    lanes.iter().sum::<f32>() + rest
}

/// One face as a vector. Not serialisable, and silent in logs: a stranger's must leave no trace.
#[derive(Clone, PartialEq)]
pub struct FaceTemplate {
    values: Vec<f32>,
    embedder: Sha256,
    measure: Measure,
}

impl std::fmt::Debug for FaceTemplate {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("FaceTemplate(…)")
    }
}

impl FaceTemplate {
    /// From numbers; `None` where there are none, one of them is no number, or all are zero. Brought to length 1 where
    /// only the direction counts.
    #[must_use]
    pub fn new(mut values: Vec<f32>, embedder: Sha256, measure: Measure) -> Option<Self> {
        let length = values.iter().map(|v| v * v).sum::<f32>().sqrt();
        if !(length.is_finite() && length > 0.0) {
            return None;
        }
        if measure == Measure::Cosine {
            values.iter_mut().for_each(|v| *v /= length);
        }
        Some(Self { values, embedder, measure })
    }

    /// The middle of several templates of one embedder; `None` for none, or for templates of several.
    #[must_use]
    pub fn mean(templates: &[Self]) -> Option<Self> {
        let first = templates.first()?;
        let mut sum = vec![0.0; first.values.len()];
        for template in templates {
            if template.embedder != first.embedder || template.values.len() != sum.len() {
                return None;
            }
            sum.iter_mut().zip(&template.values).for_each(|(s, v)| *s += v / templates.len() as f32);
        }
        Self::new(sum, first.embedder, first.measure)
    }

    /// How alike two faces are, see [`Measure::similarity`]. `None` for templates of different embedders.
    #[must_use]
    pub fn similarity(&self, other: &Self) -> Option<f32> {
        let comparable = self.embedder == other.embedder && self.values.len() == other.values.len();
        comparable.then(|| self.measure.similarity(&self.values, &other.values))
    }

    /// Which embedder made it.
    #[must_use]
    pub fn embedder(&self) -> Sha256 {
        self.embedder
    }

    /// How it is compared.
    #[must_use]
    pub fn measure(&self) -> Measure {
        self.measure
    }

    /// The numbers, for the search beside which they live in memory.
    pub(crate) fn values(&self) -> &[f32] {
        &self.values
    }

    /// The numbers, for an enrolment: the one way by which a template leaves this process. Only the enrolment worker may
    /// take it (`tests/system/architecture.rs`), for pictures somebody handed in to be enrolled.
    #[must_use]
    pub fn into_enrolment_values(self) -> Vec<f32> {
        self.values
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn template(embedder: &[u8], values: &[f32]) -> FaceTemplate {
        FaceTemplate::new(values.to_vec(), Sha256::of(embedder), Measure::Cosine).unwrap()
    }

    #[test]
    fn templates_of_different_embedders_never_meet_and_print_nothing() {
        let a = template(b"one", &[0.6, 0.8]);
        assert!((a.similarity(&template(b"one", &[0.8, 0.6])).unwrap() - 0.96).abs() < 1e-6);
        assert_eq!(a.similarity(&template(b"two", &[0.6, 0.8])), None);
        assert_eq!(a.similarity(&template(b"one", &[0.6, 0.8, 0.0])), None);
        assert_eq!(format!("{a:?}"), "FaceTemplate(…)");
        assert!(FaceTemplate::mean(&[a, template(b"two", &[0.6, 0.8])]).is_none());
    }

    #[test]
    fn useless_numbers_are_no_template() {
        for values in [vec![], vec![0.0; 4], vec![1.0, f32::NAN], vec![f32::INFINITY, 0.0]] {
            assert!(FaceTemplate::new(values, Sha256::of(b"one"), Measure::Cosine).is_none());
        }
    }

    #[test]
    fn both_measures_are_what_they_say_at_every_length() {
        for length in [1usize, 15, 16, 17, 128, 250] {
            let one: Vec<f32> = (0..length).map(|i| (i as f32 * 0.37).sin()).collect();
            let other: Vec<f32> = (0..length).map(|i| (i as f32 * 0.11).cos()).collect();
            let dot: f32 = one.iter().zip(&other).map(|(a, b)| a * b).sum();
            let square: f32 = one.iter().zip(&other).map(|(a, b)| (a - b) * (a - b)).sum();
            assert!((Measure::Cosine.similarity(&one, &other) - dot).abs() < 1e-3, "{length}");
            assert!((Measure::Euclidean.similarity(&one, &other) - (1.0 - square.sqrt())).abs() < 1e-4, "{length}");
        }
    }

    #[test]
    fn the_mean_lies_between() {
        let (a, b) = (template(b"one", &[1.0, 0.0]), template(b"one", &[0.0, 1.0]));
        let mean = FaceTemplate::mean(&[a.clone(), b]).unwrap();
        assert!((mean.similarity(&a).unwrap() - std::f32::consts::FRAC_1_SQRT_2).abs() < 1e-6);
        assert!(FaceTemplate::mean(&[]).is_none());
    }
}
