//! `measure compare-faces` and `measure identify-faces`: how alike the faces on pictures are, each picture embedded once. Scores
//! only, no threshold: what a score means is the calibration's business. Templates never leave this process.

use std::collections::{BTreeMap, HashMap};
use std::path::{Path, PathBuf};

use anyhow::Context as _;
use edge_node::detection::ObjectDetector as _;
use edge_node::detection::net::NetDetector;
use edge_node::inference::{ModelStore, Role};
use edge_node::recognition::face::FaceEmbedder;
use edge_node::recognition::face_landmarks::{foremost, settled};
use edge_node::recognition::face_template::FaceTemplate;

use crate::pictures;
use crate::table::Table;

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
pub(crate) struct Faces {
    detector: NetDetector,
    embedder: FaceEmbedder,
    known: HashMap<PathBuf, Option<FaceTemplate>>,
}

impl Faces {
    /// With these nets, or the best of this machine.
    pub(crate) fn open(nets: &Nets) -> anyhow::Result<Self> {
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

    /// The names of detector and embedder.
    pub(crate) fn names(&self) -> (String, String) {
        (self.detector.model().name, self.embedder.model().name.clone())
    }

    /// The largest face of a picture; `None` where there is none, or the picture cannot be read (which is said).
    pub(crate) fn template(&mut self, path: &Path) -> Option<&FaceTemplate> {
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
        let Some(face) = foremost(self.detector.detect(&picture)?, &picture) else { return Ok(None) };
        let landmarks = settled(&mut self.detector, &picture, &face)?;
        Ok(Some(self.embedder.embed(&picture, &landmarks)?))
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

/// In: `file,label` of those enrolled, `file` of the probes; several pictures of one person are one template, their middle,
/// as at a gate. Out: `file,label,score` of the best candidate whatever the
/// threshold, both empty where no face was found.
pub(crate) fn identify(enrol: &Path, probes: &Path, nets: &Nets) -> anyhow::Result<()> {
    let enrolled = Table::read(enrol, &["file", "label"])?;
    let asked = Table::read(probes, &["file"])?;
    let mut faces = Faces::open(nets)?;
    let mut people: BTreeMap<&str, Vec<FaceTemplate>> = BTreeMap::new();
    for row in &enrolled.rows {
        match faces.template(&enrolled.place(&row[0])) {
            Some(template) => people.entry(&row[1]).or_default().push(template.clone()),
            None => eprintln!("measure: {}: no face, not enrolled", row[0]),
        }
    }
    let gallery: Vec<(&str, FaceTemplate)> =
        people.iter().filter_map(|(label, templates)| Some((*label, FaceTemplate::mean(templates)?))).collect();
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
    fn scores_are_written_plainly_and_missing_ones_are_empty() {
        assert_eq!((shown(Some(0.123_456)).as_str(), shown(None).as_str()), ("0.12346", ""));
    }
}
