//! Keeps the best of boxes that lie on one another. Compares boxes of the same class only.

use super::Detection;

/// The detections, best first, without those that overlap a better one of their class by more than `overlap` (0..1).
#[must_use]
pub fn suppress(mut found: Vec<Detection>, overlap: f32) -> Vec<Detection> {
    // A stable sort and a total order: the same tensor gives the same list.
    found.sort_by(|a, b| b.score.total_cmp(&a.score));
    let mut kept: Vec<Detection> = Vec::new();
    for detection in found {
        if kept.iter().all(|better| better.class != detection.class || better.rect.iou(detection.rect) <= overlap) {
            kept.push(detection);
        }
    }
    kept
}

#[cfg(test)]
mod tests {
    use super::super::ObjectClass;
    use super::*;
    use contract::geometry::Rect;

    fn detection(class: ObjectClass, score: f32, x: f32) -> Detection {
        Detection { class, score, rect: Rect::new(x, 0.1, 0.2, 0.2), keypoints: Vec::new() }
    }

    #[test]
    fn the_best_of_a_heap_stays_and_neighbours_stay() {
        let found = vec![
            detection(ObjectClass::Car, 0.5, 0.11),
            detection(ObjectClass::Car, 0.9, 0.1),
            detection(ObjectClass::Person, 0.4, 0.1),
            detection(ObjectClass::Car, 0.6, 0.5),
        ];
        let kept: Vec<(ObjectClass, f32)> = suppress(found, 0.5).into_iter().map(|d| (d.class, d.score)).collect();
        assert_eq!(kept, [(ObjectClass::Car, 0.9), (ObjectClass::Car, 0.6), (ObjectClass::Person, 0.4)]);
    }
}
