//! The one real face of the samples: NASA's portrait that `models/pull` takes out of a package. It is found, checked by
//! its hash, and cut into a head and into a print. Where it is not at hand the sample gate is left out; nothing here
//! fetches it.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use contract::signature::Sha256;

use super::gate_head::{ACROSS, DOWN, Head, NORTH, PER_EYE, WEST};
use crate::draw::paint::Texture;

/// The picture this file was measured on.
pub const PORTRAIT_SHA256: &str = "88431cd9653ccd539741b555fb0a46b61558b301d4110412b5bc28b5e3ea6cb5";
/// The person's eyes (the right one first), nose tip and mouth corners on it, pixels; measured by hand at five times
/// its size.
pub const PORTRAIT_MARKS: [(f32, f32); 5] =
    [(203.8, 100.6), (247.0, 102.6), (226.6, 124.5), (204.5, 140.5), (246.5, 140.5)];
/// The outline of the head with its hair, pixels, clockwise from the ear on the left.
const OUTLINE: [(f32, f32); 50] = [
    (175.0, 129.0),
    (170.5, 120.0),
    (168.0, 114.0),
    (162.0, 107.0),
    (157.0, 100.0),
    (154.5, 88.0),
    (153.5, 74.0),
    (155.0, 62.0),
    (160.0, 54.0),
    (168.0, 47.0),
    (178.0, 41.5),
    (187.0, 38.5),
    (191.0, 31.0),
    (199.0, 25.5),
    (208.0, 21.5),
    (219.0, 18.5),
    (229.0, 16.8),
    (241.0, 17.0),
    (252.0, 19.5),
    (262.0, 23.5),
    (272.0, 28.5),
    (281.0, 35.0),
    (288.0, 43.0),
    (293.0, 53.0),
    (296.5, 63.0),
    (299.0, 74.0),
    (300.5, 86.0),
    (298.5, 100.0),
    (295.0, 109.0),
    (288.0, 118.5),
    (281.0, 125.5),
    (278.0, 131.0),
    (274.0, 135.0),
    (268.5, 135.5),
    (267.0, 139.0),
    (265.0, 147.0),
    (261.0, 155.0),
    (256.0, 162.5),
    (249.0, 170.0),
    (241.0, 176.0),
    (233.0, 178.5),
    (225.0, 179.0),
    (216.0, 178.0),
    (208.0, 175.0),
    (200.0, 169.5),
    (193.0, 162.5),
    (187.5, 155.0),
    (184.0, 147.0),
    (182.5, 139.0),
    (181.8, 130.5),
];

/// Why the sample gate cannot be drawn.
#[derive(Debug, thiserror::Error)]
pub enum PortraitError {
    /// It was not fetched.
    #[error("the portrait of the sample gate is not at hand (looked for models/cache/portrait.png): run models/pull")]
    Missing,
    /// The file cannot be read.
    #[error("reading the portrait {path}", path = path.display())]
    Read {
        /// The file.
        path: PathBuf,
        /// The cause.
        #[source]
        source: std::io::Error,
    },
    /// It is another picture.
    #[error("{path} is not the portrait that the sample gate was made for: remove it and run models/pull", path = path.display())]
    Another {
        /// The file.
        path: PathBuf,
    },
}

/// The portrait in memory.
#[derive(Debug, Clone)]
pub(crate) struct Portrait {
    width: usize,
    height: usize,
    rgb: Vec<u8>,
}

/// `models/cache/portrait.png`: in the folder that `CHILANG_MODELS` names, else in `models/` here or in a folder above,
/// else beside the program.
fn find() -> Option<PathBuf> {
    let portrait = |models: PathBuf| models.join("cache/portrait.png");
    if let Some(folder) = std::env::var_os("CHILANG_MODELS") {
        return Some(portrait(PathBuf::from(folder))).filter(|p| p.is_file());
    }
    let (here, program) = (std::env::current_dir().ok(), std::env::current_exe().ok());
    [here, program]
        .iter()
        .flatten()
        .flat_map(|start| start.ancestors())
        .map(|folder| portrait(folder.join("models")))
        .find(|path| path.is_file())
}

impl Portrait {
    /// From where `models/pull` puts it.
    pub(crate) fn load() -> Result<Self, PortraitError> {
        Self::read(&find().ok_or(PortraitError::Missing)?)
    }

    fn read(path: &Path) -> Result<Self, PortraitError> {
        let bytes = std::fs::read(path).map_err(|source| PortraitError::Read { path: path.to_owned(), source })?;
        let another = || PortraitError::Another { path: path.to_owned() };
        if Sha256::of(&bytes).to_string() != PORTRAIT_SHA256 {
            return Err(another());
        }
        let picture = image::load_from_memory(&bytes).map_err(|_| another())?.to_rgb8();
        Ok(Self { width: picture.width() as usize, height: picture.height() as usize, rgb: picture.into_raw() })
    }

    /// Between the pixels, by cubic curves: the face is shown at more than twice its size.
    fn sample(&self, x: f32, y: f32) -> [f32; 3] {
        let weights = |t: f32| {
            let (t2, t3) = (t * t, t * t * t);
            [
                0.5 * (-t + 2.0 * t2 - t3),
                0.5 * (2.0 - 5.0 * t2 + 3.0 * t3),
                0.5 * (t + 4.0 * t2 - 3.0 * t3),
                0.5 * (t3 - t2),
            ]
        };
        let (x, y) = (x - 0.5, y - 0.5);
        let (wx, wy) = (weights(x - x.floor()), weights(y - y.floor()));
        let mut sum = [0.0; 3];
        for (j, wy) in wy.iter().enumerate() {
            for (i, wx) in wx.iter().enumerate() {
                let place = |v: f32, k: usize, top: usize| (v.floor() as i32 - 1 + k as i32).clamp(0, top as i32 - 1);
                let at = place(y, j, self.height) as usize * self.width + place(x, i, self.width) as usize;
                for (sum, v) in sum.iter_mut().zip(&self.rgb[at * 3..at * 3 + 3]) {
                    *sum += wx * wy * f32::from(*v);
                }
            }
        }
        sum
    }

    /// The head with its hair, as a relief takes it.
    pub(crate) fn head(&self, seed: u32) -> Head {
        let [right, left, ..] = PORTRAIT_MARKS;
        let along = (left.0 - right.0, left.1 - right.1);
        let middle = ((left.0 + right.0) / 2.0, (left.1 + right.1) / 2.0);
        let (width, height) = ((ACROSS * PER_EYE) as usize, (DOWN * PER_EYE) as usize);
        let px = (0..width * height)
            .map(|i| {
                let x = WEST + ((i % width) as f32 + 0.5) / PER_EYE;
                let y = NORTH + ((i / width) as f32 + 0.5) / PER_EYE;
                let (px, py) = (middle.0 + along.0 * x - along.1 * y, middle.1 + along.1 * x + along.0 * y);
                let alpha = (0.5 - distance(px, py) / 2.2).clamp(0.0, 1.0);
                let c = self.sample(px, py);
                let q = |v: f32| (v * alpha + 0.5).clamp(0.0, 255.0) as u8;
                [q(c[0]), q(c[1]), q(c[2]), (alpha * 255.0 + 0.5) as u8]
            })
            .collect();
        Head {
            texture: Arc::new(Texture::from_base(width, height, px)),
            hair: [0.44, 0.34, 0.21],
            skin: [0.84, 0.66, 0.56],
            seed,
        }
    }

    /// A part of the picture around the head on white paper: the texture, its width and height in eye distances.
    pub(crate) fn print(&self) -> (Arc<Texture>, f32, f32) {
        const SCALE: f32 = 2.0;
        let (x0, y0, w, h, border) = (136.0, 4.0, 180.0, 206.0, 9.0);
        let eyes = PORTRAIT_MARKS[1].0 - PORTRAIT_MARKS[0].0;
        let (width, height) = (((w + 2.0 * border) * SCALE) as usize, ((h + 2.0 * border) * SCALE) as usize);
        let px = (0..width * height)
            .map(|i| {
                let x = ((i % width) as f32 + 0.5) / SCALE - border;
                let y = ((i / width) as f32 + 0.5) / SCALE - border;
                let paper = x < 0.0 || y < 0.0 || x >= w || y >= h;
                // A print is duller than what it shows: its black is not black, its white is the paper's.
                let c = if paper { [238.0; 3] } else { self.sample(x0 + x, y0 + y).map(|v| 18.0 + v * 0.86) };
                let q = |v: f32| (v + 0.5).clamp(0.0, 255.0) as u8;
                [q(c[0]), q(c[1]), q(c[2]), 255]
            })
            .collect();
        let size = (w + 2.0 * border, h + 2.0 * border);
        (Arc::new(Texture::from_base(width, height, px)), size.0 / eyes, size.1 / eyes)
    }
}

#[cfg(test)]
impl Portrait {
    /// For tests: is it here? If not, a line says that something was not run (`./test` counts such lines).
    pub(crate) fn at_hand_or_note(what: &str) -> bool {
        use std::io::Write as _;
        let Err(error) = Self::load() else { return true };
        let line = format!("{what}: {error}\n");
        eprint!("NOT RUN: {line}");
        if let Some(path) = std::env::var_os("CHILANG_NOT_RUN") {
            let mut file = std::fs::File::options().append(true).create(true).open(path).unwrap();
            file.write_all(line.as_bytes()).unwrap();
        }
        false
    }
}

/// How far outside the outline a pixel lies; negative inside.
fn distance(px: f32, py: f32) -> f32 {
    let (mut inside, mut nearest) = (false, f32::MAX);
    for (i, &b) in OUTLINE.iter().enumerate() {
        let a = OUTLINE[(i + OUTLINE.len() - 1) % OUTLINE.len()];
        let (dx, dy) = (b.0 - a.0, b.1 - a.1);
        let t = (((px - a.0) * dx + (py - a.1) * dy) / (dx * dx + dy * dy)).clamp(0.0, 1.0);
        nearest = nearest.min((px - a.0 - dx * t).hypot(py - a.1 - dy * t));
        if (a.1 > py) != (b.1 > py) && px < dx * (py - a.1) / dy + a.0 {
            inside = !inside;
        }
    }
    if inside { -nearest } else { nearest }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn another_picture_is_refused() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("portrait.png");
        image::save_buffer(&path, &[9; 12], 2, 2, image::ColorType::Rgb8).unwrap();
        assert!(matches!(Portrait::read(&path), Err(PortraitError::Another { .. })));
        assert!(matches!(Portrait::read(&folder.path().join("none.png")), Err(PortraitError::Read { .. })));
    }

    #[test]
    fn the_marks_lie_within_the_outline_and_the_corners_do_not() {
        assert!(PORTRAIT_MARKS.iter().all(|m| distance(m.0, m.1) < -8.0));
        assert!(distance(136.0, 4.0) > 8.0 && distance(316.0, 210.0) > 8.0);
    }
}
