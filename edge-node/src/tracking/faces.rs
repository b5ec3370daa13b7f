//! Faces of one camera from frame to frame. At 10 to 15 frames a second a face moves by less than its own width between two
//! of them, so the nearest pair wins, greedily, by distance in face widths and by likeness of size. It says only that two
//! boxes are one face in motion; whose face it is, is not its business, and nothing learned under one number is ever
//! carried over to another.

use contract::geometry::Rect;

use crate::detection::{Detection, ObjectClass};

/// Two boxes further apart than this many widths are not one face.
const REACH_WIDTHS: f32 = 0.8;
/// … nor are two whose widths differ by more than this factor.
const SIZE_FACTOR: f32 = 1.6;
/// A face unseen for so long is gone: long enough for somebody to look over the shoulder, too short for somebody else to step
/// into the place.
const GONE_US: i64 = 1_500_000;

/// A face's number, unique for one camera within one run.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct FaceId(pub u64);

/// A face in motion.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct FaceTrack {
    /// Its number.
    pub id: FaceId,
    /// Where it was seen last.
    pub rect: Rect,
    /// When it was seen last, µs on the monotonic clock.
    pub last_us: i64,
}

/// Follows faces.
#[derive(Debug, Default)]
pub struct FaceTracks {
    tracks: Vec<FaceTrack>,
    last_id: u64,
}

impl FaceTracks {
    /// The number of each face of this frame, in the order of `faces`, and those that are gone.
    pub fn update(&mut self, faces: &[Detection], now_us: i64) -> (Vec<FaceId>, Vec<FaceId>) {
        let gone = self.gone(now_us);
        let mut pairs: Vec<(f32, usize, usize)> = Vec::new();
        for (t, track) in self.tracks.iter().enumerate() {
            for (f, face) in faces.iter().enumerate() {
                if let Some(cost) = cost(track.rect, face.rect) {
                    pairs.push((cost, t, f));
                }
            }
        }
        pairs.sort_by(|a, b| a.0.total_cmp(&b.0));
        let mut of_face: Vec<Option<usize>> = vec![None; faces.len()];
        let mut taken = vec![false; self.tracks.len()];
        for (_, t, f) in pairs {
            if !taken[t] && of_face[f].is_none() {
                taken[t] = true;
                of_face[f] = Some(t);
            }
        }
        let mut ids = Vec::with_capacity(faces.len());
        for (face, place) in faces.iter().zip(of_face) {
            debug_assert_eq!(face.class, ObjectClass::Face);
            if let Some(t) = place {
                let track = &mut self.tracks[t];
                (track.rect, track.last_us) = (face.rect, now_us);
                ids.push(track.id);
            } else {
                self.last_id += 1;
                let id = FaceId(self.last_id);
                self.tracks.push(FaceTrack { id, rect: face.rect, last_us: now_us });
                ids.push(id);
            }
        }
        (ids, gone)
    }

    /// Faces that were not seen for too long; they are forgotten.
    pub fn gone(&mut self, now_us: i64) -> Vec<FaceId> {
        let gone: Vec<FaceId> = self.tracks.iter().filter(|t| now_us - t.last_us > GONE_US).map(|t| t.id).collect();
        self.tracks.retain(|t| now_us - t.last_us <= GONE_US);
        gone
    }

    /// All of them go: the stream broke.
    pub fn end_all(&mut self) -> Vec<FaceId> {
        std::mem::take(&mut self.tracks).into_iter().map(|t| t.id).collect()
    }

    /// Faces under way, oldest first.
    pub fn tracks(&self) -> impl Iterator<Item = &FaceTrack> {
        self.tracks.iter()
    }
}

/// Distance of the middles in widths of the smaller box; `None` when it cannot be the same face.
fn cost(before: Rect, now: Rect) -> Option<f32> {
    let (small, large) = (before.w.min(now.w), before.w.max(now.w));
    let alike_in_size = small > 0.0 && large / small <= SIZE_FACTOR;
    if !alike_in_size {
        return None;
    }
    let (a, b) = (before.center(), now.center());
    // Heights are shares of another length than widths are: a face's own height is the measure there.
    let height = before.h.min(now.h).max(f32::EPSILON);
    let distance = ((a.x - b.x) / small).hypot((a.y - b.y) / height);
    (distance <= REACH_WIDTHS).then_some(distance)
}

#[cfg(test)]
mod tests {
    use super::*;

    const FRAME_US: i64 = 80_000;

    fn face(x: f32, y: f32, w: f32) -> Detection {
        Detection::plain(ObjectClass::Face, 0.9, Rect::new(x, y, w, w * 1.6))
    }

    #[test]
    fn a_face_that_comes_nearer_keeps_its_number_and_a_second_one_has_its_own() {
        let mut tracks = FaceTracks::default();
        let (first, _) = tracks.update(&[face(0.4, 0.3, 0.05)], 0);
        let mut last = first[0];
        for step in 1..20_u8 {
            let grow = 1.0 + f32::from(step) * 0.05;
            let faces = [face(0.7, 0.3, 0.06), face(0.4 + f32::from(step) * 0.004, 0.3, 0.05 * grow)];
            let (ids, gone) = tracks.update(&faces, i64::from(step) * FRAME_US);
            assert!(gone.is_empty());
            assert_eq!(ids[1], last);
            assert_ne!(ids[0], last);
            last = ids[1];
        }
    }

    #[test]
    fn two_that_pass_each_other_are_paired_by_nearness() {
        let mut tracks = FaceTracks::default();
        let (ids, _) = tracks.update(&[face(0.30, 0.3, 0.06), face(0.36, 0.3, 0.06)], 0);
        let (swapped, _) = tracks.update(&[face(0.355, 0.3, 0.06), face(0.305, 0.3, 0.06)], FRAME_US);
        assert_eq!(swapped, [ids[1], ids[0]]);
    }

    #[test]
    fn a_face_elsewhere_or_of_another_size_or_after_a_while_is_another_one() {
        for (second, later_us) in
            [(face(0.6, 0.3, 0.05), FRAME_US), (face(0.38, 0.25, 0.12), FRAME_US), (face(0.4, 0.3, 0.05), GONE_US + 1)]
        {
            let mut tracks = FaceTracks::default();
            let (first, _) = tracks.update(&[face(0.4, 0.3, 0.05)], 0);
            let (next, gone) = tracks.update(&[second], later_us);
            assert_ne!(first, next);
            assert_eq!(gone.len(), usize::from(later_us > GONE_US));
        }
    }

    #[test]
    fn numbers_are_never_given_twice() {
        let mut tracks = FaceTracks::default();
        let (first, _) = tracks.update(&[face(0.4, 0.3, 0.05)], 0);
        assert_eq!(tracks.end_all(), first);
        let (next, _) = tracks.update(&[face(0.4, 0.3, 0.05)], FRAME_US);
        assert_ne!(first, next);
        assert_eq!(tracks.tracks().count(), 1);
    }
}
