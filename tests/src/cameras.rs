//! The sample cameras as a process of their own, reached by RTSP sockets only.

use std::io::{BufRead as _, BufReader};
use std::path::Path;
use std::time::Duration;

use anyhow::{Context as _, Result, bail};
use serde::Deserialize;

use crate::checkout::program;
use crate::process::{Output, Process};

/// Running sample cameras.
#[derive(Debug)]
pub struct Cameras {
    port: u16,
    process: Process,
}

/// The line `sample-video serve` prints once it listens.
#[derive(Debug, Deserialize)]
struct Listening {
    listening: u16,
}

impl Cameras {
    /// Serves the clips in `clips`; `once` plays each from its first frame to its end for the first client.
    pub fn start(clips: &Path, log_dir: &Path, once: bool) -> Result<Self> {
        let dir = clips.to_string_lossy().into_owned();
        let mut process = Process::start(
            "sample-video",
            &program("sample-video")?,
            &["serve", "--dir", &dir, "--port", "0", if once { "--once" } else { "--loop" }],
            &log_dir.join("sample-video.log"),
            Output::Piped,
        )?;
        let output = process.take_output().context("the cameras' output is piped")?;
        let mut line = String::new();
        BufReader::new(output).read_line(&mut line).context("waiting for the cameras to listen")?;
        let Ok(Listening { listening }) = serde_json::from_str(&line) else {
            bail!("the sample cameras did not start:\n{}", process.last_words(8));
        };
        Ok(Self { port: listening, process })
    }

    /// RTSP port.
    #[must_use]
    pub fn port(&self) -> u16 {
        self.port
    }

    /// Stops them.
    pub fn stop(mut self) -> Result<()> {
        self.process.stop(Duration::from_secs(5)).map(drop)
    }

    /// An error when they died.
    pub fn check_alive(&mut self) -> Result<()> {
        self.process.check_alive()
    }
}
