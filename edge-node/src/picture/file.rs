//! Picture files that come from people: JPEG or PNG bytes into pixels, upright as the camera that took them says. Limits
//! hold before anything is decoded. Opens no file itself.

use std::io::Cursor;

use image::{DynamicImage, ImageDecoder as _, ImageReader, Limits};

use super::{BgrPicture, PictureError};

/// How much a picture file may ask for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct FileLimits {
    /// Most pixels on a side.
    pub longest_side: u32,
    /// Most memory for decoding, in bytes.
    pub memory_bytes: u64,
}

/// Why a file gave no picture.
#[derive(Debug, thiserror::Error)]
pub enum FileError {
    /// Not a picture, or a damaged one.
    #[error("a file could not be decoded as a picture")]
    Decode(#[from] image::ImageError),
    /// Its header announces too many pixels, or none.
    #[error("a picture has {width}x{height} pixels, at most {longest} on a side are taken")]
    Size {
        /// Pixels across.
        width: u32,
        /// Pixels down.
        height: u32,
        /// The limit.
        longest: u32,
    },
    /// The pixels could not be taken.
    #[error("a decoded picture could not be taken")]
    Picture(#[from] PictureError),
}

/// The pixels of a JPEG or PNG file, turned as its EXIF orientation says: telephones store portraits lying down.
pub fn decode(bytes: &[u8], limits: FileLimits) -> Result<BgrPicture, FileError> {
    let mut reader = ImageReader::new(Cursor::new(bytes)).with_guessed_format().map_err(image::ImageError::from)?;
    let mut allowed = Limits::default();
    allowed.max_image_width = Some(limits.longest_side);
    allowed.max_image_height = Some(limits.longest_side);
    allowed.max_alloc = Some(limits.memory_bytes);
    reader.limits(allowed);
    let mut decoder = reader.into_decoder()?;
    let (width, height) = decoder.dimensions();
    if width.max(height) > limits.longest_side || width == 0 || height == 0 {
        return Err(FileError::Size { width, height, longest: limits.longest_side });
    }
    let orientation = decoder.orientation()?;
    let mut picture = DynamicImage::from_decoder(decoder)?;
    picture.apply_orientation(orientation);
    let rgb = picture.into_rgb8();
    let (width, height) = rgb.dimensions();
    Ok(BgrPicture::from_rgb(width, height, rgb.into_raw())?)
}

#[cfg(test)]
mod tests {
    use super::*;

    const LIMITS: FileLimits = FileLimits { longest_side: 100, memory_bytes: 10 << 20 };

    #[test]
    fn a_picture_comes_through_and_everything_else_is_an_error() {
        let jpeg = BgrPicture::filled(64, 32, [1, 2, 250]).unwrap().to_jpeg(90).unwrap();
        let picture = decode(&jpeg, LIMITS).unwrap();
        assert_eq!((picture.width, picture.height), (64, 32));
        let large = BgrPicture::filled(101, 8, [0, 0, 0]).unwrap().to_jpeg(90).unwrap();
        assert!(decode(&large, LIMITS).is_err());
        assert!(decode(&jpeg[..40], LIMITS).is_err());
        assert!(decode(b"no picture", LIMITS).is_err());
        assert!(decode(b"", LIMITS).is_err());
    }

    #[test]
    fn a_picture_that_lies_on_its_side_is_put_upright() {
        let jpeg = BgrPicture::filled(64, 32, [9, 9, 9]).unwrap().to_jpeg(90).unwrap();
        // An EXIF segment behind the start marker: little endian, one entry, orientation 6 (turn clockwise).
        let mut exif =
            b"\xff\xe1\x00\x22Exif\0\0II*\0\x08\0\0\0\x01\0\x12\x01\x03\0\x01\0\0\0\x06\0\0\0\0\0\0\0".to_vec();
        let mut turned = jpeg[..2].to_vec();
        turned.append(&mut exif);
        turned.extend_from_slice(&jpeg[2..]);
        let picture = decode(&turned, LIMITS).unwrap();
        assert_eq!((picture.width, picture.height), (32, 64));
    }
}
