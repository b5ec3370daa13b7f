//! `measure plates`: what the plate reader makes of each picture. A damaged picture gives an error line and the rest goes on.

use std::io::Write;
use std::path::{Path, PathBuf};

use anyhow::Context;
use edge_node::inference::ModelStore;
use edge_node::recognition::plate::{PlateRead, PlateReader, View};
use edge_node::recognition::read_times::ReadTimes;
use serde::Serialize;

use crate::pictures;

/// Which nets read.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, clap::ValueEnum)]
pub(crate) enum Readers {
    /// The fast nets, and the general ones where a reading is weak: what a node does.
    #[default]
    Careful,
    /// The fast nets alone.
    Fast,
    /// The general nets alone.
    General,
}

/// One picture's line.
#[derive(Debug, Serialize)]
#[serde(untagged)]
enum Line {
    Read { file: String, ms: f64, split: Split, plates: Vec<Plate> },
    Failed { file: String, error: String },
}

/// CPU milliseconds of the steps: the own detector, the own reader, the general nets; what is missing from `ms` is grammar and
/// cutting.
#[derive(Debug, Clone, Copy, Serialize)]
struct Split {
    find: f64,
    read: f64,
    general: f64,
}

impl From<ReadTimes> for Split {
    fn from(times: ReadTimes) -> Self {
        let ms = |time: std::time::Duration| (time.as_secs_f64() * 1e5).round() / 100.0;
        Self { find: ms(times.find), read: ms(times.read), general: ms(times.general) }
    }
}

/// One plate of a line.
#[derive(Debug, Serialize)]
struct Plate {
    text: String,
    key: String,
    class: contract::plate::PlateClass,
    confidence: f32,
    corners: [[f32; 2]; 4],
    country_class: contract::plate::CountryClass,
    char_confidence: Vec<f32>,
    lines: u8,
    colour: contract::event::PlateColour,
    alternatives: Vec<(String, f32)>,
    corrected: bool,
    second_opinion: bool,
}

impl From<PlateRead> for Plate {
    fn from(read: PlateRead) -> Self {
        let tenth = |v: f32| (v * 10.0).round() / 10.0;
        let short = |v: f32| (v * 1e4).round() / 1e4;
        Self {
            class: read.class(),
            text: read.display,
            key: read.key,
            confidence: short(read.confidence),
            country_class: read.classification.country_class,
            char_confidence: read.char_confidence.into_iter().map(short).collect(),
            alternatives: read.alternatives.into_iter().map(|(key, share)| (key, short(share))).collect(),
            corrected: read.corrected,
            second_opinion: read.second_opinion,
            corners: read.corners.map(|(x, y)| [tenth(x), tenth(y)]),
            lines: read.lines,
            colour: read.colour,
        }
    }
}

/// Reads every picture, in the order given.
pub(crate) fn run(crops: bool, readers: Readers, list: Option<&Path>, arguments: &[PathBuf]) -> anyhow::Result<()> {
    let paths = pictures::paths(list, arguments)?;
    // CPU time is taken of this thread: OpenCV must not hand work to others.
    edge_node::picture::work_on_one_thread().context("OpenCV could not be told to stay on one thread")?;
    let store = ModelStore::find().context("the models could not be opened")?;
    let opened =
        if readers == Readers::General { PlateReader::open_general(&store) } else { PlateReader::open(&store) };
    let mut reader = opened.context("the plate reader could not be opened")?;
    let mut out = std::io::stdout().lock();
    for path in paths {
        let file = path.to_string_lossy().into_owned();
        let line = match one(&mut reader, &path, crops, readers == Readers::Careful) {
            Ok((ms, plates)) => Line::Read { file, ms, split: reader.take_times().into(), plates },
            Err(error) => Line::Failed { file, error: format!("{error:#}") },
        };
        serde_json::to_writer(&mut out, &line).map_err(std::io::Error::from)?;
        out.write_all(b"\n")?;
        out.flush()?;
    }
    Ok(())
}

/// CPU milliseconds from pixels to plates (decoding the file is not counted), and the plates.
fn one(reader: &mut PlateReader, path: &Path, crops: bool, careful: bool) -> anyhow::Result<(f64, Vec<Plate>)> {
    let picture = pictures::load(path)?;
    // What a failed picture used is nobody's.
    reader.take_times();
    let before = cpu_ms();
    let found = match (crops, careful) {
        (true, true) => reader.read_crop_carefully(&picture)?.into_iter().collect(),
        (true, false) => reader.read_crop(&picture)?.into_iter().collect(),
        (false, true) => reader.read_carefully(&picture, View::Street, None)?,
        (false, false) => reader.read(&picture, View::Street, None)?,
    };
    let ms = ((cpu_ms() - before) * 100.0).round() / 100.0;
    Ok((ms, found.into_iter().map(Plate::from).collect()))
}

/// CPU time of this thread.
fn cpu_ms() -> f64 {
    let now = rustix::time::clock_gettime(rustix::time::ClockId::ThreadCPUTime);
    now.tv_sec as f64 * 1e3 + now.tv_nsec as f64 / 1e6
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_have_the_agreed_shape() {
        let failed = Line::Failed { file: "a.jpg".into(), error: "is a damaged picture".into() };
        assert_eq!(serde_json::to_string(&failed).unwrap(), r#"{"file":"a.jpg","error":"is a damaged picture"}"#);
        let plate = Plate {
            text: "12A-123.45".into(),
            key: "12A12345".into(),
            class: contract::plate::PlateClass::Car5,
            confidence: 0.5,
            country_class: contract::plate::CountryClass::VnCivil,
            char_confidence: vec![0.5; 8],
            alternatives: vec![("12A12346".into(), 0.25)],
            corrected: false,
            second_opinion: true,
            corners: [[0.0, 0.0], [1.5, 0.0], [1.5, 1.0], [0.0, 1.0]],
            lines: 1,
            colour: contract::event::PlateColour::White,
        };
        let split = Split { find: 0.5, read: 0.75, general: 0.0 };
        let read = Line::Read { file: "b.jpg".into(), ms: 1.5, split, plates: vec![plate] };
        assert_eq!(
            serde_json::to_string(&read).unwrap(),
            r#"{"file":"b.jpg","ms":1.5,"split":{"find":0.5,"read":0.75,"general":0.0},"plates":[{"text":"12A-123.45","key":"12A12345","class":"car5","confidence":0.5,"corners":[[0.0,0.0],[1.5,0.0],[1.5,1.0],[0.0,1.0]],"country_class":"vn_civil","char_confidence":[0.5,0.5,0.5,0.5,0.5,0.5,0.5,0.5],"lines":1,"colour":"white","alternatives":[["12A12346",0.25]],"corrected":false,"second_opinion":true}]}"#
        );
    }
}
