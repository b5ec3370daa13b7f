//! Truth, then clip, into a folder. The truth of a clip is on disk before its first frame is drawn; a stamp keeps
//! finished work. It never touches anything but the files of its own scene.

use std::path::{Path, PathBuf};

use crate::encode::{EncodeError, Encoder};
use crate::scenes::{HEIGHT, PortraitError, Scene, SceneError, WIDTH};
use crate::truth::{Truth, TruthError};

/// Raised whenever the drawing changes, so that old clips are drawn again.
const RENDERER: u32 = 2;

/// Why a scene could not be rendered.
#[derive(Debug, thiserror::Error)]
pub enum RenderError {
    /// A font or a picture is missing.
    #[error("laying out the scene {scene}")]
    LayOut {
        /// The scene.
        scene: &'static str,
        /// The cause.
        #[source]
        source: SceneError,
    },
    /// The truth cannot be kept.
    #[error("keeping the truth of the scene {scene}")]
    Truth {
        /// The scene.
        scene: &'static str,
        /// The cause.
        #[source]
        source: TruthError,
    },
    /// The clip cannot be encoded.
    #[error("encoding the scene {scene}")]
    Encode {
        /// The scene.
        scene: &'static str,
        /// The cause.
        #[source]
        source: EncodeError,
    },
    /// A file or folder cannot be written.
    #[error("writing {path}", path = path.display())]
    File {
        /// The file.
        path: PathBuf,
        /// The cause.
        #[source]
        source: std::io::Error,
    },
}

/// How far a scene is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Progress {
    /// It was there already.
    Kept {
        /// The scene.
        scene: Scene,
    },
    /// It is left out, because the portrait it needs is not at hand.
    LeftOut {
        /// The scene.
        scene: Scene,
        /// Why, in a sentence.
        why: String,
    },
    /// Frames done.
    Frames {
        /// The scene.
        scene: Scene,
        /// So many are done.
        done: u32,
        /// Of so many.
        of: u32,
    },
}

/// Where the clip of a camera lies in a folder.
#[must_use]
pub fn clip_path(dir: &Path, camera: &str) -> PathBuf {
    dir.join(format!("{camera}.mkv"))
}

/// Renders one scene into a folder unless its finished work is there, and returns its truth. Another seed than the
/// scene's own gives another cast; one folder holds one seed.
///
/// # Errors
/// A font or an encoder is missing, or the folder cannot be written.
pub fn render(
    scene: Scene,
    seed: Option<u64>,
    dir: &Path,
    progress: &(dyn Fn(Progress) + Sync),
) -> Result<Truth, RenderError> {
    let name = scene.name();
    let mut stage = scene.lay_out(seed).map_err(|source| RenderError::LayOut { scene: name, source })?;
    let truth = stage.truth().clone();
    let clip = clip_path(dir, scene.camera());
    let stamp_path = dir.join(format!("{}.stamp", scene.camera()));
    let stamp = |bytes: u64| format!("{:016x} {bytes}\n", fingerprint(&truth));
    let file = |path: &Path, source| RenderError::File { path: path.to_owned(), source };
    std::fs::create_dir_all(dir).map_err(|e| file(dir, e))?;
    let there = std::fs::metadata(&clip)
        .is_ok_and(|m| std::fs::read_to_string(&stamp_path).is_ok_and(|text| text == stamp(m.len())));
    if there && Truth::read(dir, scene.camera()).is_ok_and(|old| old == truth) {
        progress(Progress::Kept { scene });
        return Ok(truth);
    }
    truth.write(dir).map_err(|source| RenderError::Truth { scene: name, source })?;
    let part = dir.join(format!("{}.part", scene.camera()));
    let encode = |source| RenderError::Encode { scene: name, source };
    let fps = truth.fps;
    let mut encoder = Encoder::create(&part, scene.codec(), WIDTH, HEIGHT, fps).map_err(encode)?;
    for number in 0..truth.frames {
        encoder.push(stage.frame(number)).map_err(encode)?;
        if (number + 1) % (2 * fps) == 0 || number + 1 == truth.frames {
            progress(Progress::Frames { scene, done: number + 1, of: truth.frames });
        }
    }
    encoder.finish().map_err(encode)?;
    std::fs::rename(&part, &clip).map_err(|e| file(&clip, e))?;
    let bytes = std::fs::metadata(&clip).map_err(|e| file(&clip, e))?.len();
    std::fs::write(&stamp_path, stamp(bytes)).map_err(|e| file(&stamp_path, e))?;
    Ok(truth)
}

/// Renders every scene, one thread each. The gates are left out, and said to be, where their portrait is not at hand;
/// what an earlier run left of them goes, so that nobody serves a gate that nobody can be enrolled for.
///
/// # Errors
/// The first scene that failed says why.
pub fn render_all(
    seed: Option<u64>,
    dir: &Path,
    progress: &(dyn Fn(Progress) + Sync),
) -> Result<Vec<Truth>, RenderError> {
    std::thread::scope(|scope| {
        let work: Vec<_> =
            Scene::ALL.into_iter().map(|scene| scope.spawn(move || render(scene, seed, dir, progress))).collect();
        let done = Scene::ALL.into_iter().zip(work);
        let done = done.map(|(scene, w)| (scene, w.join().expect("a renderer thread does not panic")));
        done.filter_map(|(scene, outcome)| settled(scene, outcome, dir, progress)).collect()
    })
}

/// What a scene comes to: nothing, where it is left out.
fn settled(
    scene: Scene,
    outcome: Result<Truth, RenderError>,
    dir: &Path,
    progress: &(dyn Fn(Progress) + Sync),
) -> Option<Result<Truth, RenderError>> {
    match outcome {
        Err(RenderError::LayOut {
            source: SceneError::Portrait(why @ (PortraitError::Missing | PortraitError::Another { .. })),
            ..
        }) => {
            progress(Progress::LeftOut { scene, why: why.to_string() });
            clear_away(scene, dir).err().map(Err)
        }
        outcome => Some(outcome),
    }
}

/// Removes what is there of a scene.
fn clear_away(scene: Scene, dir: &Path) -> Result<(), RenderError> {
    let camera = scene.camera();
    for path in [Truth::path(dir, camera), clip_path(dir, camera), dir.join(format!("{camera}.stamp"))] {
        match std::fs::remove_file(&path) {
            Err(source) if source.kind() != std::io::ErrorKind::NotFound => {
                return Err(RenderError::File { path, source });
            }
            _ => {}
        }
    }
    Ok(())
}

/// A number that changes with the truth or the renderer (FNV-1a: nothing here needs to resist anybody).
fn fingerprint(truth: &Truth) -> u64 {
    let text = serde_json::to_string(truth).expect("a truth has string keys only");
    text.bytes()
        .chain(RENDERER.to_le_bytes())
        .fold(0xcbf2_9ce4_8422_2325, |h, b| (h ^ u64::from(b)).wrapping_mul(0x0100_0000_01b3))
}

#[cfg(test)]
mod tests {
    use std::sync::Mutex;

    use super::*;

    #[test]
    fn a_gate_without_its_portrait_is_left_out_with_a_sentence_and_nothing_stays_of_it() {
        let dir = tempfile::tempdir().unwrap();
        let said = Mutex::new(Vec::new());
        let note = |p: Progress| said.lock().unwrap().push(p);
        std::fs::write(clip_path(dir.path(), "gate-1"), "an old clip").unwrap();
        std::fs::write(clip_path(dir.path(), "road-1"), "another's clip").unwrap();
        let missing = || RenderError::LayOut { scene: "gate", source: PortraitError::Missing.into() };
        assert!(settled(Scene::Gate, Err(missing()), dir.path(), &note).is_none());
        assert!(!clip_path(dir.path(), "gate-1").exists() && clip_path(dir.path(), "road-1").exists());
        let said = said.lock().unwrap();
        let [Progress::LeftOut { scene: Scene::Gate, why }] = said.as_slice() else { panic!("{said:?}") };
        assert!(why.contains("models/pull"), "{why}");
    }
}
