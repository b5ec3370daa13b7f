//! The sample cameras as a process of their own, reached by RTSP sockets only.

use std::io::{BufRead as _, BufReader, Write as _};
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
    control: u16,
    process: Process,
}

/// The line `sample-video serve` prints once it listens.
#[derive(Debug, Deserialize)]
struct Listening {
    listening: u16,
    control: u16,
}

impl Cameras {
    /// Serves the clips in `clips`; `once` plays each from its first frame to its end for the first client. `/locked` wants
    /// the user `test` with this password.
    pub fn start(clips: &Path, log_dir: &Path, once: bool, password: &str) -> Result<Self> {
        let dir = clips.to_string_lossy().into_owned();
        let mut process = Process::start(
            "sample-video",
            &program("sample-video")?,
            &[
                "serve",
                "--dir",
                &dir,
                "--port",
                "0",
                "--control",
                "0",
                "--password",
                password,
                if once { "--once" } else { "--loop" },
            ],
            &log_dir.join("sample-video.log"),
            Output::Piped,
        )?;
        let output = process.take_output().context("the cameras' output is piped")?;
        let mut line = String::new();
        BufReader::new(output).read_line(&mut line).context("waiting for the cameras to listen")?;
        let Ok(Listening { listening, control }) = serde_json::from_str(&line) else {
            bail!("the sample cameras did not start:\n{}", process.last_words(8));
        };
        Ok(Self { port: listening, control, process })
    }

    /// RTSP port.
    #[must_use]
    pub fn port(&self) -> u16 {
        self.port
    }

    /// Tells a camera to do something, such as `bad stall`.
    pub fn tell(&self, command: &str) -> Result<()> {
        let mut stream = std::net::TcpStream::connect(("127.0.0.1", self.control)).context("reaching the cameras")?;
        writeln!(stream, "{command}").context("telling a camera")?;
        let mut answer = String::new();
        BufReader::new(stream).read_line(&mut answer).context("hearing from the cameras")?;
        anyhow::ensure!(answer.trim() == "ok", "{command}: {answer}");
        Ok(())
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
