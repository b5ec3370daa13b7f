//! The project's own plate reader: one straightened plate, or a crop around one, into its rows, its number of lines and the
//! colour of its ground. It reads whatever stands there; grammar is held against it later. What it reads is never logged.

use contract::event::PlateColour;

use super::plate_text::{LineText, Sign, decode_steps, signs};
use crate::inference::{InferenceError, NetSession, place};
use crate::picture::BgrPicture;

/// Rows of a plate: a plate of one line is the upper one.
const ROWS: usize = 2;

/// What one plate shows.
#[derive(Debug, Clone, PartialEq)]
pub struct PlateRows {
    /// The rows with characters, top first.
    pub rows: Vec<LineText>,
    /// How likely it is that a plate stands here at all, 0..1.
    pub is_plate: f32,
    /// Its ground; unknown where the picture has no colour.
    pub colour: PlateColour,
}

/// Reads plates row by row.
#[derive(Debug)]
pub struct RowReader {
    net: NetSession,
    signs: Vec<Sign>,
    colours: Vec<PlateColour>,
}

impl RowReader {
    /// Around a net with `plate_rows` decoding that carries its characters and colours in its file.
    pub fn new(net: NetSession) -> Result<Self, InferenceError> {
        let listed = |key: &str| net.metadata(key).ok_or_else(|| net.unexpected(format!("no list named {key}")));
        let signs = signs(&listed("character")?);
        let colours = listed("colours")?;
        let colours = colours.lines().map(colour_named).collect::<Option<Vec<_>>>();
        let colours = colours.ok_or_else(|| net.unexpected("a colour that plates do not have"))?;
        Ok(Self { net, signs, colours })
    }

    /// Which net.
    #[must_use]
    pub fn net(&self) -> &NetSession {
        &self.net
    }

    /// Reads a picture of one plate, more or less tightly cut, of any size.
    pub fn read(&mut self, plate: &BgrPicture) -> Result<PlateRows, InferenceError> {
        let placed = place(plate, self.net.input(), None)?;
        let outputs = self.net.run(placed.shape, placed.data)?;
        let wrong = || self.net.unexpected("outputs of other sizes than its lists");
        let [text, lines, colours] = outputs.as_slice() else { return Err(wrong()) };
        let steps = text.data.len() / (ROWS * self.signs.len());
        let fits = text.shape == [1, ROWS, steps, self.signs.len()] && colours.data.len() == self.colours.len();
        let &[none, ..] = lines.data.as_slice() else { return Err(wrong()) };
        if !fits || steps == 0 {
            return Err(wrong());
        }
        let rows = text.data.chunks_exact(steps * self.signs.len()).map(|row| decode_steps(row, &self.signs));
        let best = colours.data.iter().zip(&self.colours).max_by(|a, b| a.0.total_cmp(b.0));
        Ok(PlateRows {
            rows: rows.filter(|row| !row.chars.is_empty()).collect(),
            is_plate: (1.0 - none).clamp(0.0, 1.0),
            colour: best.map_or(PlateColour::Unknown, |(_, colour)| *colour),
        })
    }
}

fn colour_named(name: &str) -> Option<PlateColour> {
    Some(match name {
        "white" => PlateColour::White,
        "yellow" => PlateColour::Yellow,
        "blue" => PlateColour::Blue,
        "red" => PlateColour::Red,
        "green" => PlateColour::Green,
        "black" => PlateColour::Black,
        "unknown" => PlateColour::Unknown,
        _ => return None,
    })
}
