//! A throw-away PostgreSQL of the run's own, by the script the tests use. Its settings are PostgreSQL's own: a commit is on
//! disk when it is answered.

use std::path::PathBuf;

use anyhow::{Context as _, Result};
use stage::checkout::root;
use stage::process::run;

/// A running cluster; stopped and removed when dropped.
#[derive(Debug)]
pub(crate) struct Cluster {
    folder: tempfile::TempDir,
    url: String,
}

fn script() -> PathBuf {
    root().join("central/tests/postgres.sh")
}

impl Cluster {
    /// Makes and starts one.
    pub(crate) fn start(name: &str) -> Result<Self> {
        use std::os::unix::fs::PermissionsExt as _;
        let folder = tempfile::Builder::new().prefix(&format!("bench-{name}-")).tempdir_in("/tmp")?;
        // The server's own user must be able to walk in.
        std::fs::set_permissions(folder.path(), std::fs::Permissions::from_mode(0o755))?;
        let cluster = folder.path().join("cluster");
        let printed = run(&script(), &["start", &cluster.to_string_lossy()]).context("starting PostgreSQL")?;
        Ok(Self { folder, url: printed.trim().to_owned() })
    }

    /// Its address.
    pub(crate) fn url(&self) -> &str {
        &self.url
    }
}

impl Drop for Cluster {
    fn drop(&mut self) {
        let _ = run(&script(), &["stop", &self.folder.path().join("cluster").to_string_lossy()]);
    }
}
