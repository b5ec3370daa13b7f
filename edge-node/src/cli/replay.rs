//! `edge-node replay`: a file through the same pipeline as a camera, as fast as it goes. Time comes from the file, ids and
//! the signing key from its SHA-256: two runs give the same bytes. Nothing is sent, no gallery is loaded.

use std::fs::File;
use std::io::{self, BufWriter, Read as _, Write as _};
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::Arc;

use anyhow::{Context as _, bail};
use contract::clock::UtcMicros;
use contract::ids::{LogId, SeededIds};
use contract::signature::{Sha256, Sha256Sum, SigningKey};

use crate::config::Config;
use crate::events::{EventDraft, Minter};
use crate::pipeline::replay::{Recording, replay};
use crate::telemetry;

/// Arguments of `edge-node replay`.
#[derive(Debug, clap::Args)]
pub(super) struct Replay {
    /// Settings file with the camera
    #[arg(long, value_name = "FILE", default_value = "edge-node.toml")]
    config: PathBuf,
    /// Name of the camera in the settings file
    #[arg(long)]
    camera: String,
    /// Clip to analyse
    #[arg(long)]
    file: PathBuf,
    /// Where events go, one JSON object a line; standard output when absent
    #[arg(long, value_name = "OUT")]
    events: Option<PathBuf>,
    /// Moment of the first frame, RFC 3339
    #[arg(long, default_value = "2026-01-01T00:00:00Z")]
    start: String,
}

pub(super) fn run(args: &Replay) -> anyhow::Result<ExitCode> {
    let config = Config::read_beside(&args.config)?;
    telemetry::start_logging(&config.telemetry)?;
    crate::picture::work_on_one_thread().context("telling OpenCV to work on one thread")?;
    let Some(spec) = config.cameras.iter().find(|c| c.name.as_str() == args.camera) else {
        bail!("{} has no camera {}", args.config.display(), args.camera);
    };
    let Some(start) = UtcMicros::from_rfc3339(&args.start) else {
        bail!("--start {} is not RFC 3339, such as 2026-01-01T00:00:00Z", args.start);
    };
    if !matches!(spec.decoder.as_str(), "auto" | "software") {
        tracing::warn!(camera.id = %spec.name, "a file is not decoded by {}, which is for the camera's stream", spec.decoder);
    }
    let seed = hash_of(&args.file).with_context(|| format!("reading {}", args.file.display()))?;

    let mut out: Box<dyn std::io::Write> = match &args.events {
        Some(path) => {
            Box::new(BufWriter::new(File::create(path).with_context(|| format!("making {}", path.display()))?))
        }
        None => Box::new(std::io::stdout().lock()),
    };
    let minter = Minter::new(SigningKey::from_seed(seed.0), Arc::new(SeededIds::new(seed.0)));
    let log_id: LogId = minter.new_log_id(start);
    let mut seq = 0;
    let mut write = |draft: EventDraft| -> anyhow::Result<()> {
        seq += 1;
        let at = draft.captured.captured_at;
        let minted = minter.mint(draft, log_id, seq, at)?;
        out.write_all(&minted.bytes)?;
        Ok(out.write_all(b"\n")?)
    };
    let recording = Recording { file: &args.file, start, seed: seed.0 };
    let summary = replay(&config, spec, &recording, &mut write)?;
    out.flush()?;
    tracing::info!(
        camera.id = %spec.name, frames = summary.frames, events = seq,
        "{} frames of {} gave {seq} events", summary.frames, args.file.display()
    );
    Ok(ExitCode::SUCCESS)
}

/// The hash of a file, read piece by piece: a clip may be larger than the machine's memory.
fn hash_of(path: &Path) -> io::Result<Sha256> {
    let mut file = File::open(path)?;
    let mut sum = Sha256Sum::default();
    let mut piece = vec![0; 1 << 20];
    loop {
        match file.read(&mut piece)? {
            0 => return Ok(sum.finish()),
            read => sum.add(&piece[..read]),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_has_the_same_hash_in_pieces() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("clip");
        for length in [0, 1, (1 << 20) - 1, 1 << 20, (1 << 21) + 7] {
            let bytes: Vec<u8> = (0..length).map(|i| (i % 251) as u8).collect();
            std::fs::write(&path, &bytes).unwrap();
            assert_eq!(hash_of(&path).unwrap(), Sha256::of(&bytes));
        }
    }
}
