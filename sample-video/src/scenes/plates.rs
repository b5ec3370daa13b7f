//! Number plates: their text, colour and true geometry in millimetres (QCVN 08:2024/BCA, Circular 69/2024 for the army,
//! GA 36 for China), drawn as textures. It does not decide which vehicle carries which plate, and checks no grammar.

use std::sync::Arc;

use contract::event::PlateColour;
use contract::plate::{CountryClass, normalise};

use crate::draw::fonts::{Family, Fonts};
use crate::draw::noise;
use crate::draw::paint::{Canvas, Rgb, Texture, grey, mix};

/// Physical format.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Format {
    /// 520 × 110.
    CarLong,
    /// 330 × 165, two lines.
    CarShort,
    /// 190 × 140, two lines.
    Motorcycle,
    /// 470 × 110, before 2021.
    OldCarLong,
    /// 400 × 110, army.
    MilitaryLong,
    /// 440 × 140, China.
    Chinese,
}

/// How well kept it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Condition {
    Clean,
    Dirty,
    Blurred,
    Worn,
}

impl Condition {
    pub(crate) const fn name(self) -> &'static str {
        match self {
            Self::Clean => "clean",
            Self::Dirty => "dirty",
            Self::Blurred => "blurred",
            Self::Worn => "worn",
        }
    }
}

/// One plate.
#[derive(Debug, Clone)]
pub(crate) struct Plate {
    /// As people write it.
    pub(crate) text: &'static str,
    /// The rows as they stand on the metal.
    pub(crate) rows: Vec<&'static str>,
    pub(crate) format: Format,
    pub(crate) colour: PlateColour,
    pub(crate) country: CountryClass,
    pub(crate) family: Family,
    pub(crate) condition: Condition,
}

impl Plate {
    /// A civil plate in one row, new long format.
    pub(crate) fn new(
        text: &'static str,
        format: Format,
        colour: PlateColour,
        family: Family,
        condition: Condition,
    ) -> Self {
        let rows = match format {
            Format::CarShort | Format::Motorcycle => {
                let cut = text.find(' ').or_else(|| text.rfind('-')).unwrap_or(text.len());
                vec![&text[..cut], text[cut..].trim_start_matches([' ', '-'])]
            }
            _ => vec![text],
        };
        Self { text, rows, format, colour, country: CountryClass::VnCivil, family, condition }
    }

    /// Of another country or kind.
    pub(crate) fn of(self, country: CountryClass) -> Self {
        Self { country, ..self }
    }

    /// Canonical key.
    pub(crate) fn key(&self) -> String {
        normalise(self.text)
    }

    /// Width and height in metres.
    pub(crate) const fn size(&self) -> (f32, f32) {
        match self.format {
            Format::CarLong => (0.520, 0.110),
            Format::CarShort => (0.330, 0.165),
            Format::Motorcycle => (0.190, 0.140),
            Format::OldCarLong => (0.470, 0.110),
            Format::MilitaryLong => (0.400, 0.110),
            Format::Chinese => (0.440, 0.140),
        }
    }

    /// Character height, width, gap and the width of dash and dot, in metres.
    const fn measures(&self) -> (f32, f32, f32, f32, f32) {
        match self.format {
            Format::CarLong | Format::CarShort | Format::OldCarLong => (0.063, 0.038, 0.010, 0.014, 0.010),
            Format::Motorcycle => (0.055, 0.022, 0.010, 0.012, 0.007),
            Format::MilitaryLong => (0.081, 0.041, 0.007, 0.014, 0.010),
            Format::Chinese => (0.090, 0.045, 0.0115, 0.014, 0.010),
        }
    }

    fn colours(&self) -> (Rgb, Rgb) {
        match self.colour {
            PlateColour::Yellow => ([0.93, 0.74, 0.12], grey(0.06)),
            PlateColour::Blue => ([0.08, 0.22, 0.55], grey(0.93)),
            PlateColour::Red => ([0.70, 0.08, 0.09], grey(0.93)),
            _ if self.country == CountryClass::VnTemporary => ([0.90, 0.89, 0.84], [0.13, 0.13, 0.16]),
            _ => ([0.88, 0.89, 0.88], grey(0.06)),
        }
    }

    /// The texture, one pixel a millimetre.
    pub(crate) fn texture(&self, fonts: &Fonts, seed: u32) -> Arc<Texture> {
        let (w, h) = self.size();
        let (ground, ink) = self.colours();
        let mut canvas = Canvas::new(w, h, 1000.0);
        canvas.rect(0.0, 0.0, w, h, 0.008, ground, 1.0);
        if self.country != CountryClass::VnTemporary {
            canvas.rect(0.003, 0.003, w - 0.006, h - 0.006, 0.007, ink, 1.0);
            canvas.rect(0.0058, 0.0058, w - 0.0116, h - 0.0116, 0.005, ground, 1.0);
        }
        let (char_h, ..) = self.measures();
        let gap = (h - char_h * self.rows.len() as f32) / (self.rows.len() + 1) as f32;
        for (i, row) in self.rows.iter().enumerate() {
            let y = gap + i as f32 * (char_h + gap);
            self.row(
                &mut canvas,
                fonts,
                row,
                y,
                if i == 0 && self.format == Format::Motorcycle { 0.005 } else { self.measures().2 },
                ink,
            );
        }
        if self.country == CountryClass::VnCivil {
            badge(&mut canvas, self, ink);
        }
        for x in [0.2, 0.8] {
            canvas.ellipse(w * x, 0.011, 0.004, 0.004, grey(0.45), 0.8);
        }
        self.age(&mut canvas, seed);
        canvas.finish()
    }

    fn row(&self, canvas: &mut Canvas, fonts: &Fonts, row: &str, y: f32, gap: f32, ink: Rgb) {
        let (h, w, _, dash, dot) = self.measures();
        let is_mark = |c: char| matches!(c, '-' | '.' | '·');
        let step = |c: char| match c {
            '-' => dash,
            '.' | '·' => dot,
            _ => w,
        };
        let total: f32 = row.chars().map(step).sum::<f32>() + gap * (row.chars().count() as f32 - 1.0);
        let mut x = (canvas.size().0 - total) / 2.0;
        // The letters of diplomatic missions and international organisations are red.
        let red_letters = self.country == CountryClass::VnDiplomatic && (row.contains("NG") || row.contains("QT"));
        for c in row.chars() {
            let colour = if red_letters && c.is_ascii_alphabetic() { [0.70, 0.07, 0.08] } else { ink };
            if is_mark(c) {
                let (mw, mh) = if c == '-' { (dash, dash * 0.72) } else { (dot, dot) };
                let my = if c == '.' && self.rows.len() == 2 { y + h - mh * 1.6 } else { y + (h - mh) / 2.0 };
                canvas.rect(x, my, mw, mh, if c == '-' { 0.001 } else { mw * 0.4 }, colour, 1.0);
            } else {
                canvas.glyph(fonts, self.family, c, x, y, w, h, colour);
            }
            x += step(c) + gap;
        }
    }

    /// Embossing, grime, wear and a softness of its own.
    fn age(&self, canvas: &mut Canvas, seed: u32) {
        let (w, h) = canvas.size();
        canvas.worn(0.05, 0.10, seed);
        canvas.tint(|_, y, c| mix(c, grey(1.0), 0.06 * (1.0 - y / h)));
        match self.condition {
            Condition::Clean => {}
            Condition::Dirty => canvas.tint(|x, y, c| {
                let mud = (noise::fractal(x * 14.0, y * 14.0, 4, seed + 3) - 0.44) * 2.6 + 0.45 * (y / h - 0.5);
                mix(c, [0.42, 0.35, 0.26], mud.clamp(0.0, 0.72))
            }),
            Condition::Blurred => canvas.blur(0.0035),
            Condition::Worn => canvas.tint(|x, y, c| {
                let rub = (noise::fractal(x * 60.0, y * 60.0, 3, seed + 5) - 0.55) * 5.0;
                let bent = 1.0 - 0.25 * ((x / w - 0.7) * 9.0).clamp(-1.0, 1.0).max(0.0);
                let c = mix(c, [0.62, 0.61, 0.58], rub.clamp(0.0, 0.6));
                [c[0] * bent, c[1] * bent, c[2] * bent]
            }),
        }
    }
}

/// The embossed police badge: beside the dash of a long plate, between the rows of a short one.
fn badge(canvas: &mut Canvas, plate: &Plate, ink: Rgb) {
    let (w, h) = canvas.size();
    let (x, y, r) = match plate.format {
        Format::CarLong | Format::OldCarLong => (w * 0.40, 0.017, 0.008),
        Format::CarShort => (0.022, h / 2.0, 0.009),
        _ => (0.012, h / 2.0, 0.005),
    };
    canvas.ellipse(x, y, r, r, ink, 0.22);
    canvas.ellipse(x, y, r * 0.55, r * 0.55, grey(0.75), 0.35);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn two_line_plates_are_cut_where_the_metal_cuts_them() {
        let rows = |text, format| Plate::new(text, format, PlateColour::White, Family::OpenDin, Condition::Clean).rows;
        assert_eq!(rows("29-AA 123.45", Format::Motorcycle), ["29-AA", "123.45"]);
        assert_eq!(rows("12A-123.45", Format::CarShort), ["12A", "123.45"]);
        assert_eq!(rows("12A-123.45", Format::CarLong), ["12A-123.45"]);
    }

    #[test]
    fn every_row_fits_its_plate() {
        for (text, format) in [
            ("12A-123.45", Format::CarLong),
            ("80-441-NG-02", Format::CarLong),
            ("12A-1234", Format::OldCarLong),
            ("12-B1 234.56", Format::Motorcycle),
            ("12A-123.45", Format::CarShort),
            ("TM-12-34", Format::MilitaryLong),
            ("桂F·12345", Format::Chinese),
        ] {
            let plate = Plate::new(text, format, PlateColour::White, Family::OpenDin, Condition::Clean);
            let (_, w, gap, dash, dot) = plate.measures();
            for row in &plate.rows {
                let ink: f32 = row
                    .chars()
                    .map(|c| match c {
                        '-' => dash,
                        '.' | '·' => dot,
                        _ => w,
                    })
                    .sum();
                let total = ink + gap * (row.chars().count() as f32 - 1.0);
                assert!(total < plate.size().0 - 0.01, "{text} {total}");
            }
        }
    }
}
