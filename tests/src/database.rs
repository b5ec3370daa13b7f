//! A PostgreSQL server of our own, which may be killed without harm to other tests.

use std::path::{Path, PathBuf};
use std::time::Duration;

use anyhow::{Context as _, Result, bail};
use rustix::process::{Pid, Signal, kill_process, test_kill_process};

use crate::checkout::root;
use crate::process::{run, until};

/// A running server. It is stopped when this is dropped.
#[derive(Debug)]
pub struct Postgres {
    dir: PathBuf,
    url: String,
}

impl Postgres {
    /// Makes and starts a server in a folder of its own below `dir`.
    pub fn start(dir: &Path) -> Result<Self> {
        let dir = dir.join("postgres");
        let printed = run(&script(), &["start", &dir.to_string_lossy()])?;
        Ok(Self { dir, url: printed.trim().to_owned() })
    }

    /// Address of its one database.
    #[must_use]
    pub fn url(&self) -> &str {
        &self.url
    }

    /// `kill -9` to the server and everything it started, and waits until they are gone.
    pub fn kill(&self) -> Result<()> {
        let postmaster = self.postmaster()?;
        let children = std::fs::read_to_string(format!("/proc/{postmaster}/task/{postmaster}/children"))
            .context("asking for the server's processes")?;
        let mut all = vec![postmaster];
        for child in children.split_whitespace() {
            all.push(child.parse().context("process ids are numbers")?);
        }
        for id in &all {
            match kill_process(pid(*id)?, Signal::KILL) {
                Ok(()) | Err(rustix::io::Errno::SRCH) => {}
                Err(error) => return Err(error).context("killing PostgreSQL"),
            }
        }
        until("PostgreSQL's processes to be gone", Duration::from_secs(20), || {
            let dead = |id: &i32| pid(*id).map_or(true, |p| test_kill_process(p).is_err()) || is_zombie(*id);
            Ok(all.iter().all(dead).then_some(()))
        })?;
        // A zombie nobody has reaped yet still answers to its id, and PostgreSQL would take it for a running server.
        std::fs::remove_file(self.dir.join("data/postmaster.pid")).context("clearing the way for PostgreSQL")
    }

    /// Starts it again on its port; it recovers by itself.
    pub fn start_again(&self) -> Result<()> {
        run(&script(), &["again", &self.dir.to_string_lossy()]).map(drop)
    }

    fn postmaster(&self) -> Result<i32> {
        let file = self.dir.join("data/postmaster.pid");
        let text = std::fs::read_to_string(&file).with_context(|| format!("reading {}", file.display()))?;
        let Some(id) = text.lines().next().and_then(|line| line.trim().parse().ok()) else {
            bail!("{} holds no process id", file.display());
        };
        Ok(id)
    }
}

impl Drop for Postgres {
    fn drop(&mut self) {
        // It may be stopped already; nothing more can be done about it here.
        let _ = run(&script(), &["stop", &self.dir.to_string_lossy()]);
    }
}

fn script() -> PathBuf {
    root().join("central/tests/postgres.sh")
}

fn pid(id: i32) -> Result<Pid> {
    Pid::from_raw(id).context("process ids are not 0")
}

fn is_zombie(id: i32) -> bool {
    std::fs::read_to_string(format!("/proc/{id}/stat")).is_ok_and(|stat| stat.contains(") Z "))
}
