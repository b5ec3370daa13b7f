//! Fonts of the distribution: free families that Debian packages, found by path. It never downloads and never falls
//! back in silence: a missing family is an error that names the package.

use std::path::PathBuf;
use std::sync::Arc;

/// A family the plates are drawn in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Family {
    /// Roboto Condensed Bold.
    RobotoCondensed,
    /// Open DIN, close to the police font.
    OpenDin,
    /// Liberation Sans Bold.
    LiberationSans,
    /// DejaVu Sans Bold.
    DejaVuSans,
    /// WenQuanYi Micro Hei, for Chinese characters.
    MicroHei,
}

impl Family {
    /// All of them.
    pub const ALL: [Self; 5] =
        [Self::RobotoCondensed, Self::OpenDin, Self::LiberationSans, Self::DejaVuSans, Self::MicroHei];

    /// Name for the truth file.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::RobotoCondensed => "Roboto Condensed Bold",
            Self::OpenDin => "Open DIN",
            Self::LiberationSans => "Liberation Sans Bold",
            Self::DejaVuSans => "DejaVu Sans Bold",
            Self::MicroHei => "WenQuanYi Micro Hei",
        }
    }

    /// The Debian package.
    #[must_use]
    pub const fn package(self) -> &'static str {
        match self {
            Self::RobotoCondensed => "fonts-roboto-unhinted",
            Self::OpenDin => "fonts-opendin",
            Self::LiberationSans => "fonts-liberation2",
            Self::DejaVuSans => "fonts-dejavu-core",
            Self::MicroHei => "fonts-wqy-microhei",
        }
    }

    const fn path(self) -> &'static str {
        match self {
            Self::RobotoCondensed => "roboto/unhinted/RobotoCondensed-Bold.ttf",
            Self::OpenDin => "opendin/OSP-DIN.ttf",
            Self::LiberationSans => "liberation2/LiberationSans-Bold.ttf",
            Self::DejaVuSans => "dejavu/DejaVuSans-Bold.ttf",
            Self::MicroHei => "wqy/wqy-microhei.ttc",
        }
    }

    /// Open DIN comes in one thin weight; strokes are widened by this share of the height.
    const fn embolden(self) -> f32 {
        match self {
            Self::OpenDin => 0.035,
            Self::MicroHei => 0.02,
            _ => 0.0,
        }
    }
}

/// Why a font cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum FontError {
    /// The file is missing.
    #[error("reading the font {path}: install the Debian package {package}", path = path.display())]
    Read {
        /// The file.
        path: PathBuf,
        /// The package that holds it.
        package: &'static str,
        /// The cause.
        #[source]
        source: std::io::Error,
    },
    /// The file is no font.
    #[error("the font {path} cannot be parsed: {message}", path = path.display())]
    Parse {
        /// The file.
        path: PathBuf,
        /// What the parser said.
        message: &'static str,
    },
}

/// The loaded families.
#[derive(Clone)]
pub struct Fonts(Arc<Vec<(Family, fontdue::Font)>>);

impl std::fmt::Debug for Fonts {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Fonts({})", self.0.len())
    }
}

/// One character's coverage, cut to its ink.
#[derive(Debug, Clone)]
pub(crate) struct Glyph {
    pub(crate) width: usize,
    pub(crate) height: usize,
    /// 0..1, row by row.
    pub(crate) ink: Vec<f32>,
    /// Baseline to the lowest row, pixels, and step to the next character.
    pub(crate) bottom: i32,
    pub(crate) advance: f32,
    pub(crate) left: i32,
}

/// Pixels an em is rasterised at before it is fitted to a plate.
pub(crate) const EM: f32 = 140.0;

impl Fonts {
    /// Loads every family.
    ///
    /// # Errors
    /// A family's file is missing or broken; the error names the package to install.
    pub fn load() -> Result<Self, FontError> {
        let mut fonts = Vec::new();
        for family in Family::ALL {
            let path = PathBuf::from("/usr/share/fonts/truetype").join(family.path());
            let bytes = std::fs::read(&path).map_err(|source| FontError::Read {
                path: path.clone(),
                package: family.package(),
                source,
            })?;
            let settings = fontdue::FontSettings { scale: EM, load_substitutions: false, ..Default::default() };
            let font =
                fontdue::Font::from_bytes(bytes, settings).map_err(|message| FontError::Parse { path, message })?;
            fonts.push((family, font));
        }
        Ok(Self(Arc::new(fonts)))
    }

    /// The ink of one character; a character that the family lacks comes out of Micro Hei.
    pub(crate) fn glyph(&self, family: Family, c: char) -> Glyph {
        let pick = |wanted: Family| &self.0.iter().find(|(f, _)| *f == wanted).expect("every family is loaded").1;
        let (font, family) = if pick(family).lookup_glyph_index(c) == 0 {
            (pick(Family::MicroHei), Family::MicroHei)
        } else {
            (pick(family), family)
        };
        let (metrics, bytes) = font.rasterize(c, EM);
        let glyph = Glyph {
            width: metrics.width,
            height: metrics.height,
            ink: bytes.iter().map(|&b| f32::from(b) / 255.0).collect(),
            bottom: metrics.ymin,
            advance: metrics.advance_width,
            left: metrics.xmin,
        };
        let grow = (family.embolden() * EM).round() as usize;
        if grow > 0 && glyph.width > 0 { emboldened(&glyph, grow) } else { glyph }
    }
}

/// Widens each stroke by `grow` pixels in both directions.
fn emboldened(glyph: &Glyph, grow: usize) -> Glyph {
    let (width, height) = (glyph.width + grow, glyph.height + grow);
    let mut ink = vec![0.0f32; width * height];
    for y in 0..glyph.height {
        for x in 0..glyph.width {
            let value = glyph.ink[y * glyph.width + x];
            if value > 0.0 {
                for row in ink[y * width..].chunks_mut(width).take(grow + 1) {
                    for out in &mut row[x..=x + grow] {
                        *out = out.max(value);
                    }
                }
            }
        }
    }
    Glyph { width, height, ink, bottom: glyph.bottom, advance: glyph.advance + grow as f32, left: glyph.left }
}
