//! The background colour of an upright plate picture: the class of the vehicle hangs on it. Counts pixels; reads nothing.

use contract::event::PlateColour;

use crate::picture::BgrPicture;

/// Share of each side that is cut off before looking: frames, screws and what lies beside the plate.
const MARGIN: f32 = 0.08;
/// A background lighter than the text is looked for at this share of brightness, a darker one at its mirror.
const LIGHT_RANK: f32 = 0.75;
/// Below this many pixels the colour is a guess.
const FEWEST_PIXELS: usize = 60;
/// Chroma as a share of brightness: below it a background is grey.
const GREY_BELOW: f32 = 0.22;
/// A pixel whose largest and smallest channel are further apart is coloured; a grey picture has none after any coding,
const COLOURED: u8 = 12;
/// and one in colour has more than this share of them.
const COLOURED_SHARE: f64 = 0.02;
/// A grey background darker than this is black.
const BLACK_BELOW: f32 = 70.0;

/// The background colour. Light text on a dark ground (blue, red, black) and dark text on a light one are told apart by
/// which half of the brightness is the more common.
#[must_use]
pub fn background(plate: &BgrPicture) -> PlateColour {
    let (w, h) = (plate.width as f32, plate.height as f32);
    let (x0, x1) = ((w * MARGIN) as u32, (w * (1.0 - MARGIN)) as u32);
    let (y0, y1) = ((h * MARGIN) as u32, (h * (1.0 - MARGIN)) as u32);
    let mut pixels: Vec<[f32; 3]> =
        (y0..y1).flat_map(|y| (x0..x1).map(move |x| (x, y))).map(|(x, y)| plate.pixel(x, y).map(f32::from)).collect();
    if pixels.len() < FEWEST_PIXELS {
        return PlateColour::Unknown;
    }
    pixels.sort_by(|a, b| brightness(a).total_cmp(&brightness(b)));
    let rank = |share: f32| brightness(&pixels[((pixels.len() - 1) as f32 * share) as usize]);
    let middle = (rank(0.05) + rank(0.95)) / 2.0;
    let dark = pixels.partition_point(|p| brightness(p) < middle);
    // Text covers less than half of a plate: the larger side of the brightness is the ground.
    let ground = if dark * 2 > pixels.len() { &pixels[..dark.max(1)] } else { &pixels[dark..] };
    let light = dark * 2 <= pixels.len();
    let from = if light { LIGHT_RANK - 0.5 } else { 0.25 };
    let slice = &ground[(ground.len() as f32 * from) as usize..];
    name(median(slice))
}

/// Does the picture have colours at all? A camera by infrared light gives greys, and a white plate cannot be told from a
/// yellow one there. Looks at some four thousand pixels.
#[must_use]
pub fn has_colours(picture: &BgrPicture) -> bool {
    let pixels = picture.data.chunks_exact(3);
    let step = (pixels.len() / 4096).max(1);
    let (mut looked_at, mut coloured) = (0u32, 0u32);
    for pixel in pixels.step_by(step) {
        let most = pixel.iter().max().copied().unwrap_or(0);
        let least = pixel.iter().min().copied().unwrap_or(0);
        looked_at += 1;
        coloured += u32::from(most - least > COLOURED);
    }
    f64::from(coloured) > COLOURED_SHARE * f64::from(looked_at)
}

fn brightness(p: &[f32; 3]) -> f32 {
    p[0].max(p[1]).max(p[2])
}

fn median(pixels: &[[f32; 3]]) -> [f32; 3] {
    [0, 1, 2].map(|channel| {
        let mut values: Vec<f32> = pixels.iter().map(|p| p[channel]).collect();
        values.sort_by(f32::total_cmp);
        values.get(values.len() / 2).copied().unwrap_or(0.0)
    })
}

/// The name of a colour, blue, green, red.
fn name([b, g, r]: [f32; 3]) -> PlateColour {
    let (most, least) = (b.max(g).max(r), b.min(g).min(r));
    let chroma = most - least;
    if most < 1.0 || chroma / most < GREY_BELOW {
        return if most < BLACK_BELOW { PlateColour::Black } else { PlateColour::White };
    }
    let hue = if most == r {
        60.0 * (g - b) / chroma
    } else if most == g {
        60.0 * (b - r) / chroma + 120.0
    } else {
        60.0 * (r - g) / chroma + 240.0
    }
    .rem_euclid(360.0);
    // A white plate under a sodium lamp or a clear sky takes a little of its colour; a painted ground has much more.
    let painted = chroma / most > 0.45;
    match hue {
        h if (0.0..18.0).contains(&h) || h >= 335.0 => PlateColour::Red,
        h if (18.0..70.0).contains(&h) => {
            if painted {
                PlateColour::Yellow
            } else {
                PlateColour::White
            }
        }
        h if (70.0..170.0).contains(&h) => PlateColour::Green,
        h if (185.0..265.0).contains(&h) => {
            if painted {
                PlateColour::Blue
            } else {
                PlateColour::White
            }
        }
        _ => PlateColour::Unknown,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A plate with bars of text over about a third of it.
    fn plate(ground: [u8; 3], text: [u8; 3]) -> BgrPicture {
        let mut picture = BgrPicture::filled(120, 40, ground).unwrap();
        for y in 10..30 {
            for x in (10..110).filter(|x| x % 8 < 4) {
                let at = ((y * 120 + x) * 3) as usize;
                picture.data[at..at + 3].copy_from_slice(&text);
            }
        }
        picture
    }

    #[test]
    fn a_grey_picture_has_no_colours_and_a_street_has() {
        let mut picture = BgrPicture::filled(64, 64, [90, 92, 94]).unwrap();
        assert!(!has_colours(&picture));
        for pixel in picture.data.chunks_exact_mut(3).step_by(20) {
            pixel.copy_from_slice(&[40, 60, 160]);
        }
        assert!(has_colours(&picture));
    }

    #[test]
    fn grounds_are_told_apart_from_text() {
        let black = [20, 20, 20];
        let white = [235, 235, 235];
        assert_eq!(background(&plate(white, black)), PlateColour::White);
        assert_eq!(background(&plate([20, 180, 230], black)), PlateColour::Yellow);
        assert_eq!(background(&plate([160, 70, 10], white)), PlateColour::Blue);
        assert_eq!(background(&plate([30, 25, 170], white)), PlateColour::Red);
        assert_eq!(background(&plate([120, 190, 90], black)), PlateColour::Green);
        assert_eq!(background(&plate(black, white)), PlateColour::Black);
    }

    #[test]
    fn a_white_plate_in_lamp_light_and_in_shade_stays_white() {
        assert_eq!(background(&plate([140, 180, 200], [20, 20, 20])), PlateColour::White);
        assert_eq!(background(&plate([190, 160, 140], [30, 20, 20])), PlateColour::White);
        assert_eq!(background(&plate([95, 95, 95], [15, 15, 15])), PlateColour::White);
    }

    #[test]
    fn too_few_pixels_are_no_colour() {
        assert_eq!(background(&BgrPicture::filled(8, 8, [255; 3]).unwrap()), PlateColour::Unknown);
    }
}
