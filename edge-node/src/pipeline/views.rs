//! What each camera's view looks like, kept in the data folder over restarts, so that a camera turned while the node was off is
//! noticed. It holds edges, never a picture, and what cannot be kept or read is only learned anew.

use std::path::{Path, PathBuf};

use contract::bundle::{CameraSpec, LineSpec, WrongWayRule};
use contract::clock::{MINUTE_US, UtcMicros};
use contract::signature::Sha256;
use serde::{Deserialize, Serialize};

use crate::activity::KnownView;
use crate::evidence::{private_file, private_folder};

/// Within so long the light of a view stays what it was.
const RECENT_US: i64 = 15 * MINUTE_US;

/// The file of one camera.
#[derive(Debug, Clone)]
pub struct ViewKeeper {
    file: PathBuf,
    set_up: Sha256,
}

#[derive(Serialize, Deserialize)]
struct Kept {
    /// What the view was set up for: another set-up has another view.
    set_up: Sha256,
    seen_at: UtcMicros,
    edges: KnownView,
}

impl ViewKeeper {
    /// For this camera with its lines and rules.
    #[must_use]
    pub fn new(data_dir: &Path, spec: &CameraSpec, lines: &[LineSpec], rules: &[WrongWayRule]) -> Self {
        let lines: Vec<_> = lines.iter().filter(|l| l.camera == spec.name).map(|l| (&l.name, l.segment)).collect();
        let rules: Vec<_> = rules.iter().filter(|r| r.camera == spec.name).map(|r| (&r.name, &r.line)).collect();
        let text =
            serde_json::to_vec(&(&spec.uri, spec.view_revision, lines, rules)).expect("settings have string keys only");
        Self { file: data_dir.join("views").join(format!("{}.json", spec.name)), set_up: Sha256::of(&text) }
    }

    /// What was kept of this very set-up, and whether that is so short a while ago that the light is the same.
    #[must_use]
    pub fn load(&self, now: UtcMicros) -> Option<(KnownView, bool)> {
        let bytes = std::fs::read(&self.file).ok()?;
        let kept: Kept = serde_json::from_slice(&bytes).ok().filter(|kept: &Kept| kept.set_up == self.set_up)?;
        Some((kept.edges, (0..RECENT_US).contains(&now.since_us(kept.seen_at))))
    }

    /// Keeps a view.
    pub fn save(&self, edges: KnownView, now: UtcMicros) -> std::io::Result<()> {
        let kept = Kept { set_up: self.set_up, seen_at: now, edges };
        private_folder(self.file.parent().unwrap_or(Path::new(".")))?;
        private_file(&self.file, &serde_json::to_vec(&kept).map_err(std::io::Error::other)?)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn camera(change: impl FnOnce(&mut serde_json::Value)) -> CameraSpec {
        let mut spec = serde_json::json!({
            "name": "c1", "title": "Máy quay 1", "controller": "office", "purpose": "traffic", "uri": "test:"
        });
        change(&mut spec);
        serde_json::from_value(spec).unwrap()
    }

    #[test]
    fn a_view_is_found_again_for_the_same_set_up_only() {
        let dir = tempfile::tempdir().unwrap();
        let edges: KnownView = serde_json::from_value("012".into()).unwrap();
        let keeper = |spec: &CameraSpec| ViewKeeper::new(dir.path(), spec, &[], &[]);
        let here = keeper(&camera(|_| ()));
        assert_eq!(here.load(UtcMicros(0)), None);
        here.save(edges.clone(), UtcMicros(0)).unwrap();
        assert_eq!(here.load(UtcMicros(MINUTE_US)), Some((edges.clone(), true)));
        assert_eq!(here.load(UtcMicros(RECENT_US)), Some((edges.clone(), false)));
        assert_eq!(here.load(UtcMicros(-1)), Some((edges.clone(), false)), "a clock set back tells nothing");
        assert!(keeper(&camera(|spec| spec["title"] = "Cổng".into())).load(UtcMicros(0)).is_some(), "a new title");
        assert_eq!(keeper(&camera(|spec| spec["uri"] = "test:snow".into())).load(UtcMicros(0)), None);
        assert_eq!(keeper(&camera(|spec| spec["view_revision"] = 1.into())).load(UtcMicros(0)), None);
        std::fs::write(dir.path().join("views/c1.json"), b"torn").unwrap();
        assert_eq!(here.load(UtcMicros(0)), None, "a torn file is no view");
    }
}
