//! A detector that is one net and its decoder. Which net, and at which threshold, the manifest says; nothing is chosen here.

use contract::geometry::{Point, Rect};

use super::{Detection, DetectionError, ObjectDetector, blazeface, lpd_yunet, nms, yolox, yunet};
use crate::inference::{Decoding, ModelChoice, ModelStore, NetSession, Output, Placement, Role, place};
use crate::picture::BgrPicture;

type Decoder = fn(&[Output], &Placement, f32) -> Option<Vec<Detection>>;

/// One net with boxes in its outputs.
#[derive(Debug)]
pub struct NetDetector {
    net: NetSession,
    decode: Decoder,
    min_score: f32,
    overlap: f32,
}

impl NetDetector {
    /// The best candidate of a role. `None` where that is a method without weights.
    pub fn best(store: &ModelStore, role: Role) -> Result<Option<Self>, DetectionError> {
        store.open_best(role).map_err(DetectionError::Inference)?.map(Self::of).transpose()
    }

    /// One candidate by name.
    pub fn named(store: &ModelStore, name: &str) -> Result<Self, DetectionError> {
        Self::of(store.open_named(name).map_err(DetectionError::Inference)?)
    }

    fn of(net: NetSession) -> Result<Self, DetectionError> {
        let decode: Decoder = match net.decoding() {
            Decoding::Yolox => yolox::decode,
            Decoding::Yunet => yunet::decode,
            Decoding::Blazeface => blazeface::decode,
            Decoding::LpdYunet => lpd_yunet::decode,
            _ => return Err(DetectionError::NotADetector { name: net.choice().name.clone() }),
        };
        let defaults = net.defaults();
        Ok(Self { net, decode, min_score: defaults.score, overlap: defaults.overlap })
    }

    /// Another lowest score than the manifest's.
    #[must_use]
    pub fn with_min_score(mut self, min_score: f32) -> Self {
        self.min_score = min_score;
        self
    }

    /// As [`ObjectDetector::detect`], the picture's longer side brought to `longest` pixels where the net takes any size.
    pub fn detect_at(&mut self, picture: &BgrPicture, longest: Option<u32>) -> Result<Vec<Detection>, DetectionError> {
        let placed = place(picture, self.net.input(), longest).map_err(DetectionError::Inference)?;
        let outputs = self.net.run(placed.shape, placed.data).map_err(DetectionError::Inference)?;
        let found = (self.decode)(&outputs, &placed.placement, self.min_score)
            .ok_or_else(|| DetectionError::Output(format!("{} gave tensors of other sizes", self.net.choice().name)))?;
        Ok(nms::suppress(found, self.overlap))
    }
}

impl ObjectDetector for NetDetector {
    fn detect(&mut self, picture: &BgrPicture) -> Result<Vec<Detection>, DetectionError> {
        self.detect_at(picture, None)
    }

    fn model(&self) -> ModelChoice {
        self.net.choice().clone()
    }
}

/// A box between two tensor places, as a share of the picture and cut at its edges; `None` when nothing is left.
pub(super) fn share_rect(placement: &Placement, left: f32, top: f32, right: f32, bottom: f32) -> Option<Rect> {
    let (x0, y0) = placement.to_share(left, top);
    let (x1, y1) = placement.to_share(right, bottom);
    let (x0, y0, x1, y1) = (x0.clamp(0.0, 1.0), y0.clamp(0.0, 1.0), x1.clamp(0.0, 1.0), y1.clamp(0.0, 1.0));
    (x1 > x0 && y1 > y0).then(|| Rect::new(x0, y0, x1 - x0, y1 - y0))
}

/// A tensor place as a share of the picture.
pub(super) fn share_point(placement: &Placement, x: f32, y: f32) -> Point {
    let (x, y) = placement.to_share(x, y);
    Point::new(x, y)
}

#[cfg(test)]
pub(crate) mod test_support {
    use super::*;

    /// A picture twice the tensor's size that fills it wholly.
    pub(crate) fn placement(width: u32, height: u32) -> Placement {
        Placement { scale: (0.5, 0.5), width, height, picture_width: width * 2, picture_height: height * 2 }
    }

    /// A tensor of one value.
    pub(crate) fn filled(shape: &[usize], value: f32) -> Output {
        Output { shape: shape.to_vec(), data: vec![value; shape.iter().product()] }
    }

    /// Is the box where it should be? x, y, width, height.
    pub(crate) fn close(rect: Rect, expected: [f32; 4]) -> bool {
        [rect.x, rect.y, rect.w, rect.h].iter().zip(expected).all(|(a, b)| (a - b).abs() < 1e-4)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::inference::runtime::weights_or_note;

    /// Flat grey holds nothing; the test is that every net runs end to end and its decoder takes what it gives.
    #[test]
    fn every_detector_runs_on_an_empty_picture_and_finds_nothing() {
        for name in ["yolox_nano", "yunet_s", "yunet_s_640", "blazeface", "lpd_yunet"] {
            let Some(store) = weights_or_note("detectors on an empty picture", &[name]) else { continue };
            let mut detector = NetDetector::named(&store, name).unwrap();
            let found = detector.detect(&BgrPicture::filled(640, 360, [128, 128, 128]).unwrap()).unwrap();
            assert!(found.is_empty(), "{name}: {found:?}");
            assert_eq!(detector.model().name, name);
        }
    }

    #[test]
    fn a_reader_is_not_a_detector() {
        let Some(store) = weights_or_note("a reader is not a detector", &["ppocr_v4_rec"]) else { return };
        assert!(matches!(NetDetector::named(&store, "ppocr_v4_rec"), Err(DetectionError::NotADetector { .. })));
    }
}
