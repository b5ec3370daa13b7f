//! Gate passes on a picture: QR codes (ISO/IEC 18004) that somebody shows to a gate's camera. A code that is no pass is
//! forgotten where it is read. OpenCV's reader needs a library that Debian's build leaves out, so this is `rqrr`
//! (docs/decisions/0012).

use contract::pass::PassText;
use rqrr::PreparedImage;

use crate::picture::GreyPicture;

/// Codes beyond so many on one picture are not looked at: nobody holds up more.
const MOST_CODES: usize = 4;

/// Every pass that can be read.
#[must_use]
pub fn passes(picture: &GreyPicture) -> Vec<PassText> {
    let (width, height) = (picture.width as usize, picture.height as usize);
    if width == 0 || height == 0 || picture.data.len() < width * height {
        return Vec::new();
    }
    let mut prepared = PreparedImage::prepare_from_greyscale(width, height, |x, y| picture.data[y * width + x]);
    let grids = prepared.detect_grids();
    let texts = grids.iter().take(MOST_CODES).filter_map(|grid| Some(grid.decode().ok()?.1));
    texts.filter_map(|text| PassText::read(&text)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use qrcode::{EcLevel, QrCode};

    const WIDTH: u32 = 640;
    const HEIGHT: u32 = 480;

    /// A code on a telephone: dark edge, grey room, `pixels` a module, noise and a gradient of light.
    fn shown(text: &str, pixels: f32, turn: f32) -> GreyPicture {
        let code = QrCode::with_error_correction_level(text, EcLevel::Q).unwrap();
        let (modules, colours) = (code.width() as f32, code.to_colors());
        let quiet = 4.0;
        let half = (modules / 2.0 + quiet) * pixels;
        let (sin, cos) = turn.to_radians().sin_cos();
        let mut noise = 0x2545_f491_u32;
        let mut data = Vec::with_capacity((WIDTH * HEIGHT) as usize);
        for y in 0..HEIGHT {
            for x in 0..WIDTH {
                let (dx, dy) = (x as f32 - WIDTH as f32 / 2.0, y as f32 - HEIGHT as f32 / 2.0);
                let (u, v) = (dx * cos + dy * sin, dy * cos - dx * sin);
                let (column, row) = (u / pixels + modules / 2.0, v / pixels + modules / 2.0);
                let inside = (0.0..modules).contains(&column) && (0.0..modules).contains(&row);
                let dark = inside && colours[row as usize * modules as usize + column as usize] == qrcode::Color::Dark;
                let base = if u.abs() > half || v.abs() > half {
                    120.0
                } else if dark {
                    60.0
                } else {
                    200.0
                };
                noise ^= noise << 13;
                noise ^= noise >> 17;
                noise ^= noise << 5;
                let value = base * (0.8 + 0.4 * x as f32 / WIDTH as f32) + (noise % 17) as f32 - 8.0;
                data.push(value.clamp(0.0, 255.0) as u8);
            }
        }
        GreyPicture { width: WIDTH, height: HEIGHT, data }
    }

    #[test]
    fn a_pass_held_up_is_read_small_large_and_turned() {
        let pass = PassText::new([9; contract::pass::PASS_BYTES]);
        for (pixels, turn) in [(3.0, 0.0), (4.0, 12.0), (6.5, -25.0), (8.0, 90.0)] {
            let read = passes(&shown(pass.expose(), pixels, turn));
            assert_eq!(read, std::slice::from_ref(&pass), "{pixels} px, {turn}°");
        }
    }

    #[test]
    fn other_codes_and_pictures_without_one_give_nothing() {
        assert!(passes(&shown("001099000001|…|Mẫu 01", 5.0, 0.0)).is_empty());
        assert!(passes(&GreyPicture { width: 64, height: 64, data: vec![128; 64 * 64] }).is_empty());
        assert!(passes(&GreyPicture { width: 0, height: 0, data: Vec::new() }).is_empty());
        assert!(passes(&GreyPicture { width: 64, height: 64, data: vec![0; 5] }).is_empty());
    }
}
