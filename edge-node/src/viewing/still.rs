//! One frame as somebody may see it. *Pixelated* is made here, so that the clear picture never leaves the node on that way: the
//! whole picture in a few dozen coarse squares of one coarse colour each, of which a face or a plate near the camera covers a
//! handful. The type that holds a still cannot be serialised, printed or copied, and its bytes are overwritten when it goes.

use contract::bundle::Purpose;
use contract::clock::UtcMicros;
use contract::geometry::Rect;
use contract::wish::StillView;
use zeroize::Zeroizing;

use crate::frame::Picture;
use crate::picture::{BgrPicture, PictureError};

const WHOLE: Rect = Rect::new(0.0, 0.0, 1.0, 1.0);
/// Squares across a picture of a camera that looks at a road or a square: a plate that fills a sixth of it is seven wide.
const SQUARES: u32 = 40;
/// And of one before a gate, where faces are large: one that fills a quarter of it is eight wide.
const SQUARES_AT_A_GATE: u32 = 32;
/// Pixels of a square's side: what a JPEG takes for one block, so that no edge of it says more than its colour.
const SIDE: usize = 16;
/// A square stands for at least so many pixels of the camera's.
const LEAST_PIXELS: u32 = 8;
/// Of each colour's eight bits four are kept: a film of trembling squares would give the rest away.
const KEPT_BITS: u8 = 0xf0;
/// The middle of what those leave open.
const MIDDLE: u8 = 0x08;
/// The widest clear still.
const CLEAR_WIDTH: u32 = 1280;
const QUALITY_CLEAR: u8 = 75;
const QUALITY_SQUARES: u8 = 85;

/// A still on its way to whoever asked.
pub struct Still {
    jpeg: Zeroizing<Vec<u8>>,
    captured_at: UtcMicros,
}

impl Still {
    /// When its frame was captured.
    #[must_use]
    pub fn captured_at(&self) -> UtcMicros {
        self.captured_at
    }

    /// The bytes, for the one request they go into.
    #[must_use]
    pub fn into_request(mut self) -> Vec<u8> {
        std::mem::take(&mut *self.jpeg)
    }
}

/// Makes a still of a picture.
pub fn take(
    picture: &Picture,
    captured_at: UtcMicros,
    view: StillView,
    purpose: Purpose,
) -> Result<Still, PictureError> {
    let jpeg = match view {
        StillView::Clear => picture.bgr(WHOLE, Some(CLEAR_WIDTH))?.to_jpeg(QUALITY_CLEAR)?,
        StillView::Pixelated => pixelated(picture, purpose)?.to_jpeg(QUALITY_SQUARES)?,
    };
    Ok(Still { jpeg: Zeroizing::new(jpeg), captured_at })
}

fn pixelated(picture: &Picture, purpose: Purpose) -> Result<BgrPicture, PictureError> {
    let most = if purpose == Purpose::FaceAccess { SQUARES_AT_A_GATE } else { SQUARES };
    let across = most.min(picture.size().0 / LEAST_PIXELS).max(2);
    // Averaged, not picked: what is smaller than a square leaves a tint.
    let small = picture.bgr(WHOLE, Some(across))?;
    let (width, height) = (small.width as usize * SIDE, small.height as usize * SIDE);
    let mut data = Vec::with_capacity(width * height * 3);
    for row in small.data.chunks_exact(small.width as usize * 3) {
        let wide: Vec<u8> = row.chunks_exact(3).flat_map(|pixel| coarse(pixel).repeat(SIDE)).collect();
        for _ in 0..SIDE {
            data.extend_from_slice(&wide);
        }
    }
    BgrPicture::new(width as u32, height as u32, data)
}

fn coarse(pixel: &[u8]) -> [u8; 3] {
    let level = |channel: usize| pixel.get(channel).map_or(0, |v| (v & KEPT_BITS) | MIDDLE);
    [level(0), level(1), level(2)]
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use proptest::prelude::*;

    use super::*;

    /// Fails to compile when the type has the trait: two ways to answer, and no way to choose.
    macro_rules! has_not {
        ($type:ty, $($name:ident: $bound:path),*) => {$(
            mod $name {
                use super::super::*;
                trait Ambiguous<A> { fn answer() {} }
                impl<T: ?Sized> Ambiguous<()> for T {}
                struct Other;
                impl<T: ?Sized + $bound> Ambiguous<Other> for T {}
                #[test]
                fn is_so() {
                    let _ = <$type as Ambiguous<_>>::answer;
                }
            }
        )*};
    }
    has_not!(Still, not_clone: Clone, not_debug: std::fmt::Debug, not_serialize: serde::Serialize);

    fn picture(width: u32, height: u32, colour: impl Fn(u32, u32) -> [u8; 3]) -> Picture {
        let data = (0..height).flat_map(|y| (0..width).map(move |x| (x, y))).flat_map(|(x, y)| colour(x, y)).collect();
        Picture::from_bgr(&BgrPicture::new(width, height, data).unwrap()).unwrap()
    }

    fn decoded(still: Still) -> image::RgbImage {
        image::load_from_memory(&still.into_request()).unwrap().to_rgb8()
    }

    fn seen(picture: &Picture, view: StillView, purpose: Purpose) -> image::RgbImage {
        decoded(take(picture, UtcMicros(7), view, purpose).unwrap())
    }

    #[test]
    fn a_pixelated_still_is_a_few_squares_of_few_colours_and_says_nothing_of_what_is_smaller() {
        // Stripes of two pixels, as strokes of a plate's letters are, one way and the other.
        let stripes = |shift: u32| picture(640, 360, move |x, _| [[20; 3], [230; 3]][((x + shift) / 2 % 2) as usize]);
        for (purpose, across) in [(Purpose::Traffic, 40), (Purpose::PeopleCounting, 40), (Purpose::FaceAccess, 32)] {
            let one = seen(&stripes(0), StillView::Pixelated, purpose);
            assert_eq!(one.dimensions().0, across * SIDE as u32);
            assert!(one.width() <= 640, "no wider than it may be");
            assert_eq!(one, seen(&stripes(2), StillView::Pixelated, purpose), "the strokes are gone");
            let colours: BTreeSet<_> = one.pixels().map(|pixel| pixel.0).collect();
            assert!(colours.len() <= 4, "{} colours", colours.len());
        }
        let clear = seen(&stripes(0), StillView::Clear, Purpose::Traffic);
        assert_ne!(clear, seen(&stripes(2), StillView::Clear, Purpose::Traffic), "the eye of this test sees strokes");
    }

    #[test]
    fn a_clear_still_is_no_wider_than_it_may_be_and_never_larger_than_the_camera() {
        let wide = picture(1920, 1080, |x, y| [x as u8, y as u8, 90]);
        assert_eq!(seen(&wide, StillView::Clear, Purpose::Traffic).dimensions(), (1280, 720));
        let small = picture(320, 240, |x, y| [x as u8, y as u8, 90]);
        assert_eq!(seen(&small, StillView::Clear, Purpose::Traffic).dimensions(), (320, 240));
        assert_eq!(seen(&small, StillView::Pixelated, Purpose::Traffic).dimensions().0, 640);
        let tiny = picture(64, 48, |x, y| [x as u8, y as u8, 90]);
        assert_eq!(
            seen(&tiny, StillView::Pixelated, Purpose::Traffic).dimensions().0,
            8 * SIDE as u32,
            "a square stands for more than a pixel"
        );
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(24))]
        /// Whatever the camera sees, each square is of one colour.
        #[test]
        fn each_square_is_of_one_colour(seed in any::<u64>(), coarse_noise in 1u32..40) {
            let noise = |x: u32, y: u32| {
                let n = (u64::from(x / coarse_noise) << 32 | u64::from(y / coarse_noise)).wrapping_add(seed);
                let n = n.wrapping_mul(0x9e37_79b9_7f4a_7c15);
                [(n >> 24) as u8, (n >> 40) as u8, (n >> 56) as u8]
            };
            let still = seen(&picture(320, 180, noise), StillView::Pixelated, Purpose::Traffic);
            let side = SIDE as u32;
            for (x, y, pixel) in still.enumerate_pixels() {
                let corner = still.get_pixel(x / side * side, y / side * side);
                let apart = pixel.0.iter().zip(corner.0).map(|(a, b)| a.abs_diff(b)).max();
                prop_assert!(apart <= Some(3), "{x},{y}: {pixel:?} in a square of {corner:?}");
            }
        }
    }
}
