//! YOLOX: one row for each cell of three grids (strides 8, 16, 32): offsets, sizes, objectness, class scores.

use super::net::share_rect;
use super::{Detection, ObjectClass};
use crate::inference::{Output, Placement};

const STRIDES: [u32; 3] = [8, 16, 32];
/// Offsets, sizes and objectness come before the classes.
const BEFORE_CLASSES: usize = 5;
/// The classes of COCO that matter on a road or a square.
const CLASSES: [(usize, ObjectClass); 6] = [
    (0, ObjectClass::Person),
    (1, ObjectClass::Bicycle),
    (2, ObjectClass::Car),
    (3, ObjectClass::Motorcycle),
    (5, ObjectClass::Bus),
    (7, ObjectClass::Truck),
];

/// `outputs[0]` is `[1, cells, 85]`. `None` when the sizes do not fit.
#[must_use]
pub fn decode(outputs: &[Output], placement: &Placement, min_score: f32) -> Option<Vec<Detection>> {
    let [Output { shape, data }] = outputs else { return None };
    let &[1, cells, width] = shape.as_slice() else { return None };
    let grids = STRIDES.map(|s| (s as f32, placement.width / s, placement.height / s));
    let expected: u32 = grids.iter().map(|(_, w, h)| w * h).sum();
    if cells != expected as usize || width < BEFORE_CLASSES + 8 || data.len() != cells * width {
        return None;
    }
    let places =
        grids.into_iter().flat_map(|(s, w, h)| (0..h).flat_map(move |row| (0..w).map(move |col| (s, col, row))));
    let mut found = Vec::new();
    for (row, (stride, col, line)) in data.chunks_exact(width).zip(places) {
        let Some((class, score)) = best_class(row).filter(|(_, score)| *score >= min_score) else { continue };
        let (x, y) = ((row[0] + col as f32) * stride, (row[1] + line as f32) * stride);
        let (w, h) = (row[2].exp() * stride, row[3].exp() * stride);
        if let Some(rect) = share_rect(placement, x - w / 2.0, y - h / 2.0, x + w / 2.0, y + h / 2.0) {
            found.push(Detection { class, score, rect, keypoints: Vec::new() });
        }
    }
    Some(found)
}

fn best_class(row: &[f32]) -> Option<(ObjectClass, f32)> {
    let scored = CLASSES.iter().map(|(index, class)| (*class, row[4] * row[BEFORE_CLASSES + index]));
    scored.max_by(|a, b| a.1.total_cmp(&b.1))
}

#[cfg(test)]
mod tests {
    use super::super::net::test_support::{close, filled, placement};
    use super::*;

    #[test]
    fn a_cell_becomes_a_box() {
        let placement = placement(64, 64);
        // 8×8 + 4×4 + 2×2 cells.
        let mut output = filled(&[1, 84, 85], 0.0);
        // Second grid (stride 16), row 1, column 2.
        let at = (64 + 4 + 2) * 85;
        output.data[at..at + 5].copy_from_slice(&[0.5, 0.5, 0.0, 2f32.ln(), 0.8]);
        output.data[at + 5 + 3] = 0.5;
        // A class that does not matter is not reported.
        output.data[5 + 62] = 1.0;
        output.data[4] = 1.0;
        let found = decode(&[output], &placement, 0.3).unwrap();
        assert_eq!(found.len(), 1);
        assert_eq!(found[0].class, ObjectClass::Motorcycle);
        assert!((found[0].score - 0.4).abs() < 1e-6);
        // Middle (40, 24), size 16×32, of 64×64.
        assert!(close(found[0].rect, [32.0 / 64.0, 8.0 / 64.0, 16.0 / 64.0, 32.0 / 64.0]), "{:?}", found[0].rect);
    }

    #[test]
    fn another_size_is_refused() {
        assert!(decode(&[filled(&[1, 83, 85], 0.0)], &placement(64, 64), 0.3).is_none());
        assert!(decode(&[], &placement(64, 64), 0.3).is_none());
    }
}
