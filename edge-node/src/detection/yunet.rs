//! YuNet: faces with five landmarks. Twelve outputs: class, object, box and landmarks, each for strides 8, 16, 32.
//! Landmarks: the person's right eye, left eye, nose tip, right and left mouth corner.

use super::net::{share_point, share_rect};
use super::{Detection, ObjectClass};
use crate::inference::{Output, Placement};

const STRIDES: [u32; 3] = [8, 16, 32];

/// `outputs`: `cls` ×3, `obj` ×3, `bbox` ×3, `kps` ×3. `None` when the sizes do not fit.
#[must_use]
pub fn decode(outputs: &[Output], placement: &Placement, min_score: f32) -> Option<Vec<Detection>> {
    if outputs.len() != 12 {
        return None;
    }
    let mut found = Vec::new();
    for (level, stride) in STRIDES.into_iter().enumerate() {
        let (class, object, boxes, landmarks) =
            (&outputs[level].data, &outputs[level + 3].data, &outputs[level + 6].data, &outputs[level + 9].data);
        let (columns, rows) = (placement.width / stride, placement.height / stride);
        let cells = (columns * rows) as usize;
        if class.len() != cells || object.len() != cells || boxes.len() != cells * 4 || landmarks.len() != cells * 10 {
            return None;
        }
        for cell in 0..cells {
            let score = (class[cell].clamp(0.0, 1.0) * object[cell].clamp(0.0, 1.0)).sqrt();
            if score < min_score {
                continue;
            }
            let s = stride as f32;
            let (col, row) = ((cell as u32 % columns) as f32, (cell as u32 / columns) as f32);
            let b = &boxes[cell * 4..cell * 4 + 4];
            let (x, y, w, h) = ((col + b[0]) * s, (row + b[1]) * s, b[2].exp() * s, b[3].exp() * s);
            let k = &landmarks[cell * 10..cell * 10 + 10];
            let keypoints =
                k.chunks_exact(2).map(|p| share_point(placement, (col + p[0]) * s, (row + p[1]) * s)).collect();
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

    fn empty() -> Vec<Output> {
        let cells = [64, 16, 4];
        [1, 1, 4, 10].into_iter().flat_map(|width| cells.map(|n| filled(&[1, n, width], 0.0))).collect()
    }

    #[test]
    fn a_cell_becomes_a_face_with_landmarks() {
        let placement = placement(64, 64);
        let mut outputs = empty();
        // Stride 16, row 2, column 1.
        let cell = 2 * 4 + 1;
        outputs[1].data[cell] = 0.81;
        outputs[4].data[cell] = 1.0;
        outputs[7].data[cell * 4..cell * 4 + 4].copy_from_slice(&[0.5, 0.5, 0.0, 0.0]);
        outputs[10].data[cell * 10] = 0.25;
        let found = decode(&outputs, &placement, 0.5).unwrap();
        assert_eq!(found.len(), 1);
        assert!((found[0].score - 0.9).abs() < 1e-6);
        assert!(close(found[0].rect, [16.0 / 64.0, 32.0 / 64.0, 0.25, 0.25]), "{:?}", found[0].rect);
        assert_eq!(found[0].keypoints.len(), 5);
        assert!((found[0].keypoints[0].x - 20.0 / 64.0).abs() < 1e-6);
        assert!((found[0].keypoints[0].y - 32.0 / 64.0).abs() < 1e-6);
    }

    #[test]
    fn missing_outputs_are_refused() {
        let mut outputs = empty();
        outputs.pop();
        assert!(decode(&outputs, &placement(64, 64), 0.5).is_none());
    }
}
