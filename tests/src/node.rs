//! The edge node as a process: enrolment, running, its ledger.

use std::path::PathBuf;
use std::time::Duration;

use anyhow::{Context as _, Result};

use crate::checkout::{models, program};
use crate::process::{Process, run};
use crate::small_disk::SmallDisk;
use crate::verdict::NodeLedger;

/// Where a node lives and how it reaches the broker.
#[derive(Debug, Clone)]
pub struct NodeSettings {
    /// Its folder; `edge-node.toml` and `data/` are made in it.
    pub dir: PathBuf,
    /// Metrics' port.
    pub telemetry_port: u16,
    /// A broker port that differs from what the centre says (a proxy).
    pub broker_port: Option<u16>,
    /// Further lines of configuration.
    pub extra: String,
    /// Its data lie on a disk of so many MiB while it runs; they are gone when it ends.
    pub disk_mib: Option<u32>,
}

/// A node, running or not.
#[derive(Debug)]
pub struct Node {
    settings: NodeSettings,
    process: Option<Process>,
}

impl Node {
    /// Makes the folder and the configuration. Starts nothing.
    pub fn prepare(settings: NodeSettings) -> Result<Self> {
        std::fs::create_dir_all(settings.dir.join("data"))
            .with_context(|| format!("making {}", settings.dir.display()))?;
        let node = Self { settings, process: None };
        std::fs::write(node.config(), node.configuration())?;
        Ok(node)
    }

    fn configuration(&self) -> String {
        let s = &self.settings;
        let mqtt = s.broker_port.map_or_else(String::new, |p| format!("\n[mqtt]\nhost = \"127.0.0.1\"\nport = {p}\n"));
        format!(
            "data_dir = {:?}\n\n[models]\ndir = {:?}\n{mqtt}\n[telemetry]\nlisten = \"127.0.0.1:{}\"\n{}",
            s.dir.join("data"),
            models(),
            s.telemetry_port,
            s.extra,
        )
    }

    /// Its configuration file.
    #[must_use]
    pub fn config(&self) -> PathBuf {
        self.settings.dir.join("edge-node.toml")
    }

    /// Its data folder.
    #[must_use]
    pub fn data(&self) -> PathBuf {
        self.settings.dir.join("data")
    }

    /// Does it have an identity already?
    #[must_use]
    pub fn enrolled(&self) -> bool {
        self.data().join("identity/node.crt").is_file()
    }

    /// Joins the centre that printed the token.
    pub fn enrol(&self, token: &str) -> Result<()> {
        self.command(&["enrol", "--token", token]).map(drop)
    }

    /// The disk it is to have of its own.
    #[must_use]
    pub fn disk(&self) -> Option<SmallDisk> {
        self.settings.disk_mib.map(|mib| SmallDisk { folder: self.data(), mib })
    }

    /// Runs one of its commands with its configuration; gives back what it printed.
    pub fn command(&self, args: &[&str]) -> Result<String> {
        let config = self.config();
        let config = config.to_string_lossy();
        let mut all: Vec<&str> = args.to_vec();
        all.extend(["--config", &config]);
        let program = program("edge-node")?;
        match (self.disk(), self.id()) {
            (Some(_), Some(id)) => SmallDisk::run_beside(id, &program, &all),
            _ => run(&program, &all),
        }
    }

    /// Its own account; none while its outbox has not been made.
    #[must_use]
    pub fn ledger(&self) -> Option<NodeLedger> {
        serde_json::from_str(&self.command(&["ledger"]).ok()?).ok()
    }

    /// Starts it. It is ready when its first birth reaches the centre.
    pub fn start(&mut self) -> Result<()> {
        let config = self.config();
        let config = config.to_string_lossy();
        let log = self.settings.dir.join("edge-node.log");
        let (program, args) = (program("edge-node")?, ["run", "--config", &*config]);
        self.process = Some(Process::start_on("edge-node", self.disk().as_ref(), &program, &args, &log)?);
        Ok(())
    }

    /// `kill -9`.
    pub fn kill(&mut self) -> Result<()> {
        self.process.take().map_or(Ok(()), |mut p| p.kill())
    }

    /// Stops it in good order: open passages get their finals, the outbox is sent as far as the centre takes it.
    pub fn stop(&mut self) -> Result<()> {
        self.process.take().map_or(Ok(()), |mut p| p.stop(Duration::from_secs(30)).map(drop))
    }

    /// Its metrics, as a page of text; none while it does not answer.
    pub async fn metrics(&self) -> Option<String> {
        // A second call finds it installed.
        let _ = rustls::crypto::ring::default_provider().install_default();
        let address = format!("http://127.0.0.1:{}/metrics", self.settings.telemetry_port);
        let client = reqwest::Client::builder().no_proxy().build().ok()?;
        client.get(address).send().await.ok()?.text().await.ok()
    }

    /// How often one of its doors opened, or all of them together, by its metrics.
    pub async fn doors_opened(&self, door: Option<&str>) -> u64 {
        let Some(page) = self.metrics().await else { return 0 };
        let label = door.map_or_else(String::new, |door| format!("door=\"{door}\""));
        let opened = |line: &&str| {
            line.contains("gate_door_orders_total{") && line.contains(&label) && line.contains("result=\"opened\"")
        };
        page.lines().filter(opened).filter_map(|line| line.rsplit(' ').next()?.parse::<u64>().ok()).sum()
    }

    /// An error when it died.
    pub fn check_alive(&mut self) -> Result<()> {
        self.process.as_mut().map_or(Ok(()), Process::check_alive)
    }

    /// What it says of each camera and of itself, rewritten every second; none before the first time.
    #[must_use]
    pub fn summary(&self) -> Option<serde_json::Value> {
        // The file is replaced while we look: half a file is no answer yet.
        let data = match (self.disk(), self.id()) {
            (Some(disk), Some(id)) => disk.seen_from(id),
            _ => self.data(),
        };
        serde_json::from_str(&std::fs::read_to_string(data.join("summary.json")).ok()?).ok()
    }

    /// Have so many cameras been online, and are all of them over now? From the node's own summary.
    #[must_use]
    pub fn cameras_over(&self, cameras: usize) -> bool {
        let over =
            |camera: &serde_json::Value| camera["frames_decoded"].as_u64() > Some(0) && camera["online"] == false;
        let Some(summary) = self.summary() else { return false };
        let known = summary["cameras"].as_object().map_or(0, |c| c.values().filter(|c| over(c)).count());
        known == cameras
    }

    /// Its process id while it runs.
    #[must_use]
    pub fn id(&self) -> Option<u32> {
        self.process.as_ref().map(Process::id)
    }
}
