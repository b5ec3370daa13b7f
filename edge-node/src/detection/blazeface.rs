//! BlazeFace (MediaPipe's back camera net): 896 anchors on a 256-pixel square, six landmarks each. Landmarks: the
//! person's right eye, left eye, nose tip, mouth middle, right and left ear.

use super::net::{share_point, share_rect};
use super::{Detection, ObjectClass};
use crate::inference::{Output, Placement};

/// Cells along a side, anchors in each cell; in the order of the outputs.
const GRIDS: [(u32, usize); 2] = [(16, 2), (8, 6)];
/// Box (4) and six landmarks (12).
const WIDTH: usize = 16;
/// Logits beyond this are certain already; it keeps the exponential finite.
const LOGIT_LIMIT: f32 = 80.0;

/// `outputs`: scores and boxes of the fine grid, scores and boxes of the coarse one. `None` when the sizes do not fit.
#[must_use]
pub fn decode(outputs: &[Output], placement: &Placement, min_score: f32) -> Option<Vec<Detection>> {
    if outputs.len() != 4 {
        return None;
    }
    let mut found = Vec::new();
    for (pair, (side, per_cell)) in outputs.chunks_exact(2).zip(GRIDS) {
        let (scores, boxes) = (&pair[0].data, &pair[1].data);
        let anchors = (side * side) as usize * per_cell;
        if scores.len() != anchors || boxes.len() != anchors * WIDTH {
            return None;
        }
        let stride = placement.width as f32 / side as f32;
        for (anchor, (logit, row)) in scores.iter().zip(boxes.chunks_exact(WIDTH)).enumerate() {
            let score = 1.0 / (1.0 + (-logit.clamp(-LOGIT_LIMIT, LOGIT_LIMIT)).exp());
            if score < min_score {
                continue;
            }
            let cell = (anchor / per_cell) as u32;
            let (ax, ay) = (((cell % side) as f32 + 0.5) * stride, ((cell / side) as f32 + 0.5) * stride);
            let (x, y, w, h) = (ax + row[0], ay + row[1], row[2], row[3]);
            let keypoints = row[4..].chunks_exact(2).map(|p| share_point(placement, ax + p[0], ay + p[1])).collect();
            if let Some(rect) = share_rect(placement, x - w / 2.0, y - h / 2.0, x + w / 2.0, y + h / 2.0) {
                found.push(Detection { class: ObjectClass::Face, score, rect, keypoints });
            }
        }
    }
    Some(found)
}

#[cfg(test)]
mod tests {
    use super::super::net::test_support::{close, filled, placement};
    use super::*;

    #[test]
    fn an_anchor_becomes_a_face() {
        let placement = placement(256, 256);
        let mut outputs = vec![
            filled(&[1, 512, 1], -100.0),
            filled(&[1, 512, 16], 0.0),
            filled(&[1, 384, 1], -100.0),
            filled(&[1, 384, 16], 0.0),
        ];
        // Coarse grid: row 2, column 3, third anchor; its middle is (112, 80).
        let anchor = (2 * 8 + 3) * 6 + 2;
        outputs[2].data[anchor] = 2.0;
        outputs[3].data[anchor * 16..anchor * 16 + 6].copy_from_slice(&[4.0, -4.0, 64.0, 32.0, -10.0, -8.0]);
        let found = decode(&outputs, &placement, 0.5).unwrap();
        assert_eq!(found.len(), 1);
        assert!((found[0].score - 0.880_797).abs() < 1e-5);
        assert!(close(found[0].rect, [84.0 / 256.0, 60.0 / 256.0, 0.25, 0.125]), "{:?}", found[0].rect);
        assert_eq!(found[0].keypoints.len(), 6);
        assert!((found[0].keypoints[0].x - 102.0 / 256.0).abs() < 1e-6);
        assert!((found[0].keypoints[0].y - 72.0 / 256.0).abs() < 1e-6);
    }
}
