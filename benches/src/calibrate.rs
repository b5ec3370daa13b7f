//! `measure calibrate`: labelled pictures → ROC as text and as a picture, and a calibration for `models/manifest.toml`. The
//! threshold is set on impostors; intervals come from drawing people anew. Scores and thresholds only: no template and
//! no person's name gets into what is written.

use std::collections::HashMap;
use std::fmt::Write as _;
use std::io::Write as _;
use std::path::{Path, PathBuf};

use anyhow::{Context as _, bail};
use contract::clock::{Clock as _, SystemClock};
use edge_node::inference::Calibration;
use edge_node::recognition::face::METHOD;

use crate::faces::{Faces, Nets};
use crate::roc::{Pair, Point, Roc};
use crate::roc_picture;
use crate::table::Table;

/// The draws start from here, so that the same pictures give the same intervals.
const SEED: u64 = 1;
/// Points of the curve in each decade.
const PER_DECADE: u32 = 12;

/// What is measured, and where to.
#[derive(Debug, clap::Args)]
#[group(id = "pictures", required = true, multiple = false, args = ["labels", "pairs"])]
pub(crate) struct Calibrate {
    /// `file,label`: all pairs of one label are genuine, all others impostors.
    #[arg(long, value_name = "CSV")]
    labels: Option<PathBuf>,
    /// `file_a,file_b,same` instead; who is one person follows from the pairs with `same` = 1.
    #[arg(long, value_name = "CSV")]
    pairs: Option<PathBuf>,
    #[command(flatten)]
    nets: Nets,
    /// The false accept rate the threshold is set for, 0..1
    #[arg(long, default_value_t = 0.001)]
    far: f64,
    /// Of what kind the impostors are; a gate wants `asian`
    #[arg(long, default_value = "general")]
    kind: String,
    /// By whom
    #[arg(long, default_value = "measure calibrate")]
    by: String,
    /// Where roc.csv, roc.svg and calibration.toml go
    #[arg(long, value_name = "DIR")]
    out: PathBuf,
}

/// Pictures in the order they were named, and which pairs of them are asked for.
struct Asked {
    files: Vec<PathBuf>,
    /// Whose each picture is.
    person: Vec<usize>,
    people: usize,
    pairs: Vec<(usize, usize)>,
}

pub(crate) fn run(options: &Calibrate) -> anyhow::Result<()> {
    if !(options.far > 0.0 && options.far < 1.0) {
        bail!("--far is {}, it must lie between 0 and 1", options.far);
    }
    let asked = match (&options.labels, &options.pairs) {
        (Some(labels), _) => by_labels(labels)?,
        (None, Some(pairs)) => by_pairs(pairs)?,
        (None, None) => bail!("--labels or --pairs is needed"),
    };
    let mut faces = Faces::open(&options.nets)?;
    let templates: Vec<_> = asked.files.iter().map(|file| faces.template(file).cloned()).collect();
    let missing = templates.iter().filter(|template| template.is_none()).count();
    let score = |a: usize, b: usize| templates[a].as_ref()?.similarity(templates[b].as_ref()?);
    let pairs = asked.pairs.iter().map(|(a, b)| Pair {
        score: score(*a, *b).unwrap_or(f32::NEG_INFINITY),
        people: [asked.person[*a], asked.person[*b]],
    });
    let roc = Roc::new(pairs.collect(), asked.people).context("both genuine and impostor pairs are needed")?;
    let (genuine, impostors) = roc.counts();
    let curve = roc.points(&rates(impostors), SEED);
    let mut marks = vec![0.001, 0.01];
    if !marks.contains(&options.far) {
        marks.push(options.far);
        marks.sort_by(f64::total_cmp);
    }
    let marked = roc.points(&marks, SEED);
    let chosen = marked.iter().find(|p| p.far == options.far).context("the chosen rate was not measured")?;

    std::fs::create_dir_all(&options.out).with_context(|| format!("making {}", options.out.display()))?;
    let write = |name: &str, text: String| {
        let path = options.out.join(name);
        std::fs::write(&path, text).with_context(|| format!("writing {}", path.display()))
    };
    let (detector, embedder) = faces.names();
    let people = roc.impostor_people();
    let title = format!(
        "{embedder} behind {detector}: {genuine} genuine pairs, {impostors} impostor pairs of {people} people ({})",
        options.kind
    );
    write("roc.csv", table(&curve))?;
    write("roc.svg", roc_picture::svg(&title, &curve, &marked))?;
    let calibration = Calibration {
        detector,
        method: METHOD.to_owned(),
        threshold: chosen.threshold,
        far: options.far,
        interval: chosen.threshold_interval,
        impostors: impostors as u64,
        identities: people as u64,
        kind: options.kind.clone(),
        date: SystemClock::new().now().to_rfc3339().chars().take(10).collect(),
        by: options.by.clone(),
    };
    let mut out = std::io::stdout().lock();
    writeln!(out, "{title}; {missing} pictures without a face")?;
    for p in &marked {
        writeln!(out, "{}", line(p))?;
    }
    let faults = calibration.faults();
    if !faults.is_empty() {
        bail!("the ROC is written, but this is no calibration: {}", faults.join("; "));
    }
    write("calibration.toml", block(&embedder, &calibration))?;
    Ok(())
}

/// Every pair of the pictures of a table.
fn by_labels(path: &Path) -> anyhow::Result<Asked> {
    let table = Table::read(path, &["file", "label"]).or_else(|_| Table::read(path, &["file", "person"]))?;
    let mut people: HashMap<&str, usize> = HashMap::new();
    let mut person = Vec::new();
    for row in &table.rows {
        let next = people.len();
        person.push(*people.entry(&row[1]).or_insert(next));
    }
    let files: Vec<_> = table.rows.iter().map(|row| table.place(&row[0])).collect();
    let pairs = (0..files.len()).flat_map(|a| (a + 1..files.len()).map(move |b| (a, b))).collect();
    Ok(Asked { people: people.len(), files, person, pairs })
}

/// The pairs of a table. Pictures that hang together by genuine pairs are one person's.
fn by_pairs(path: &Path) -> anyhow::Result<Asked> {
    let table = Table::read(path, &["file_a", "file_b", "same"])?;
    let mut places: HashMap<&str, usize> = HashMap::new();
    let mut files = Vec::new();
    let mut pairs = Vec::new();
    let mut same = Vec::new();
    for row in &table.rows {
        let mut place = |file| {
            *places.entry(file).or_insert_with(|| {
                files.push(table.place(file));
                files.len() - 1
            })
        };
        pairs.push((place(&row[0]), place(&row[1])));
        same.push(match row[2].trim() {
            "1" | "true" => true,
            "0" | "false" => false,
            other => bail!("{}: same is {other:?}, it must be 1 or 0", path.display()),
        });
    }
    // Each picture points at another of the same person, or at itself.
    let mut head: Vec<usize> = (0..files.len()).collect();
    fn top(head: &[usize], mut at: usize) -> usize {
        while head[at] != at {
            at = head[at];
        }
        at
    }
    for ((a, b), _) in pairs.iter().zip(&same).filter(|(_, same)| **same) {
        let (a, b) = (top(&head, *a), top(&head, *b));
        head[a.max(b)] = a.min(b);
    }
    let heads: Vec<usize> = (0..files.len()).map(|at| top(&head, at)).collect();
    let mut people: HashMap<usize, usize> = HashMap::new();
    let mut person = Vec::new();
    for head in &heads {
        let next = people.len();
        person.push(*people.entry(*head).or_insert(next));
    }
    for ((a, b), same) in pairs.iter().zip(&same) {
        if !same && person[*a] == person[*b] {
            bail!("{}: two pictures are one person's by some pairs and two people's by another", path.display());
        }
    }
    Ok(Asked { people: people.len(), files, person, pairs })
}

/// Rates from the smallest that so many impostors can show, to 1.
fn rates(impostors: usize) -> Vec<f64> {
    let lowest = (1.0 / impostors as f64).log10();
    let steps = (-lowest * f64::from(PER_DECADE)).ceil().max(1.0) as u32;
    (0..=steps).map(|step| 10f64.powf(lowest * (1.0 - f64::from(step) / f64::from(steps)))).collect()
}

fn table(curve: &[Point]) -> String {
    let mut out = "far,threshold,threshold_low,threshold_high,tar,tar_low,tar_high\n".to_owned();
    for p in curve {
        let ([low, high], [worst, best]) = (p.threshold_interval, p.tar_interval);
        // Writing into a String does not fail.
        let _ = writeln!(out, "{:.6},{:.5},{low:.5},{high:.5},{:.5},{worst:.5},{best:.5}", p.far, p.threshold, p.tar);
    }
    out
}

fn line(p: &Point) -> String {
    format!(
        "FAR {}: threshold {:.4} (95 %: {:.4}–{:.4}), TAR {:.1} % (95 %: {:.1}–{:.1})",
        p.far,
        p.threshold,
        p.threshold_interval[0],
        p.threshold_interval[1],
        p.tar * 100.0,
        p.tar_interval[0] * 100.0,
        p.tar_interval[1] * 100.0
    )
}

/// For `models/manifest.toml`, below the embedder's candidate.
fn block(embedder: &str, c: &Calibration) -> String {
    let text = |text: &str| toml::Value::from(text).to_string();
    format!(
        "# Below the candidate {embedder}.\n[[candidate.calibration]]\ndetector = {}\nmethod = {}\nthreshold = {:.4}\nfar = {}\n\
         interval = [{:.4}, {:.4}]\nimpostors = {}\nidentities = {}\nkind = {}\ndate = {}\nby = {}\n",
        text(&c.detector),
        text(&c.method),
        c.threshold,
        c.far,
        c.interval[0],
        c.interval[1],
        c.impostors,
        c.identities,
        text(&c.kind),
        text(&c.date),
        text(&c.by),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn who_is_one_person_follows_from_labels_or_from_genuine_pairs() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("t.csv");
        std::fs::write(&path, "file,label\na,x\nb,y\nc,x\n").unwrap();
        let asked = by_labels(&path).unwrap();
        assert_eq!((asked.people, asked.person, asked.pairs), (2, vec![0, 1, 0], vec![(0, 1), (0, 2), (1, 2)]));
        std::fs::write(&path, "file_a,file_b,same\na,b,1\nc,d,1\nb,c,1\ne,a,0\n").unwrap();
        let asked = by_pairs(&path).unwrap();
        assert_eq!((asked.people, asked.person), (2, vec![0, 0, 0, 0, 1]));
        std::fs::write(&path, "file_a,file_b,same\na,b,1\nb,a,0\n").unwrap();
        assert!(by_pairs(&path).is_err());
    }

    #[test]
    fn the_block_is_what_the_manifest_reads() {
        let calibration = Calibration {
            detector: "d".into(),
            method: "m".into(),
            threshold: 0.5,
            far: 0.001,
            interval: [0.4, 0.6],
            impostors: 13_000,
            identities: 84,
            kind: "asian".into(),
            date: "2026-11-25".into(),
            by: "somebody \"quoted\"".into(),
        };
        let read: toml::Table = toml::from_str(&block("e", &calibration)).unwrap();
        let entry = read["candidate"]["calibration"][0].clone();
        assert_eq!(entry.try_into::<Calibration>().unwrap(), calibration);
    }

    #[test]
    fn rates_rise_to_one() {
        let rates = rates(13_473);
        assert!((rates[0] - 1.0 / 13_473.0).abs() < 1e-9 && rates.is_sorted());
        assert_eq!(rates.last(), Some(&1.0));
    }
}
