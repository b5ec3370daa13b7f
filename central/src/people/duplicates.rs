//! Is this face enrolled already under another person? Only told where the embedder was calibrated, only within one
//! controller, and never of whom: whoever could ask *who is this* would have a face search.

use std::collections::BTreeMap;

use contract::signature::Sha256;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// From which likeness on two pictures of an embedder show the same person.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Calibration {
    /// SHA-256 of the embedder's file.
    pub embedder: Sha256,
    /// Threshold of its calibration: cosine of the angle between two templates.
    pub threshold: f32,
}

/// Every template of a controller's people, in memory.
#[derive(Default)]
pub struct KnownFaces {
    by_embedder: BTreeMap<Sha256, Vec<(Uuid, Vec<f32>)>>,
}

impl std::fmt::Debug for KnownFaces {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("KnownFaces(…)")
    }
}

impl KnownFaces {
    /// Adds a template of a person.
    pub fn add(&mut self, person: Uuid, embedder: Sha256, values: &[f32]) {
        self.by_embedder.entry(embedder).or_default().push((person, unit(values)));
    }

    /// Is it somebody else's than `person`'s already?
    #[must_use]
    pub fn is_another(&self, person: Uuid, embedder: Sha256, values: &[f32], threshold: f32) -> bool {
        let face = unit(values);
        let there = self.by_embedder.get(&embedder).map(Vec::as_slice).unwrap_or_default();
        there.iter().any(|(whose, other)| *whose != person && dot(&face, other) >= threshold)
    }
}

/// How alike two templates of one embedder are.
#[must_use]
pub(super) fn likeness(a: &[f32], b: &[f32]) -> f32 {
    dot(&unit(a), &unit(b))
}

fn unit(values: &[f32]) -> Vec<f32> {
    let length = values.iter().map(|v| v * v).sum::<f32>().sqrt();
    values.iter().map(|v| if length > 0.0 { v / length } else { 0.0 }).collect()
}

fn dot(a: &[f32], b: &[f32]) -> f32 {
    if a.len() != b.len() {
        return 0.0;
    }
    // Eight sums at once: the compiler makes vector instructions of them.
    let mut sums = [0.0f32; 8];
    let (mut left, mut right) = (a.chunks_exact(8), b.chunks_exact(8));
    for (x, y) in left.by_ref().zip(right.by_ref()) {
        for i in 0..8 {
            sums[i] += x[i] * y[i];
        }
    }
    let rest: f32 = left.remainder().iter().zip(right.remainder()).map(|(x, y)| x * y).sum();
    sums.iter().sum::<f32>() + rest
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn another_persons_face_is_known_and_ones_own_is_none() {
        let (a, b, net) = (Uuid::from_u128(1), Uuid::from_u128(2), Sha256([1; 32]));
        let mut faces = KnownFaces::default();
        faces.add(a, net, &[1.0, 0.0, 0.0, 2.0, 0.0, 0.0, 0.0, 0.0, 0.5]);
        let same = [2.0, 0.0, 0.0, 4.0, 0.0, 0.0, 0.0, 0.0, 1.0];
        assert!(faces.is_another(b, net, &same, 0.99));
        assert!(!faces.is_another(a, net, &same, 0.99));
        assert!(!faces.is_another(b, Sha256([2; 32]), &same, 0.99), "another net's templates never meet");
        assert!(!faces.is_another(b, net, &[0.0, 1.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0], 0.5));
        assert!(!faces.is_another(b, net, &[1.0], 0.5));
        assert!(likeness(&same, &same) > 0.999);
    }
}
