//! A Mosquitto of our own: mutual TLS with the centre's authority, its access list, a persistent queue, on loopback.

use std::path::{Path, PathBuf};
use std::time::Duration;

use anyhow::{Context as _, Result};

use crate::process::{Output, Process, listening, until};

/// A running broker and what is needed to start it again on the same port with the same store.
#[derive(Debug)]
pub struct Broker {
    dir: PathBuf,
    port: u16,
    process: Option<Process>,
}

impl Broker {
    /// Starts a broker with the files `central init` made in `certificates` (its `broker/` folder).
    pub fn start(dir: &Path, certificates: &Path, port: u16) -> Result<Self> {
        std::fs::create_dir_all(dir).with_context(|| format!("making {}", dir.display()))?;
        std::fs::write(dir.join("mosquitto.conf"), configuration(dir, certificates, port))?;
        let mut broker = Self { dir: dir.to_owned(), port, process: None };
        broker.start_again()?;
        Ok(broker)
    }

    /// Starts it after a stop or a kill.
    pub fn start_again(&mut self) -> Result<()> {
        let conf = self.dir.join("mosquitto.conf");
        let mut process = Process::start(
            "mosquitto",
            Path::new("/usr/sbin/mosquitto"),
            &["-c", &conf.to_string_lossy()],
            &self.dir.join("mosquitto.log"),
            Output::Log,
        )?;
        until("the broker to listen", Duration::from_secs(10), || {
            process.check_alive()?;
            Ok(listening(self.port).then_some(()))
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
        self.process.take().map_or(Ok(()), |mut p| p.stop(Duration::from_secs(5)).map(drop))
    }

    /// Where it listens.
    #[must_use]
    pub fn port(&self) -> u16 {
        self.port
    }

    /// An error when it died.
    pub fn check_alive(&mut self) -> Result<()> {
        self.process.as_mut().map_or(Ok(()), Process::check_alive)
    }
}

fn configuration(dir: &Path, certificates: &Path, port: u16) -> String {
    let file = |name: &str| certificates.join(name).display().to_string();
    // As root, Mosquitto would drop to its own user, who may not read the keys in this folder.
    let user = if rustix::process::geteuid().is_root() { "user root\n" } else { "" };
    format!(
        "{user}listener {port} 127.0.0.1
per_listener_settings false
allow_anonymous false
cafile {ca}
certfile {crt}
keyfile {key}
crlfile {crl}
require_certificate true
use_identity_as_username true
acl_file {acl}
persistence true
persistence_location {store}/
autosave_interval 5
max_packet_size 262144
max_queued_messages 20000
max_inflight_messages 400
set_tcp_nodelay true
log_type error
log_type warning
log_type notice
",
        ca = file("ca.crt"),
        crt = file("broker.crt"),
        key = file("broker.key"),
        crl = file("crl.pem"),
        acl = file("acl"),
        store = dir.display(),
    )
}
