//! `measure compare-faces` and `measure identify-faces`: how alike the faces on pictures are, each picture embedded once. Scores
//! only, no threshold: what a score means is the calibration's business. Templates never leave this process.

use std::collections::HashMap;
use std::path::{Path, PathBuf};

use anyhow::{Context as _, bail};
use edge_node::detection::net::NetDetector;
use edge_node::detection::{Detection, ObjectDetector as _};
use edge_node::inference::{ModelStore, Role};
use edge_node::recognition::face::{FaceEmbedder, FaceTemplate};

use crate::pictures;

/// Which nets, where it is not the best of this machine.
#[derive(Debug, Clone, Default, clap::Args)]
pub(crate) struct Nets {
    /// A face detector by its name in the manifest.
    #[arg(long, value_name = "NAME")]
    detector: Option<String>,
    /// An embedder by its name in the manifest.
    #[arg(long, value_name = "NAME")]
    embedder: Option<String>,
}

/// Pictures into templates, each once.
struct Faces {
    detector: NetDetector,
    embedder: FaceEmbedder,
    known: HashMap<PathBuf, Option<FaceTemplate>>,
}

impl Faces {
    fn open(nets: &Nets) -> anyhow::Result<Self> {
        edge_node::picture::work_on_one_thread().context("OpenCV could not be told to stay on one thread")?;
        let store = ModelStore::find().context("the models could not be opened")?;
        let detector = match &nets.detector {
            Some(name) => NetDetector::named(&store, name)?,
            None => NetDetector::best(&store, Role::FaceDetector)?.context("there is no net that finds faces")?,
        };
        let embedder = match &nets.embedder {
            Some(name) => FaceEmbedder::named(&store, name)?,
            None => FaceEmbedder::open(&store)?,
        };
        eprintln!("measure: {} finds, {} embeds", detector.model().name, embedder.model().name);
        Ok(Self { detector, embedder, known: HashMap::new() })
    }

    /// The largest face of a picture; `None` where there is none, or the picture cannot be read (which is said).
    fn template(&mut self, path: &Path) -> Option<&FaceTemplate> {
        if !self.known.contains_key(path) {
            let found = self.embed(path).unwrap_or_else(|error| {
                eprintln!("measure: {}: {error:#}", path.display());
                None
            });
            self.known.insert(path.to_owned(), found);
        }
        self.known.get(path).and_then(Option::as_ref)
    }

    fn embed(&mut self, path: &Path) -> anyhow::Result<Option<FaceTemplate>> {
        let picture = pictures::load(path)?;
        let Some(face) = largest(self.detector.detect(&picture)?) else { return Ok(None) };
        Ok(Some(self.embedder.embed(&picture, &face.keypoints)?))
    }
}

fn largest(faces: Vec<Detection>) -> Option<Detection> {
    faces.into_iter().max_by(|a, b| a.rect.area().total_cmp(&b.rect.area()))
}

/// The rows of a CSV file, these columns of each, and where its relative paths start: here, or beside the file.
struct Table {
    rows: Vec<Vec<String>>,
    beside: PathBuf,
}

impl Table {
    fn read(path: &Path, columns: &[&str]) -> anyhow::Result<Self> {
        let reading = || format!("reading {}", path.display());
        let mut reader = csv::Reader::from_path(path).with_context(reading)?;
        let header = reader.headers().with_context(reading)?.clone();
        let places: Vec<usize> = columns
            .iter()
            .map(|column| header.iter().position(|name| name.trim() == *column).ok_or(column))
            .collect::<Result<_, _>>()
            .map_err(|missing| anyhow::anyhow!("{} has no column {missing:?}", path.display()))?;
        let mut rows = Vec::new();
        for record in reader.records() {
            let record = record.with_context(reading)?;
            rows.push(places.iter().map(|place| record.get(*place).unwrap_or_default().to_owned()).collect());
        }
        if rows.is_empty() {
            bail!("{} has no rows", path.display());
        }
        Ok(Self { rows, beside: path.parent().unwrap_or(Path::new("")).to_owned() })
    }

    /// A path as given, or beside the table where it is not here.
    fn place(&self, file: &str) -> PathBuf {
        let here = PathBuf::from(file);
        if here.is_absolute() || here.exists() { here } else { self.beside.join(file) }
    }
}

/// In: `file_a,file_b`. Out: `file_a,file_b,score`, the score empty where no face was found.
pub(crate) fn compare(pairs: &Path, nets: &Nets) -> anyhow::Result<()> {
    let table = Table::read(pairs, &["file_a", "file_b"])?;
    let mut faces = Faces::open(nets)?;
    let mut out = csv::Writer::from_writer(std::io::stdout().lock());
    out.write_record(["file_a", "file_b", "score"]).map_err(written)?;
    for row in &table.rows {
        let [a, b] = [&row[0], &row[1]];
        let one = faces.template(&table.place(a)).cloned();
        let other = faces.template(&table.place(b));
        let score = one.as_ref().zip(other).and_then(|(one, other)| one.similarity(other));
        out.write_record([a, b, &shown(score)]).map_err(written)?;
    }
    out.flush()?;
    Ok(())
}

/// In: `file,label` of those enrolled, `file` of the probes. Out: `file,label,score` of the best candidate whatever the
/// threshold, both empty where no face was found.
pub(crate) fn identify(enrol: &Path, probes: &Path, nets: &Nets) -> anyhow::Result<()> {
    let enrolled = Table::read(enrol, &["file", "label"])?;
    let asked = Table::read(probes, &["file"])?;
    let mut faces = Faces::open(nets)?;
    let mut gallery: Vec<(&str, FaceTemplate)> = Vec::new();
    for row in &enrolled.rows {
        match faces.template(&enrolled.place(&row[0])) {
            Some(template) => gallery.push((&row[1], template.clone())),
            None => eprintln!("measure: {}: no face, not enrolled", row[0]),
        }
    }
    let mut out = csv::Writer::from_writer(std::io::stdout().lock());
    out.write_record(["file", "label", "score"]).map_err(written)?;
    for row in &asked.rows {
        let best = faces.template(&asked.place(&row[0])).and_then(|probe| {
            let scores = gallery.iter().filter_map(|(label, known)| Some((*label, probe.similarity(known)?)));
            scores.max_by(|(_, a), (_, b)| a.total_cmp(b))
        });
        let (label, score) = best.map_or(("", None), |(label, score)| (label, Some(score)));
        out.write_record([row[0].as_str(), label, &shown(score)]).map_err(written)?;
    }
    out.flush()?;
    Ok(())
}

fn shown(score: Option<f32>) -> String {
    score.map_or_else(String::new, |score| format!("{score:.5}"))
}

/// What the CSV writer says of a reader that has gone is what the system said.
fn written(error: csv::Error) -> anyhow::Error {
    match error.into_kind() {
        csv::ErrorKind::Io(error) => error.into(),
        other => anyhow::anyhow!("writing the results: {other:?}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tables_are_read_by_the_names_of_their_columns() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("pairs.csv");
        std::fs::write(&path, "same,file_b,file_a\n1,\"b, c.jpg\",a.jpg\n").unwrap();
        let table = Table::read(&path, &["file_a", "file_b"]).unwrap();
        assert_eq!(table.rows, [["a.jpg", "b, c.jpg"]]);
        assert_eq!(table.place("a.jpg"), folder.path().join("a.jpg"));
        assert_eq!(table.place("/x/a.jpg"), Path::new("/x/a.jpg"));
        let error = Table::read(&path, &["file"]).err().unwrap().to_string();
        assert!(error.contains("has no column \"file\""), "{error}");
        std::fs::write(&path, "file\n").unwrap();
        assert!(Table::read(&path, &["file"]).err().unwrap().to_string().contains("no rows"));
    }

    #[test]
    fn scores_are_written_plainly_and_missing_ones_are_empty() {
        assert_eq!((shown(Some(0.123_456)).as_str(), shown(None).as_str()), ("0.12346", ""));
    }
}
