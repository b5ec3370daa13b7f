//! Is it a face, or a picture of one? Two small nets look at differently wide cuts around the face and their answers are
//! added. Where no net is at hand the answer is "not checked", which is never enough to admit anybody.

use contract::geometry::Rect;

use crate::inference::{InferenceError, ModelChoice, ModelStore, NetSession, Role, letterbox};
use crate::picture::{BgrPicture, PictureError, PixelRect};

/// Three logits: something flat, live, something else that is not.
const LOGITS: usize = 3;
const LIVE: usize = 1;

/// What the check says.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Liveness {
    /// No net is at hand.
    NotChecked,
    /// How much speaks for a live face, 0..1, uncalibrated.
    Score(f32),
}

/// Why a check failed.
#[derive(Debug, thiserror::Error)]
pub enum SpoofError {
    /// The net could not be loaded or run.
    #[error("the check for pictures of faces could not run")]
    Inference(#[from] InferenceError),
    /// The picture could not be cut.
    #[error("a face could not be cut out for the check")]
    Picture(#[from] PictureError),
}

/// Checks faces.
#[derive(Debug)]
pub struct SpoofCheck {
    nets: Vec<NetSession>,
}

impl SpoofCheck {
    /// With the best net of this machine and its companion, as far as they are here.
    pub fn open(store: &ModelStore) -> Result<Self, SpoofError> {
        let best = store.best(Role::SpoofCheck)?;
        let mut nets = Vec::new();
        if best.file.is_some() {
            nets.push(store.open_named(&best.name)?);
            if let Some(companion) = best.companion.as_deref().filter(|name| store.has(name)) {
                nets.push(store.open_named(companion)?);
            }
        }
        Ok(Self { nets })
    }

    /// Looks at one face. `face` is the detector's box.
    pub fn check(&mut self, picture: &BgrPicture, face: Rect) -> Result<Liveness, SpoofError> {
        if self.nets.is_empty() {
            return Ok(Liveness::NotChecked);
        }
        let mut live = 0.0;
        for net in &mut self.nets {
            let input = net.input().clone();
            let (Some(width), Some(height)) = (input.width, input.height) else {
                return Err(net.unexpected("no fixed size").into());
            };
            let cut = around(face, input.grow.unwrap_or(1.0), picture.width, picture.height);
            let cut = cut.ok_or(PictureError::WrongSize { width: 0, height: 0 })?;
            let part = picture.crop(cut)?.resized(width, height)?;
            let data = letterbox::planes(&part, &input, width, height);
            let outputs = net.run([1, 3, height as usize, width as usize], data)?;
            let logits = outputs.first().map(|o| o.data.as_slice()).filter(|l| l.len() == LOGITS);
            live += softmax(logits.ok_or_else(|| net.unexpected("not three numbers"))?)[LIVE];
        }
        Ok(Liveness::Score(live / self.nets.len() as f32))
    }

    /// The nets, for events.
    #[must_use]
    pub fn models(&self) -> Vec<ModelChoice> {
        self.nets.iter().map(|n| n.choice().clone()).collect()
    }
}

/// The box grown around its middle, as far as the picture allows without changing its shape, and moved inside.
fn around(face: Rect, grow: f32, width: u32, height: u32) -> Option<PixelRect> {
    let (pw, ph) = (width as f32, height as f32);
    let (w, h) = (face.w * pw, face.h * ph);
    if !(w > 0.0 && h > 0.0) {
        return None;
    }
    let grow = grow.min((pw - 1.0) / w).min((ph - 1.0) / h);
    let (w, h) = (w * grow, h * grow);
    let x = ((face.x + face.w / 2.0) * pw - w / 2.0).clamp(0.0, pw - w);
    let y = ((face.y + face.h / 2.0) * ph - h / 2.0).clamp(0.0, ph - h);
    PixelRect::of(Rect::new(x / pw, y / ph, w / pw, h / ph), width, height)
}

fn softmax(logits: &[f32]) -> [f32; LOGITS] {
    let most = logits.iter().copied().fold(f32::NEG_INFINITY, f32::max);
    let mut out = [0.0; LOGITS];
    for (o, l) in out.iter_mut().zip(logits) {
        *o = (l - most).exp();
    }
    let sum: f32 = out.iter().sum();
    out.map(|v| v / sum)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::inference::runtime::weights_or_note;

    #[test]
    fn the_cut_stays_in_the_picture_and_keeps_its_shape() {
        let cut = around(Rect::new(0.4, 0.4, 0.1, 0.1), 2.0, 100, 100).unwrap();
        assert_eq!((cut.x, cut.y), (35, 35));
        assert!((20..=21).contains(&cut.width) && (20..=21).contains(&cut.height));
        let corner = around(Rect::new(0.0, 0.0, 0.2, 0.2), 4.0, 100, 100).unwrap();
        assert_eq!((corner.x, corner.y), (0, 0));
        assert!(corner.x + corner.width <= 100);
        assert!(around(Rect::new(0.0, 0.0, 0.0, 0.2), 4.0, 100, 100).is_none());
    }

    #[test]
    fn softmax_sums_to_one() {
        let p = softmax(&[1000.0, 1000.0, -1000.0]);
        assert!((p[0] - 0.5).abs() < 1e-6 && (p.iter().sum::<f32>() - 1.0).abs() < 1e-6);
    }

    #[test]
    fn without_nets_nothing_counts_as_checked() {
        let mut check = SpoofCheck { nets: Vec::new() };
        let picture = BgrPicture::filled(64, 64, [0; 3]).unwrap();
        assert_eq!(check.check(&picture, Rect::new(0.2, 0.2, 0.5, 0.5)).unwrap(), Liveness::NotChecked);
    }

    #[test]
    fn a_grey_square_is_not_live() {
        let Some(store) = weights_or_note("the spoof check", &["minifasnet_v2", "minifasnet_v1se"]) else { return };
        let mut check = SpoofCheck::open(&store).unwrap();
        assert_eq!(check.models().len(), 2);
        let picture = BgrPicture::filled(320, 240, [128; 3]).unwrap();
        let Liveness::Score(score) = check.check(&picture, Rect::new(0.4, 0.4, 0.2, 0.3)).unwrap() else {
            panic!("nets are here, so it is checked");
        };
        assert!((0.0..0.5).contains(&score), "{score}");
    }
}
