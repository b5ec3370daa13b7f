//! Where the time goes: per stage the CPU time of the calling thread, in which waiting costs nothing and a busy neighbour does
//! not count, and beside it the time that passed. It measures and never decides. Each reading also tells the metrics.

use std::collections::BTreeMap;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Instant;

use rustix::time::{ClockId, Timespec, clock_gettime};
use serde::Serialize;

use crate::telemetry;

/// The stages that are measured. Decoding, scaling in GStreamer and transport run on threads of their own: they are
/// what remains of the process's CPU time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stage {
    /// Planes → grey or BGR pictures of the size a stage wants.
    Scaling,
    /// Background, view check.
    Activity,
    /// Motion blobs and detector nets.
    Detection,
    /// Association.
    Tracking,
    /// Lines, buckets, violations.
    Rules,
    /// Choosing best shots, voting.
    BestShot,
    /// Faces before a gate and their landmarks.
    Faces,
    /// Templates of faces, and the check for pictures of faces.
    Embedding,
    /// Codes that are shown to a gate.
    Passes,
    /// Text detection and reading.
    PlateReading,
    /// JPEG, hash, disk.
    Evidence,
    /// Making events.
    Events,
}

const STAGES: [(Stage, &str); 12] = [
    (Stage::Scaling, "scaling"),
    (Stage::Activity, "activity"),
    (Stage::Detection, "detection"),
    (Stage::Tracking, "tracking"),
    (Stage::Rules, "rules"),
    (Stage::BestShot, "best_shot"),
    (Stage::Faces, "faces"),
    (Stage::Embedding, "embedding"),
    (Stage::Passes, "passes"),
    (Stage::PlateReading, "plate_reading"),
    (Stage::Evidence, "evidence"),
    (Stage::Events, "events"),
];

/// CPU time by stage since the process started.
#[derive(Debug, Default)]
pub struct Effort {
    used_ns: [AtomicU64; STAGES.len()],
    passed_ns: [AtomicU64; STAGES.len()],
    calls: [AtomicU64; STAGES.len()],
}

/// A reading of [`Effort`].
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct EffortReport {
    /// CPU seconds of the whole process.
    pub process_cpu_s: f64,
    /// CPU seconds by stage; `decode_and_transport` is what the process used besides the measured stages.
    pub cpu_s: BTreeMap<String, f64>,
    /// Seconds that passed in each stage, all cameras together; there is none for `decode_and_transport`, which never rests.
    pub wall_s: BTreeMap<String, f64>,
    /// Calls by stage.
    pub calls: BTreeMap<String, u64>,
}

impl Effort {
    /// Runs `work` and books its CPU time on `stage`.
    pub fn measure<T>(&self, stage: Stage, work: impl FnOnce() -> T) -> T {
        let (began, before) = (Instant::now(), nanoseconds(clock_gettime(ClockId::ThreadCPUTime)));
        let result = work();
        let used = nanoseconds(clock_gettime(ClockId::ThreadCPUTime)).saturating_sub(before);
        let index = stage as usize;
        self.used_ns[index].fetch_add(used, Ordering::Relaxed);
        let passed = u64::try_from(began.elapsed().as_nanos()).unwrap_or(u64::MAX);
        self.passed_ns[index].fetch_add(passed, Ordering::Relaxed);
        self.calls[index].fetch_add(1, Ordering::Relaxed);
        result
    }

    /// The reading at this moment.
    #[must_use]
    pub fn report(&self) -> EffortReport {
        let seconds = |ns: u64| (ns as f64 / 1e9 * 1000.0).round() / 1000.0;
        let process = nanoseconds(clock_gettime(ClockId::ProcessCPUTime));
        let mut cpu_s = BTreeMap::new();
        let (mut wall_s, mut calls) = (BTreeMap::new(), BTreeMap::new());
        let mut measured = 0;
        for (stage, name) in STAGES {
            let used = self.used_ns[stage as usize].load(Ordering::Relaxed);
            measured += used;
            metrics::counter!(telemetry::PIPELINE_STAGE_CPU_MICROS_TOTAL, "stage" => name).absolute(used / 1000);
            cpu_s.insert(name.to_owned(), seconds(used));
            wall_s.insert(name.to_owned(), seconds(self.passed_ns[stage as usize].load(Ordering::Relaxed)));
            calls.insert(name.to_owned(), self.calls[stage as usize].load(Ordering::Relaxed));
        }
        let rest = process.saturating_sub(measured);
        metrics::counter!(telemetry::PIPELINE_STAGE_CPU_MICROS_TOTAL, "stage" => "decode_and_transport")
            .absolute(rest / 1000);
        cpu_s.insert("decode_and_transport".to_owned(), seconds(rest));
        EffortReport { process_cpu_s: seconds(process), cpu_s, wall_s, calls }
    }
}

fn nanoseconds(time: Timespec) -> u64 {
    u64::try_from(time.tv_sec).unwrap_or(0) * 1_000_000_000 + u64::try_from(time.tv_nsec).unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn work_is_booked_on_its_stage_and_waiting_is_not() {
        let effort = Effort::default();
        let sum = effort.measure(Stage::Rules, || (0..3_000_000u64).fold(0, |a, b| std::hint::black_box(a ^ b)));
        std::hint::black_box(sum);
        effort.measure(Stage::Events, || std::thread::park_timeout(std::time::Duration::from_millis(50)));
        let report = effort.report();
        assert!(report.cpu_s["rules"] > 0.0);
        assert!(report.cpu_s["events"] < 0.04 && report.wall_s["events"] >= 0.04, "{report:?}");
        assert_eq!((report.calls["rules"], report.calls["tracking"]), (1, 0));
        assert!(report.process_cpu_s >= report.cpu_s["rules"]);
    }

    #[test]
    fn the_table_is_in_the_order_of_the_stages() {
        for (index, (stage, _)) in STAGES.into_iter().enumerate() {
            assert_eq!(stage as usize, index);
        }
    }
}
