//! `bench-gallery`: how much CPU time one exact search takes on one core, on templates that `gallery.py` made up, beside another
//! program on the same numbers. Reads two files of little-endian `f32`s, prints JSON; no face is involved.

use std::io::Write as _;
use std::path::{Path, PathBuf};

use anyhow::{Context as _, bail};
use clap::Parser;
use contract::ids::EnrolmentId;
use contract::signature::Sha256;
use edge_node::gallery::search::FaceIndex;
use edge_node::recognition::face_template::{FaceTemplate, Measure};
use rustix::time::{ClockId, clock_gettime};
use uuid::Uuid;

/// Searches a gallery of made-up templates.
#[derive(Debug, Parser)]
struct Arguments {
    /// Templates, one after the other, as little-endian f32
    #[arg(long)]
    gallery: PathBuf,
    /// What is searched for, likewise
    #[arg(long)]
    probes: PathBuf,
    /// Numbers in a template
    #[arg(long, default_value_t = 256)]
    width: usize,
    /// By distance instead of by angle
    #[arg(long)]
    euclidean: bool,
}

fn main() -> anyhow::Result<()> {
    let arguments = Arguments::parse();
    let measure = if arguments.euclidean { Measure::Euclidean } else { Measure::Cosine };
    let gallery = templates(&arguments.gallery, arguments.width, measure)?;
    let probes = templates(&arguments.probes, arguments.width, measure)?;
    let entries = gallery.into_iter().enumerate();
    let entries = entries.map(|(place, template)| (EnrolmentId(Uuid::from_u128(place as u128)), template)).collect();
    let index = FaceIndex::new(entries)?.context("the gallery is empty")?;
    let (mut times, mut best) = (Vec::new(), Vec::new());
    for probe in &probes {
        let start = cpu_ms();
        let found = index.search(probe).context("a probe of another embedder")?;
        times.push(cpu_ms() - start);
        best.push(found.best.enrolment.0.as_u128());
    }
    let answer = serde_json::json!({ "ms": times, "best": best });
    writeln!(std::io::stdout(), "{answer}").context("writing the times")
}

/// CPU time of this thread in milliseconds: what others do on the machine stays out of it.
fn cpu_ms() -> f64 {
    let now = clock_gettime(ClockId::ThreadCPUTime);
    now.tv_sec as f64 * 1000.0 + now.tv_nsec as f64 / 1e6
}

fn templates(path: &Path, width: usize, measure: Measure) -> anyhow::Result<Vec<FaceTemplate>> {
    let bytes = std::fs::read(path).with_context(|| format!("reading {}", path.display()))?;
    if width == 0 || bytes.len() % (4 * width) != 0 {
        bail!("{} does not hold whole templates of {width} numbers", path.display());
    }
    let embedder = Sha256::of(b"made up");
    bytes
        .chunks_exact(4 * width)
        .map(|row| {
            let (numbers, _) = row.as_chunks::<4>();
            let values = numbers.iter().map(|four| f32::from_le_bytes(*four)).collect();
            FaceTemplate::new(values, embedder, measure).context("a template without direction")
        })
        .collect()
}
