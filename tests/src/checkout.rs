//! Where the programs and clips of this checkout are. Everything is relative to the repository's root.

use std::path::{Path, PathBuf};

use anyhow::{Result, bail};

/// The repository's root.
#[must_use]
pub fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().map_or_else(|| PathBuf::from("."), Path::to_path_buf)
}

/// A program built by this workspace, beside the running one.
pub fn program(name: &str) -> Result<PathBuf> {
    let running = std::env::current_exe()?;
    // A test binary lives in target/release/deps, a program in target/release.
    let found = running.ancestors().skip(1).take(2).map(|dir| dir.join(name)).find(|path| path.is_file());
    match found {
        Some(path) => Ok(path),
        None => bail!("{name} is not built: run ./setup first"),
    }
}

/// The rendered sample clips.
#[must_use]
pub fn clips() -> PathBuf {
    root().join(".demo/clips")
}

/// The models as `models/pull` left them.
#[must_use]
pub fn models() -> PathBuf {
    root().join("models")
}
