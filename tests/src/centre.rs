//! The central service as a process: its folder, its configuration, its commands.

use std::path::{Path, PathBuf};
use std::time::Duration;

use anyhow::{Context as _, Result};

use crate::checkout::program;
use crate::process::{Process, listening, run, until};
use crate::small_disk::SmallDisk;

/// Where the centre listens and what it stores in.
#[derive(Debug, Clone)]
pub struct CentreSettings {
    /// Its folder; `central.toml` and `data/` are made in it.
    pub dir: PathBuf,
    /// `sqlite:` or `postgres:` URL; none = a file in `data/`.
    pub store: Option<String>,
    /// People's port.
    pub people_port: u16,
    /// Nodes' port.
    pub nodes_port: u16,
    /// Metrics' port.
    pub telemetry_port: u16,
    /// Where the centre itself reaches the broker.
    pub broker_port: u16,
    /// Its data lie on a disk of so many MiB while it runs; they are gone when it ends.
    pub disk_mib: Option<u32>,
    /// The province it is a site of; none = it stands above all.
    pub province: Option<Above>,
}

/// How a site's centre reaches its province.
#[derive(Debug, Clone)]
pub struct Above {
    /// The token of `central node add --site-centre`.
    pub token: String,
    /// A port for the province's broker.
    pub broker_port: u16,
    /// A port for the province's listener for nodes.
    pub nodes_port: u16,
}

/// A centre, running or not.
#[derive(Debug)]
pub struct Centre {
    settings: CentreSettings,
    process: Option<Process>,
}

impl Centre {
    /// Makes the folder, the configuration and the authority. Starts nothing.
    pub fn prepare(settings: CentreSettings) -> Result<Self> {
        std::fs::create_dir_all(settings.dir.join("data"))
            .with_context(|| format!("making {}", settings.dir.display()))?;
        let centre = Self { settings, process: None };
        std::fs::write(centre.config(), centre.configuration())?;
        if !centre.authority().join("ca.crt").is_file() {
            centre.command(&["init"])?;
        }
        if let Some(above) = &centre.settings.province {
            centre.command(&["join", "--token", &above.token])?;
        }
        Ok(centre)
    }

    fn configuration(&self) -> String {
        let s = &self.settings;
        let data = s.dir.join("data");
        let store = s.store.clone().unwrap_or_else(|| format!("sqlite:{}", data.join("central.sqlite").display()));
        format!(
            "data_dir = {data:?}\n\n[store]\nurl = {store:?}\n\n[people]\nlisten = \"127.0.0.1:{}\"\n\n[nodes]\nlisten = \"127.0.0.1:{}\"\npublic_url = \"https://127.0.0.1:{}\"\n\n[mqtt]\nhost = \"127.0.0.1\"\nport = {}\n\n[telemetry]\nlisten = \"127.0.0.1:{}\"\n",
            s.people_port, s.nodes_port, s.nodes_port, s.broker_port, s.telemetry_port,
        ) + &s.province.as_ref().map_or_else(String::new, |above| {
            format!(
                "\n[province]\nmqtt_port = {}\nurl = \"https://127.0.0.1:{}\"\n",
                above.broker_port, above.nodes_port
            )
        })
    }

    /// Its configuration file.
    #[must_use]
    pub fn config(&self) -> PathBuf {
        self.settings.dir.join("central.toml")
    }

    /// The folder with the authority's files.
    #[must_use]
    pub fn authority(&self) -> PathBuf {
        self.settings.dir.join("data/authority")
    }

    /// The folder with what the broker needs.
    #[must_use]
    pub fn broker_files(&self) -> PathBuf {
        self.settings.dir.join("data/broker")
    }

    /// People's address.
    #[must_use]
    pub fn people_url(&self) -> String {
        format!("http://127.0.0.1:{}", self.settings.people_port)
    }

    /// Its settings.
    #[must_use]
    pub fn settings(&self) -> &CentreSettings {
        &self.settings
    }

    /// Runs one of its commands with its configuration; gives back what it printed.
    pub fn command(&self, args: &[&str]) -> Result<String> {
        let config = self.config();
        let config = config.to_string_lossy();
        let mut all: Vec<&str> = args.to_vec();
        all.extend(["--config", &config]);
        let program = program("central")?;
        match (self.disk(), self.id()) {
            (Some(_), Some(id)) => SmallDisk::run_beside(id, &program, &all),
            _ => run(&program, &all),
        }
    }

    /// The disk it is to have of its own.
    #[must_use]
    pub fn disk(&self) -> Option<SmallDisk> {
        self.settings.disk_mib.map(|mib| SmallDisk { folder: self.settings.dir.join("data"), mib })
    }

    /// Its process id while it runs.
    #[must_use]
    pub fn id(&self) -> Option<u32> {
        self.process.as_ref().map(Process::id)
    }

    /// Starts it and waits until it answers.
    pub fn start(&mut self) -> Result<()> {
        let config = self.config();
        let config = config.to_string_lossy();
        let log = self.settings.dir.join("central.log");
        let tier = if self.settings.province.is_some() { "site" } else { "province" };
        let (program, args) = (program("central")?, ["serve", "--tier", tier, "--config", &*config]);
        let mut process = Process::start_on("central", self.disk().as_ref(), &program, &args, &log)?;
        let ports = [self.settings.people_port, self.settings.nodes_port];
        until("the centre to listen", Duration::from_secs(20), || {
            process.check_alive()?;
            Ok(ports.iter().all(|p| listening(*p)).then_some(()))
        })?;
        self.process = Some(process);
        Ok(())
    }

    /// `kill -9`.
    pub fn kill(&mut self) -> Result<()> {
        self.process.take().map_or(Ok(()), |mut p| p.kill())
    }

    /// Stops it in good order.
    pub fn stop(&mut self) -> Result<()> {
        self.process.take().map_or(Ok(()), |mut p| p.stop(Duration::from_secs(15)).map(drop))
    }

    /// An error when it died.
    pub fn check_alive(&mut self) -> Result<()> {
        self.process.as_mut().map_or(Ok(()), Process::check_alive)
    }

    /// Makes a user with a password of ours and the given `controller:role` pairs.
    pub fn add_user(&self, name: &str, password: &str, roles: &[&str]) -> Result<()> {
        let file = self.settings.dir.join("password");
        std::fs::write(&file, password)?;
        let path = file.to_string_lossy().into_owned();
        let mut args = vec!["user", "add", "--name", name, "--password-file", &path];
        for role in roles {
            args.extend(["--role", role]);
        }
        let made = self.command(&args);
        std::fs::remove_file(&file)?;
        made.map(drop)
    }

    /// A one-time token for a new node.
    pub fn add_node(&self, address: &str, controller: &str) -> Result<String> {
        let printed = self.command(&["node", "add", address, "--controller", controller])?;
        let token = printed.split_whitespace().find(|word| word.starts_with("chilang-enrol-1."));
        token.map(str::to_owned).context("`central node add` printed no token")
    }

    /// A one-time token for a site's own centre, which speaks for these bodies besides the first.
    pub fn add_site(&self, address: &str, controllers: &[&str]) -> Result<String> {
        let (own, others) = controllers.split_first().context("a site's centre works for somebody")?;
        let mut args = vec!["node", "add", address, "--controller", own, "--site-centre"];
        for other in others {
            args.extend(["--speaks-for", other]);
        }
        let printed = self.command(&args)?;
        let token = printed.split_whitespace().find(|word| word.starts_with("chilang-enrol-1."));
        token.map(str::to_owned).context("`central node add` printed no token")
    }

    /// Its metrics, as a page of text; none while it does not answer.
    pub async fn metrics(&self) -> Option<String> {
        let _ = rustls::crypto::ring::default_provider().install_default();
        let address = format!("http://127.0.0.1:{}/metrics", self.settings.telemetry_port);
        let client = reqwest::Client::builder().no_proxy().build().ok()?;
        client.get(address).send().await.ok()?.text().await.ok()
    }

    /// Publishes a bundle for a node.
    pub fn publish(&self, node: &str, kind: &str, content: &serde_json::Value) -> Result<()> {
        let file = self.settings.dir.join(format!("{kind}.json"));
        std::fs::write(&file, serde_json::to_vec_pretty(content)?)?;
        let path = file.to_string_lossy().into_owned();
        self.command(&["bundle", "publish", "--node", node, "--kind", kind, "--file", &path]).map(drop)
    }

    /// Makes sure that a folder of its own exists for something beside it.
    pub fn beside(&self, name: &str) -> PathBuf {
        self.settings.dir.parent().unwrap_or(Path::new(".")).join(name)
    }
}
