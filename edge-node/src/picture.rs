//! A decoded picture in memory, packed and without padding, and the few things every later stage does to one:
//! cut, scale, straighten, turn into JPEG. Colours are blue, green, red, as the cameras' converter delivers them.
//! It never reads or writes files and never limits sizes on its own: whoever parses foreign bytes does that first.

/// Picture files that come from people.
pub mod file;

use image::codecs::jpeg::JpegEncoder;
use image::{ExtendedColorType, ImageEncoder};
use opencv::boxed_ref::BoxedRef;
use opencv::core::{BORDER_REPLICATE, Mat, MatTraitConst, MatTraitConstManual, Point2f, Scalar, Size, Vec3b};
use opencv::imgproc;

use contract::geometry::Rect;

/// What can go wrong with a picture.
#[derive(Debug, thiserror::Error)]
pub enum PictureError {
    /// The buffer does not hold `width × height` pixels.
    #[error("a picture of {width}x{height} needs {needed} bytes, the buffer has {got}")]
    WrongLength {
        /// Pixels across.
        width: u32,
        /// Pixels down.
        height: u32,
        /// Bytes such a picture takes.
        needed: usize,
        /// Bytes that were given.
        got: usize,
    },
    /// A size of zero, or one beyond what a picture can have.
    #[error("a picture of {width}x{height} pixels cannot be made")]
    WrongSize {
        /// Pixels across.
        width: u32,
        /// Pixels down.
        height: u32,
    },
    /// OpenCV refused.
    #[error("image work failed while {doing}")]
    OpenCv {
        /// What was being done.
        doing: &'static str,
        /// OpenCV's own words.
        #[source]
        source: opencv::Error,
    },
    /// The JPEG encoder refused.
    #[error("a picture could not be written as JPEG")]
    Jpeg(#[source] image::ImageError),
}

/// Keeps OpenCV's work on the calling thread, in the whole process: on a node every core has its own work already, and CPU
/// time is measured by thread.
pub fn work_on_one_thread() -> Result<(), PictureError> {
    opencv::core::set_num_threads(1).map_err(doing("choosing the number of threads"))
}

/// Names what was being done when OpenCV fails.
fn doing(doing: &'static str) -> impl FnOnce(opencv::Error) -> PictureError {
    move |source| PictureError::OpenCv { doing, source }
}

/// The largest side any picture here may have; beyond it OpenCV's 16-bit remapping fails.
const MAX_SIDE: u32 = 32_000;

/// Bytes of a packed picture, or why it cannot exist.
fn checked_bytes(width: u32, height: u32, channels: usize) -> Result<usize, PictureError> {
    if width == 0 || height == 0 || width > MAX_SIDE || height > MAX_SIDE {
        return Err(PictureError::WrongSize { width, height });
    }
    Ok(width as usize * height as usize * channels)
}

/// A pixel rectangle inside a picture.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PixelRect {
    /// Left edge.
    pub x: u32,
    /// Top edge.
    pub y: u32,
    /// Width, at least 1.
    pub width: u32,
    /// Height, at least 1.
    pub height: u32,
}

impl PixelRect {
    /// The pixels a relative box covers, grown outwards to whole pixels and cut at the picture's edges; `None` when nothing is left.
    #[must_use]
    pub fn of(rect: Rect, width: u32, height: u32) -> Option<Self> {
        let (w, h) = (width as f32, height as f32);
        let left = (rect.x * w).floor().clamp(0.0, w) as u32;
        let top = (rect.y * h).floor().clamp(0.0, h) as u32;
        let right = ((rect.x + rect.w) * w).ceil().clamp(0.0, w) as u32;
        let bottom = ((rect.y + rect.h) * h).ceil().clamp(0.0, h) as u32;
        (right > left && bottom > top).then_some(Self { x: left, y: top, width: right - left, height: bottom - top })
    }
}

/// A colour picture, 8 bits a channel, blue-green-red, rows packed.
#[derive(Clone, PartialEq, Eq)]
pub struct BgrPicture {
    /// Pixels across.
    pub width: u32,
    /// Pixels down.
    pub height: u32,
    /// `width × height × 3` bytes.
    pub data: Vec<u8>,
}

// The pixels would fill a log, and may show a face.
impl std::fmt::Debug for BgrPicture {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "BgrPicture({}x{})", self.width, self.height)
    }
}

impl BgrPicture {
    /// A picture around its bytes.
    pub fn new(width: u32, height: u32, data: Vec<u8>) -> Result<Self, PictureError> {
        let needed = checked_bytes(width, height, 3)?;
        if data.len() != needed {
            return Err(PictureError::WrongLength { width, height, needed, got: data.len() });
        }
        Ok(Self { width, height, data })
    }

    /// A picture of one colour.
    pub fn filled(width: u32, height: u32, bgr: [u8; 3]) -> Result<Self, PictureError> {
        let pixels = checked_bytes(width, height, 3)? / 3;
        Ok(Self { width, height, data: bgr.repeat(pixels) })
    }

    /// From packed red-green-blue, as the `image` crate decodes.
    pub fn from_rgb(width: u32, height: u32, mut rgb: Vec<u8>) -> Result<Self, PictureError> {
        for pixel in rgb.chunks_exact_mut(3) {
            pixel.swap(0, 2);
        }
        Self::new(width, height, rgb)
    }

    /// The pixel at a place inside the picture, as blue, green, red.
    #[must_use]
    pub fn pixel(&self, x: u32, y: u32) -> [u8; 3] {
        let at = (y as usize * self.width as usize + x as usize) * 3;
        [self.data[at], self.data[at + 1], self.data[at + 2]]
    }

    /// An OpenCV view of the same bytes, without a copy.
    pub fn as_mat(&self) -> Result<BoxedRef<'_, Mat>, PictureError> {
        Mat::new_rows_cols_with_bytes::<Vec3b>(self.height as i32, self.width as i32, &self.data)
            .map_err(doing("looking at a picture"))
    }

    /// A copy of an OpenCV picture of three 8-bit channels.
    pub fn from_mat(mat: &impl MatTraitConst) -> Result<Self, PictureError> {
        let (width, height, data) = packed(mat)?;
        Self::new(width, height, data)
    }

    /// The part of the picture in a pixel rectangle, which is first cut at the picture's edges.
    pub fn crop(&self, part: PixelRect) -> Result<Self, PictureError> {
        let (part, data) = cut(&self.data, self.width, self.height, part, 3)?;
        Self::new(part.width, part.height, data)
    }

    /// The part of the picture in a relative box.
    pub fn crop_rect(&self, rect: Rect) -> Result<Self, PictureError> {
        let part =
            PixelRect::of(rect, self.width, self.height).ok_or(PictureError::WrongSize { width: 0, height: 0 })?;
        self.crop(part)
    }

    /// The picture at another size; shrinking averages, growing interpolates.
    pub fn resized(&self, width: u32, height: u32) -> Result<Self, PictureError> {
        checked_bytes(width, height, 3)?;
        if (width, height) == (self.width, self.height) {
            return Ok(self.clone());
        }
        Self::from_mat(&scale(&self.as_mat()?, width, height)?)
    }

    /// The quadrilateral with these corners (clockwise from its top left, in pixels) as an upright picture of the given size.
    pub fn rectified(&self, corners: [(f32, f32); 4], width: u32, height: u32) -> Result<Self, PictureError> {
        checked_bytes(width, height, 3)?;
        let (w, h) = (width as f32, height as f32);
        let from =
            Mat::from_exact_iter(corners.iter().map(|&(x, y)| Point2f::new(x, y))).map_err(doing("taking corners"))?;
        let to = [Point2f::new(0.0, 0.0), Point2f::new(w, 0.0), Point2f::new(w, h), Point2f::new(0.0, h)];
        let to = Mat::from_exact_iter(to.into_iter()).map_err(doing("taking corners"))?;
        let warp = imgproc::get_perspective_transform_def(&from, &to).map_err(doing("finding a perspective"))?;
        let mut out = Mat::default();
        let size = Size::new(width as i32, height as i32);
        imgproc::warp_perspective(
            &self.as_mat()?,
            &mut out,
            &warp,
            size,
            imgproc::INTER_LINEAR,
            BORDER_REPLICATE,
            Scalar::default(),
        )
        .map_err(doing("straightening a part of a picture"))?;
        Self::from_mat(&out)
    }

    /// The picture as a mirror shows it.
    pub fn mirrored(&self) -> Result<Self, PictureError> {
        let mut out = Mat::default();
        opencv::core::flip(&self.as_mat()?, &mut out, 1).map_err(doing("mirroring a picture"))?;
        Self::from_mat(&out)
    }

    /// Turned by a quarter clockwise.
    #[must_use]
    pub fn turned_clockwise(&self) -> Self {
        let (w, h) = (self.width as usize, self.height as usize);
        let mut data = Vec::with_capacity(self.data.len());
        for x in 0..w {
            for y in (0..h).rev() {
                let at = (y * w + x) * 3;
                data.extend_from_slice(&self.data[at..at + 3]);
            }
        }
        Self { width: self.height, height: self.width, data }
    }

    /// Brightness alone.
    pub fn to_grey(&self) -> Result<GreyPicture, PictureError> {
        let mut grey = Mat::default();
        imgproc::cvt_color_def(&self.as_mat()?, &mut grey, imgproc::COLOR_BGR2GRAY)
            .map_err(doing("taking the colours out"))?;
        GreyPicture::from_mat(&grey)
    }

    /// Packed red-green-blue bytes.
    #[must_use]
    pub fn to_rgb(&self) -> Vec<u8> {
        let mut rgb = self.data.clone();
        for pixel in rgb.chunks_exact_mut(3) {
            pixel.swap(0, 2);
        }
        rgb
    }

    /// The picture as JPEG; `quality` 1..=100. The same pixels give the same bytes.
    pub fn to_jpeg(&self, quality: u8) -> Result<Vec<u8>, PictureError> {
        let mut out = Vec::new();
        JpegEncoder::new_with_quality(&mut out, quality.clamp(1, 100))
            .write_image(&self.to_rgb(), self.width, self.height, ExtendedColorType::Rgb8)
            .map_err(PictureError::Jpeg)?;
        Ok(out)
    }
}

/// A picture of brightness alone, 8 bits, rows packed.
#[derive(Clone, PartialEq, Eq)]
pub struct GreyPicture {
    /// Pixels across.
    pub width: u32,
    /// Pixels down.
    pub height: u32,
    /// `width × height` bytes.
    pub data: Vec<u8>,
}

// As for the colour picture.
impl std::fmt::Debug for GreyPicture {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "GreyPicture({}x{})", self.width, self.height)
    }
}

impl GreyPicture {
    /// A picture around its bytes.
    pub fn new(width: u32, height: u32, data: Vec<u8>) -> Result<Self, PictureError> {
        let needed = checked_bytes(width, height, 1)?;
        if data.len() != needed {
            return Err(PictureError::WrongLength { width, height, needed, got: data.len() });
        }
        Ok(Self { width, height, data })
    }

    /// An OpenCV view of the same bytes, without a copy.
    pub fn as_mat(&self) -> Result<BoxedRef<'_, Mat>, PictureError> {
        Mat::new_rows_cols_with_bytes::<u8>(self.height as i32, self.width as i32, &self.data)
            .map_err(doing("looking at a picture"))
    }

    /// A copy of an OpenCV picture of one 8-bit channel.
    pub fn from_mat(mat: &impl MatTraitConst) -> Result<Self, PictureError> {
        let (width, height, data) = packed(mat)?;
        Self::new(width, height, data)
    }

    /// The part of the picture in a pixel rectangle, which is first cut at the picture's edges.
    pub fn crop(&self, part: PixelRect) -> Result<Self, PictureError> {
        let (part, data) = cut(&self.data, self.width, self.height, part, 1)?;
        Self::new(part.width, part.height, data)
    }

    /// The picture at another size; shrinking averages, growing interpolates.
    pub fn resized(&self, width: u32, height: u32) -> Result<Self, PictureError> {
        checked_bytes(width, height, 1)?;
        if (width, height) == (self.width, self.height) {
            return Ok(self.clone());
        }
        Self::from_mat(&scale(&self.as_mat()?, width, height)?)
    }
}

/// Width, height and packed bytes of an OpenCV picture.
fn packed(mat: &impl MatTraitConst) -> Result<(u32, u32, Vec<u8>), PictureError> {
    let (width, height) = (mat.cols().max(0) as u32, mat.rows().max(0) as u32);
    // A view into a larger picture has gaps between its rows; only a copy is packed.
    let data = if mat.is_continuous() {
        mat.data_bytes().map_err(doing("reading pixels"))?.to_vec()
    } else {
        mat.try_clone().and_then(|copy| copy.data_bytes().map(<[u8]>::to_vec)).map_err(doing("reading pixels"))?
    };
    Ok((width, height, data))
}

/// Averages when shrinking, interpolates when growing.
fn scale(mat: &BoxedRef<'_, Mat>, width: u32, height: u32) -> Result<Mat, PictureError> {
    let mut out = Mat::default();
    let shrinking = (width as i32) < mat.cols() || (height as i32) < mat.rows();
    let how = if shrinking { imgproc::INTER_AREA } else { imgproc::INTER_LINEAR };
    imgproc::resize(mat, &mut out, Size::new(width as i32, height as i32), 0.0, 0.0, how)
        .map_err(doing("scaling a picture"))?;
    Ok(out)
}

/// The rows of a rectangle, which is cut at the picture's edges first.
fn cut(
    data: &[u8],
    width: u32,
    height: u32,
    part: PixelRect,
    channels: usize,
) -> Result<(PixelRect, Vec<u8>), PictureError> {
    let right = part.x.saturating_add(part.width).min(width);
    let bottom = part.y.saturating_add(part.height).min(height);
    if part.x >= right || part.y >= bottom {
        return Err(PictureError::WrongSize { width: part.width, height: part.height });
    }
    let part = PixelRect { x: part.x, y: part.y, width: right - part.x, height: bottom - part.y };
    let mut out = Vec::with_capacity(part.width as usize * part.height as usize * channels);
    for row in part.y..bottom {
        let start = (row as usize * width as usize + part.x as usize) * channels;
        out.extend_from_slice(&data[start..start + part.width as usize * channels]);
    }
    Ok((part, out))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Blue grows to the right, green downwards, red is constant.
    fn gradient(width: u32, height: u32) -> BgrPicture {
        let mut data = Vec::new();
        for y in 0..height {
            for x in 0..width {
                data.extend([(x * 10) as u8, (y * 10) as u8, 7]);
            }
        }
        BgrPicture::new(width, height, data).expect("right length")
    }

    #[test]
    fn a_buffer_of_the_wrong_length_is_refused() {
        assert!(matches!(
            BgrPicture::new(2, 2, vec![0; 11]),
            Err(PictureError::WrongLength { needed: 12, got: 11, .. })
        ));
        assert!(matches!(BgrPicture::new(0, 2, vec![]), Err(PictureError::WrongSize { .. })));
    }

    #[test]
    fn a_crop_holds_the_pixels_of_its_place_and_is_cut_at_the_edges() {
        let picture = gradient(20, 10);
        let part = picture.crop(PixelRect { x: 5, y: 3, width: 4, height: 2 }).unwrap();
        assert_eq!((part.width, part.height), (4, 2));
        assert_eq!(part.pixel(0, 0), [50, 30, 7]);
        assert_eq!(part.pixel(3, 1), [80, 40, 7]);
        let edge = picture.crop(PixelRect { x: 18, y: 9, width: 50, height: 50 }).unwrap();
        assert_eq!((edge.width, edge.height), (2, 1));
        assert!(picture.crop(PixelRect { x: 20, y: 0, width: 1, height: 1 }).is_err());
    }

    #[test]
    fn straightening_an_upright_box_is_a_crop() {
        let picture = gradient(20, 10);
        let straight = picture.rectified([(5.0, 3.0), (9.0, 3.0), (9.0, 5.0), (5.0, 5.0)], 4, 2).unwrap();
        assert_eq!(straight.pixel(0, 0), [50, 30, 7]);
        assert_eq!(straight.pixel(2, 1), [70, 40, 7]);
    }

    #[test]
    fn scaling_and_turning_keep_what_is_where() {
        let picture = gradient(20, 10);
        let half = picture.resized(10, 5).unwrap();
        assert_eq!(half.pixel(0, 0), [5, 5, 7]);
        let turned = picture.turned_clockwise();
        assert_eq!((turned.width, turned.height), (10, 20));
        // The lower left corner comes to the upper left.
        assert_eq!(turned.pixel(0, 0), picture.pixel(0, 9));
    }

    #[test]
    fn jpeg_is_repeatable_and_has_the_right_colours() {
        let red = BgrPicture::filled(16, 16, [0, 0, 250]).unwrap();
        let jpeg = red.to_jpeg(90).unwrap();
        assert_eq!(jpeg, red.to_jpeg(90).unwrap());
        let back = image::load_from_memory(&jpeg).unwrap().to_rgb8();
        let pixel = back.get_pixel(8, 8).0;
        assert!(pixel[0] > 230 && pixel[1] < 20 && pixel[2] < 20, "{pixel:?}");
    }

    #[test]
    fn grey_is_the_weighted_brightness() {
        let grey = BgrPicture::filled(2, 2, [255, 255, 255]).unwrap().to_grey().unwrap();
        assert_eq!(grey.data, [255; 4]);
    }

    #[test]
    fn relative_boxes_cover_whole_pixels() {
        let part = PixelRect::of(Rect::new(0.25, 0.5, 0.5, 0.9), 10, 10).unwrap();
        assert_eq!(part, PixelRect { x: 2, y: 5, width: 6, height: 5 });
        assert!(PixelRect::of(Rect::new(1.0, 0.5, 0.5, 0.5), 10, 10).is_none());
    }
}
