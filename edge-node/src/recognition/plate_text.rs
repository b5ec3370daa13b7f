//! One line of text on a picture into characters, each with its confidence and what else it may be. A general reader: it
//! knows letters and the province characters of Chinese plates, and nothing about plates. What it reads is never logged.

use contract::plate::normalise;

use crate::inference::{InferenceError, ModelChoice, NetSession, letterbox};
use crate::picture::BgrPicture;

/// Lines are read at this height.
const HEIGHT: u32 = 48;
/// Narrower pictures are padded to this width, wider ones cut to the other: no plate line is longer than ten heights.
const WIDTHS: std::ops::RangeInclusive<u32> = 160..=480;
/// How many other characters are remembered for each place.
const OTHERS: usize = 3;
/// Another character below this probability is not worth remembering.
const OTHER_MIN: f32 = 0.01;
/// Characters that stand on Chinese plates besides letters and digits.
const HANZI: &str = "京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼挂学警港澳";

/// One character that was read.
#[derive(Debug, Clone, PartialEq)]
pub struct ReadChar {
    /// Upper case letter, digit or Chinese plate character.
    pub character: char,
    /// The net's probability, 0..1, uncalibrated.
    pub confidence: f32,
    /// What else it may be, likeliest first.
    pub others: Vec<(char, f32)>,
}

/// One line.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct LineText {
    /// What stands there, punctuation included.
    pub raw: String,
    /// The characters that belong to a plate's key.
    pub chars: Vec<ReadChar>,
}

impl LineText {
    /// The key's part of this line.
    #[must_use]
    pub fn key(&self) -> String {
        self.chars.iter().map(|c| c.character).collect()
    }

    /// Mean confidence, 0 for an empty line.
    #[must_use]
    pub fn confidence(&self) -> f32 {
        if self.chars.is_empty() {
            return 0.0;
        }
        self.chars.iter().map(|c| c.confidence).sum::<f32>() / self.chars.len() as f32
    }
}

/// What a class of the net's output stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Sign {
    /// Nothing, or the same character going on.
    Blank,
    /// Part of a key: the character as the net has it, and as the key has it.
    Key { seen: char, key: char },
    /// Dash, dot, space: kept in the raw text only.
    Mark(char),
    /// Anything else: left out, but it keeps its place, so that no other character is bent into it.
    Foreign,
}

/// Reads lines.
#[derive(Debug)]
pub struct LineReader {
    net: NetSession,
    signs: Vec<Sign>,
}

impl LineReader {
    /// Around a net with `ctc` decoding that carries its characters in its file.
    pub fn new(net: NetSession) -> Result<Self, InferenceError> {
        let characters = net.metadata("character").ok_or_else(|| net.unexpected("no list of characters"))?;
        let mut signs = signs(&characters);
        // PP-OCR's last class, which its list does not name.
        signs.push(Sign::Mark(' '));
        Ok(Self { signs, net })
    }

    /// Reads one upright line.
    pub fn read(&mut self, line: &BgrPicture) -> Result<LineText, InferenceError> {
        let scaled = (line.width as f32 * HEIGHT as f32 / line.height as f32).round() as u32;
        let scaled = line.resized(scaled.clamp(8, *WIDTHS.end()), HEIGHT)?;
        let width = scaled.width.max(*WIDTHS.start()).div_ceil(32) * 32;
        let data = letterbox::planes(&scaled, self.net.input(), width, HEIGHT);
        let outputs = self.net.run([1, 3, HEIGHT as usize, width as usize], data)?;
        let output = outputs.first().filter(|o| o.shape.get(2) == Some(&self.signs.len()));
        output
            .map(|o| decode_steps(&o.data, &self.signs))
            .ok_or_else(|| self.net.unexpected("another number of characters than its list"))
    }

    /// Which net.
    #[must_use]
    pub fn model(&self) -> &ModelChoice {
        self.net.choice()
    }
}

/// A net's classes: blank, then the listed characters.
pub(super) fn signs(characters: &str) -> Vec<Sign> {
    let listed = characters.lines().map(|line| {
        let mut chars = line.chars();
        match (chars.next(), chars.next()) {
            (Some(c), None) => sign(c),
            _ => Sign::Foreign,
        }
    });
    std::iter::once(Sign::Blank).chain(listed).collect()
}

fn sign(c: char) -> Sign {
    let may_stand_on_plates = c.is_ascii_alphanumeric() || c == 'Đ' || c == 'đ' || HANZI.contains(c);
    if may_stand_on_plates && let Some(key) = normalise(&c.to_string()).chars().next() {
        return Sign::Key { seen: c, key };
    }
    if matches!(c, '-' | '.' | '·' | ' ' | ':' | '—' | '–' | '_' | '•') {
        return Sign::Mark(c);
    }
    Sign::Foreign
}

/// The likeliest class at each step; repeats and blanks fall away (greedy decoding of CTC; Graves et al., ICML 2006).
/// `steps`: steps × classes.
pub(super) fn decode_steps(steps: &[f32], signs: &[Sign]) -> LineText {
    let mut line = LineText::default();
    let mut last = 0usize;
    for step in steps.chunks_exact(signs.len()) {
        let best = step.iter().enumerate().max_by(|a, b| a.1.total_cmp(b.1)).map_or(0, |(index, _)| index);
        let repeated = std::mem::replace(&mut last, best) == best;
        match signs[best] {
            Sign::Key { key, .. } if repeated => {
                // The same character a little further: its surest step counts.
                if let Some(previous) =
                    line.chars.last_mut().filter(|p| p.character == key && p.confidence < step[best])
                {
                    *previous = read_char(step, best, key, signs);
                }
            }
            Sign::Key { seen, key } => {
                line.raw.push(seen);
                line.chars.push(read_char(step, best, key, signs));
            }
            Sign::Mark(mark) if !repeated => line.raw.push(mark),
            _ => {}
        }
    }
    line
}

fn read_char(step: &[f32], best: usize, character: char, signs: &[Sign]) -> ReadChar {
    let mut others: Vec<(char, f32)> = Vec::new();
    for (index, (probability, sign)) in step.iter().zip(signs).enumerate() {
        if let Sign::Key { key, .. } = sign
            && index != best
            && *key != character
            && *probability >= OTHER_MIN
        {
            match others.iter_mut().find(|(c, _)| c == key) {
                Some((_, p)) => *p += probability,
                None => others.push((*key, *probability)),
            }
        }
    }
    others.sort_by(|a, b| b.1.total_cmp(&a.1));
    others.truncate(OTHERS);
    ReadChar { character, confidence: step[best], others }
}

#[cfg(test)]
mod tests {
    use super::*;

    const LIST: &str = "0\n1\nA\na\n-\n字\n桂";

    /// One step with a probability for each of blank, the list and the space.
    fn read(rows: &[[f32; 9]]) -> LineText {
        let signs: Vec<Sign> = signs(LIST).into_iter().chain([Sign::Mark(' ')]).collect();
        decode_steps(&rows.concat(), &signs)
    }

    fn one(index: usize, p: f32) -> [f32; 9] {
        let mut row = [0.0; 9];
        row[index] = p;
        row
    }

    #[test]
    fn repeats_join_and_blanks_part() {
        let rows = [one(1, 0.6), one(1, 0.9), one(0, 1.0), one(1, 0.8), one(2, 0.7)];
        let line = read(&rows);
        assert_eq!(line.key(), "001");
        assert_eq!(line.chars[0].confidence, 0.9);
    }

    #[test]
    fn marks_stay_in_the_raw_text_and_strange_characters_fall_away() {
        let rows = [one(7, 0.9), one(4, 0.9), one(5, 0.9), one(6, 0.9), one(8, 0.9), one(3, 0.5)];
        let line = read(&rows);
        assert_eq!(line.raw, "桂a- A");
        assert_eq!(line.key(), "桂AA");
    }

    #[test]
    fn the_second_choice_is_remembered() {
        let mut row = one(1, 0.6);
        row[3] = 0.2;
        row[4] = 0.1;
        let line = read(&[row]);
        // Capital and small A are one character of a key.
        assert_eq!(line.chars[0].others.len(), 1);
        assert_eq!(line.chars[0].others[0].0, 'A');
        assert!((line.chars[0].others[0].1 - 0.3).abs() < 1e-6);
    }

    #[test]
    fn an_empty_picture_reads_as_nothing() {
        let Some(store) = crate::inference::runtime::weights_or_note("an empty line", &["ppocr_v4_rec"]) else {
            return;
        };
        let mut reader = LineReader::new(store.open_named("ppocr_v4_rec").unwrap()).unwrap();
        let line = reader.read(&BgrPicture::filled(120, 40, [200, 200, 200]).unwrap()).unwrap();
        assert_eq!(line.key(), "");
        assert_eq!(line.confidence(), 0.0);
    }
}
