//! A file through the pipeline: frames in order, none dropped, plates read at once within the same budget of reads a
//! second as live (of the file's time). Gives the same events every time.

use std::path::Path;
use std::sync::Arc;

use anyhow::{Context as _, Result};
use contract::bundle::CameraSpec;
use contract::clock::UtcMicros;
use contract::ids::{BootId, IdSource as _, NodeAddress, SeededIds};

use super::analysis::{CameraAnalysis, Parts};
use super::effort::{Effort, EffortReport};
use super::nets::{Nets, config_sha};
use super::reading::read_one;
use crate::camera::replay::Replay;
use crate::config::Config;
use crate::events::{CameraContext, EventDraft, Parting};
use crate::recognition::best_shot::ReadBudget;

/// What is replayed.
#[derive(Debug, Clone, Copy)]
pub struct Recording<'a> {
    /// The clip.
    pub file: &'a Path,
    /// Moment of its first frame.
    pub start: UtcMicros,
    /// SHA-256 of the clip: everything random follows from it.
    pub seed: [u8; 32],
}

/// What a replay did.
#[derive(Debug, Clone)]
pub struct ReplaySummary {
    /// Frames analysed.
    pub frames: u64,
    /// CPU time by stage.
    pub effort: EffortReport,
}

/// Runs a file through the analysis of `spec`, with the lines and rules of `config`; every event goes to `write`.
pub fn replay(
    config: &Config,
    spec: &CameraSpec,
    recording: &Recording<'_>,
    write: &mut dyn FnMut(EventDraft) -> Result<()>,
) -> Result<ReplaySummary> {
    let effort = Arc::new(Effort::default());
    let mut nets = Nets::open(config.models.dir.as_deref(), spec.purpose)?;
    // The ids of passages follow from the clip too, but are other ones than those of its events.
    let mut seed = recording.seed;
    seed[0] ^= 0xff;
    let ids = Arc::new(SeededIds::new(seed));
    let here = || -> Result<NodeAddress> { Ok("replay/replay".parse()?) };
    let context = CameraContext {
        node: config.stand_alone.clone().map_or_else(here, Ok)?,
        camera: spec.name.clone(),
        controller: spec.controller.clone(),
        purpose: spec.purpose,
        boot_id: BootId(ids.next(recording.start)),
        models: nets.models(),
        config_sha: config_sha(spec, &config.rules()),
        bundle_revisions: contract::event::BundleRevisions::default(),
        shadow: false,
        replayed: true,
    };
    let parts = Parts {
        evidence: None,
        jpeg_quality: config.evidence.jpeg_quality,
        effort: Arc::clone(&effort),
        ids,
        ways: None,
        second_opinion: nets.has_second_opinion(),
    };
    let mut analysis = CameraAnalysis::new(spec.clone(), &config.lines, &config.wrong_way, context, parts);
    let mut budget = ReadBudget::new(config.models.reads_per_second);
    let mut frames = Replay::open(spec, recording.file, recording.start)
        .with_context(|| format!("opening {}", recording.file.display()))?;
    while let Some(frame) = frames.next_frame().with_context(|| format!("reading {}", recording.file.display()))? {
        analysis.step(&frame, nets.detector())?.into_iter().try_for_each(&mut *write)?;
        while analysis.wants_reading() && budget.spend(frame.time.monotonic_us) {
            let Some(request) = analysis.next_to_read() else { break };
            let Some(reader) = nets.reader() else {
                analysis.not_read(crate::tracking::TrackId(request.shot.track));
                break;
            };
            analysis.read(read_one(reader, request, &effort))?;
        }
    }
    if let Some(last) = analysis.last_time() {
        analysis.close(Parting::StreamLost, last).into_iter().try_for_each(&mut *write)?;
    }
    Ok(ReplaySummary { frames: analysis.frames(), effort: effort.report() })
}
