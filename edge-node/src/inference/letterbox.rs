//! Pictures into tensors: scaled with their proportions kept, at the top left, padded, normalised, channels apart. Gives
//! back how to find picture places from tensor places. Does not run anything.

use super::InferenceError;
use super::manifest::{Colour, Fit, InputSpec};
use crate::picture::BgrPicture;

/// Where the picture lies in the tensor.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Placement {
    /// Tensor pixels per picture pixel, the same both ways but for rounding.
    pub scale: (f32, f32),
    /// Width of the tensor.
    pub width: u32,
    /// Height of the tensor.
    pub height: u32,
    /// Width of the picture.
    pub picture_width: u32,
    /// Height of the picture.
    pub picture_height: u32,
}

impl Placement {
    /// A tensor place as a place on the picture, in pixels; may lie outside.
    #[must_use]
    pub fn to_picture(&self, x: f32, y: f32) -> (f32, f32) {
        (x / self.scale.0, y / self.scale.1)
    }

    /// A tensor place as a place on the picture, 0..1; may lie outside.
    #[must_use]
    pub fn to_share(&self, x: f32, y: f32) -> (f32, f32) {
        let (x, y) = self.to_picture(x, y);
        (x / self.picture_width as f32, y / self.picture_height as f32)
    }
}

/// A tensor of one picture, ready for [`super::NetSession::run`].
#[derive(Debug, Clone, PartialEq)]
pub struct PlacedPicture {
    /// One picture, three channels, rows, columns.
    pub shape: [usize; 4],
    /// The numbers.
    pub data: Vec<f32>,
    /// Where the picture lies in it.
    pub placement: Placement,
}

/// Brings a picture into the net's size. `longest` overrides the net's default where its size is free.
pub fn place(picture: &BgrPicture, input: &InputSpec, longest: Option<u32>) -> Result<PlacedPicture, InferenceError> {
    let (pw, ph) = (picture.width as f32, picture.height as f32);
    let (width, height, scale) = match (input.width, input.height) {
        (Some(width), Some(height)) => (width, height, (width as f32 / pw).min(height as f32 / ph)),
        _ => {
            let step = input.multiple_of.unwrap_or(32);
            let longest = longest.or(input.longest).unwrap_or(640).max(step);
            let scale = longest as f32 / pw.max(ph);
            let steps = |side: f32| side * scale / step as f32;
            let whole = |side: f32| if input.fit == Fit::Stretch { steps(side).round() } else { steps(side).ceil() };
            let up = |side: f32| (whole(side) as u32).max(1) * step;
            (up(pw), up(ph), scale)
        }
    };
    let (inner_width, inner_height) = if input.fit == Fit::Stretch {
        (width, height)
    } else {
        (((pw * scale).round() as u32).clamp(1, width), ((ph * scale).round() as u32).clamp(1, height))
    };
    let scaled = picture.resized(inner_width, inner_height)?;
    let data = planes(&scaled, input, width, height);
    let placement = Placement {
        scale: (inner_width as f32 / pw, inner_height as f32 / ph),
        width,
        height,
        picture_width: picture.width,
        picture_height: picture.height,
    };
    Ok(PlacedPicture { shape: [1, 3, height as usize, width as usize], data, placement })
}

/// The normalised planes of a picture at the top left of a padded tensor of this size.
#[must_use]
pub fn planes(picture: &BgrPicture, input: &InputSpec, width: u32, height: u32) -> Vec<f32> {
    let (width, height) = (width as usize, height as usize);
    let (inner_width, inner_height) = (picture.width as usize, picture.height as usize);
    let scale = input.scale.each();
    let mut data = Vec::with_capacity(3 * width * height);
    for channel in 0..3 {
        let source = if input.colour == Colour::Bgr { channel } else { 2 - channel };
        let (mean, scale) = (input.mean[channel], scale[channel]);
        let pad = (f32::from(input.pad) - mean) * scale;
        for row in picture.data.chunks_exact(inner_width * 3).take(height.min(inner_height)) {
            data.extend(row.iter().skip(source).step_by(3).take(width).map(|v| (f32::from(*v) - mean) * scale));
            data.resize(data.len() + width - inner_width.min(width), pad);
        }
        data.resize((channel + 1) * width * height, pad);
    }
    data
}

#[cfg(test)]
mod tests {
    use super::super::manifest::{Layout, PerChannel};
    use super::*;

    fn input(size: Option<(u32, u32)>, colour: Colour) -> InputSpec {
        InputSpec {
            name: "x".into(),
            layout: Layout::Nchw,
            width: size.map(|s| s.0),
            height: size.map(|s| s.1),
            multiple_of: Some(32),
            longest: Some(64),
            colour,
            mean: [10.0, 0.0, 0.0],
            scale: PerChannel::Same(2.0),
            fit: Fit::LetterboxTopLeft,
            pad: 5,
            grow: None,
        }
    }

    #[test]
    fn a_wide_picture_keeps_its_proportions_and_is_padded_below() {
        let picture = BgrPicture::filled(8, 4, [30, 20, 10]).unwrap();
        let placed = place(&picture, &input(Some((4, 4)), Colour::Bgr), None).unwrap();
        assert_eq!(placed.shape, [1, 3, 4, 4]);
        // Blue first: (30 - 10) * 2 in the picture, (5 - 10) * 2 in the padding.
        assert_eq!(placed.data[..8], [40.0; 8]);
        assert_eq!(placed.data[8..16], [-10.0; 8]);
        assert_eq!(placed.data[32..40], [20.0; 8]);
        assert_eq!(placed.placement.to_picture(4.0, 2.0), (8.0, 4.0));
        assert_eq!(placed.placement.to_share(2.0, 1.0), (0.5, 0.5));
    }

    #[test]
    fn red_comes_first_where_the_net_wants_it() {
        let picture = BgrPicture::filled(4, 4, [30, 20, 10]).unwrap();
        let placed = place(&picture, &input(Some((4, 4)), Colour::Rgb), None).unwrap();
        assert_eq!((placed.data[0], placed.data[16], placed.data[32]), (0.0, 40.0, 60.0));
    }

    #[test]
    fn a_free_size_is_a_multiple_and_follows_the_longer_side() {
        let picture = BgrPicture::filled(100, 30, [0, 0, 0]).unwrap();
        let placed = place(&picture, &input(None, Colour::Bgr), None).unwrap();
        assert_eq!(placed.shape, [1, 3, 32, 64]);
        let placed = place(&picture, &input(None, Colour::Bgr), Some(200)).unwrap();
        assert_eq!(placed.shape, [1, 3, 64, 224]);
        assert!((placed.placement.scale.0 - 2.0).abs() < 1e-6);
        let stretched = InputSpec { fit: Fit::Stretch, ..input(None, Colour::Bgr) };
        let placed = place(&picture, &stretched, Some(200)).unwrap();
        assert_eq!(placed.shape, [1, 3, 64, 192]);
        let (x, y) = placed.placement.to_picture(192.0, 64.0);
        assert!((x - 100.0).abs() < 1e-3 && (y - 30.0).abs() < 1e-3);
    }
}
