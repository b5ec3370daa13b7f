//! Truth, then clip, into a folder. The truth of a clip is on disk before its first frame is drawn; a stamp keeps
//! finished work. It never touches anything but the files of its own scene.

use std::path::{Path, PathBuf};

use crate::draw::fonts::FontError;
use crate::encode::{EncodeError, Encoder};
use crate::scenes::{FPS, HEIGHT, Scene, WIDTH};
use crate::truth::{Truth, TruthError};

/// Raised whenever the drawing changes, so that old clips are drawn again.
const RENDERER: u32 = 2;

/// Why a scene could not be rendered.
#[derive(Debug, thiserror::Error)]
pub enum RenderError {
    /// A font is missing.
    #[error("laying out the scene {scene}")]
    Font {
        /// The scene.
        scene: &'static str,
        /// The cause.
        #[source]
        source: FontError,
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
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Progress {
    /// It was there already.
    Kept {
        /// The scene.
        scene: Scene,
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
    let mut stage = scene.lay_out(seed).map_err(|source| RenderError::Font { scene: name, source })?;
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
    let mut encoder = Encoder::create(&part, scene.codec(), WIDTH, HEIGHT, FPS).map_err(encode)?;
    for number in 0..truth.frames {
        encoder.push(stage.frame(number)).map_err(encode)?;
        if (number + 1) % (2 * FPS) == 0 || number + 1 == truth.frames {
            progress(Progress::Frames { scene, done: number + 1, of: truth.frames });
        }
    }
    encoder.finish().map_err(encode)?;
    std::fs::rename(&part, &clip).map_err(|e| file(&clip, e))?;
    let bytes = std::fs::metadata(&clip).map_err(|e| file(&clip, e))?.len();
    std::fs::write(&stamp_path, stamp(bytes)).map_err(|e| file(&stamp_path, e))?;
    Ok(truth)
}

/// Renders every scene, one thread each.
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
        work.into_iter().map(|w| w.join().expect("a renderer thread does not panic")).collect()
    })
}

/// A number that changes with the truth or the renderer (FNV-1a: nothing here needs to resist anybody).
fn fingerprint(truth: &Truth) -> u64 {
    let text = serde_json::to_string(truth).expect("a truth has string keys only");
    text.bytes()
        .chain(RENDERER.to_le_bytes())
        .fold(0xcbf2_9ce4_8422_2325, |h, b| (h ^ u64::from(b)).wrapping_mul(0x0100_0000_01b3))
}
