//! Child processes that never outlive their parent, with their output in a log file; and the one way to wait here: for a
//! condition, with a deadline.

use std::fs::File;
use std::io;
use std::os::unix::process::CommandExt as _;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, ExitStatus, Stdio};
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::{Duration, Instant};

use anyhow::{Context as _, Result, bail};
use rustix::process::{Pid, Signal, kill_process};

use crate::small_disk::SmallDisk;

/// Where the ports of [`free_port`] begin and how many there are: above the well-known services, below Linux's own range
/// (`ip_local_port_range`, from 32768).
const FIRST_PORT: u16 = 10_000;
const PORTS: u16 = 20_000;
/// How far apart two processes with neighbouring numbers begin to look.
const PORTS_APART: u32 = 97;

/// A program that runs until it is told to stop.
#[derive(Debug)]
pub struct Process {
    name: String,
    child: Child,
    log: PathBuf,
    pipe: Option<std::process::ChildStdout>,
}

/// Where a program's standard output goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Output {
    /// Into the log file, with standard error.
    Log,
    /// To us, by [`Process::take_output`].
    Piped,
}

impl Process {
    /// Starts `program`. Its standard error goes to `log`. It is killed when this process dies, however it dies.
    pub fn start(name: &str, program: &Path, args: &[&str], log: &Path, output: Output) -> Result<Self> {
        let file = File::options()
            .create(true)
            .append(true)
            .open(log)
            .with_context(|| format!("opening the log of {name}, {}", log.display()))?;
        let stdout = match output {
            Output::Log => Stdio::from(file.try_clone()?),
            Output::Piped => Stdio::piped(),
        };
        // setpriv sets the parent-death signal and then becomes the program: no unsafe code, no process left behind.
        // A group of its own keeps a Ctrl-C for us: we stop things in order.
        let mut child = Command::new("setpriv")
            .args(["--pdeathsig", "KILL", "--"])
            .arg(program)
            .args(args)
            .stdin(Stdio::null())
            .stdout(stdout)
            .stderr(Stdio::from(file))
            .process_group(0)
            .spawn()
            .with_context(|| format!("starting {name} ({})", program.display()))?;
        let pipe = child.stdout.take();
        Ok(Self { name: name.to_owned(), child, log: log.to_owned(), pipe })
    }

    /// Starts a program with its output in a log; with a small disk, if it is to have one.
    pub fn start_on(name: &str, disk: Option<&SmallDisk>, program: &Path, args: &[&str], log: &Path) -> Result<Self> {
        match disk {
            None => Self::start(name, program, args, log, Output::Log),
            Some(disk) => {
                let (program, args) = disk.around(program, args);
                let args: Vec<&str> = args.iter().map(String::as_str).collect();
                Self::start(name, &program, &args, log, Output::Log)
            }
        }
    }

    /// Standard output, once, if it was piped.
    pub fn take_output(&mut self) -> Option<std::process::ChildStdout> {
        self.pipe.take()
    }

    /// Its process id.
    #[must_use]
    pub fn id(&self) -> u32 {
        self.child.id()
    }

    /// Has it ended?
    pub fn ended(&mut self) -> io::Result<Option<ExitStatus>> {
        self.child.try_wait()
    }

    /// An error when it has ended, with the last lines of its log.
    pub fn check_alive(&mut self) -> Result<()> {
        if let Some(status) = self.ended()? {
            bail!("{} ended early ({status}); its last words:\n{}", self.name, self.last_words(12));
        }
        Ok(())
    }

    /// The last lines of its log.
    #[must_use]
    pub fn last_words(&self, lines: usize) -> String {
        let text = std::fs::read_to_string(&self.log).unwrap_or_default();
        let all: Vec<&str> = text.lines().collect();
        all[all.len().saturating_sub(lines)..].join("\n")
    }

    /// `kill -9`, and waits until it is gone.
    pub fn kill(&mut self) -> Result<()> {
        self.signal(Signal::KILL)?;
        self.child.wait()?;
        Ok(())
    }

    /// Asks it to end, waits, and kills it when it does not.
    pub fn stop(&mut self, patience: Duration) -> Result<ExitStatus> {
        self.signal(Signal::TERM)?;
        let deadline = Instant::now() + patience;
        while Instant::now() < deadline {
            if let Some(status) = self.ended()? {
                return Ok(status);
            }
            pause();
        }
        self.kill()?;
        bail!(
            "{} did not end within {} s of being asked; it was killed. Its last words:\n{}",
            self.name,
            patience.as_secs(),
            self.last_words(8)
        )
    }

    /// Sends a signal; a process that is gone already is no error.
    pub fn signal(&mut self, signal: Signal) -> Result<()> {
        if self.ended()?.is_some() {
            return Ok(());
        }
        let raw = i32::try_from(self.child.id()).context("process ids fit in an i32")?;
        let pid = Pid::from_raw(raw).context("process ids are not 0")?;
        match kill_process(pid, signal) {
            Ok(()) | Err(rustix::io::Errno::SRCH) => Ok(()),
            Err(error) => Err(error).with_context(|| format!("signalling {}", self.name)),
        }
    }
}

impl Drop for Process {
    fn drop(&mut self) {
        if matches!(self.child.try_wait(), Ok(None)) {
            let _ = self.child.kill();
            let _ = self.child.wait();
        }
    }
}

/// Runs a program to its end and returns its standard output; an error holds its standard error.
pub fn run(program: &Path, args: &[&str]) -> Result<String> {
    let out = Command::new(program)
        .args(args)
        .stdin(Stdio::null())
        .output()
        .with_context(|| format!("running {}", program.display()))?;
    if !out.status.success() {
        let name = program.file_name().unwrap_or_default().to_string_lossy().into_owned();
        // The first argument is a command word; later ones may hold a token.
        bail!(
            "{name} {} failed ({}):\n{}",
            args.first().unwrap_or(&""),
            out.status,
            String::from_utf8_lossy(&out.stderr)
        );
    }
    Ok(String::from_utf8_lossy(&out.stdout).into_owned())
}

/// Waits until `condition` gives a value. An error names what was awaited.
pub fn until<T>(what: &str, patience: Duration, mut condition: impl FnMut() -> Result<Option<T>>) -> Result<T> {
    let deadline = Instant::now() + patience;
    loop {
        if let Some(value) = condition()? {
            return Ok(value);
        }
        if Instant::now() >= deadline {
            bail!("waited {} s for {what}", patience.as_secs());
        }
        pause();
    }
}

/// As [`until`], for conditions that are asked over the network.
pub async fn eventually<T>(
    what: &str,
    patience: Duration,
    mut condition: impl AsyncFnMut() -> Result<Option<T>>,
) -> Result<T> {
    let deadline = Instant::now() + patience;
    loop {
        if let Some(value) = condition().await? {
            return Ok(value);
        }
        if Instant::now() >= deadline {
            bail!("waited {} s for {what}", patience.as_secs());
        }
        tokio::time::sleep(Duration::from_millis(40)).await;
    }
}

/// The step between two looks at a condition; nothing depends on its length.
pub fn pause() {
    std::thread::park_timeout(Duration::from_millis(40));
}

/// A TCP port nobody listens on at this moment and this process was not given before. It lies below the range the
/// kernel takes its own ports from: there, the same port comes twice before its first holder has started to listen, and a
/// connection of somebody else takes it meanwhile.
pub fn free_port() -> Result<u16> {
    static NEXT: AtomicU32 = AtomicU32::new(0);
    let base = std::process::id().wrapping_mul(PORTS_APART);
    for _ in 0..PORTS {
        let step = NEXT.fetch_add(1, Ordering::Relaxed);
        let port = FIRST_PORT + u16::try_from(base.wrapping_add(step) % u32::from(PORTS))?;
        if std::net::TcpListener::bind(("127.0.0.1", port)).is_ok() {
            return Ok(port);
        }
    }
    bail!("every port from {FIRST_PORT} on, {PORTS} of them, is taken on this machine")
}

/// Does somebody listen there?
#[must_use]
pub fn listening(port: u16) -> bool {
    std::net::TcpStream::connect_timeout(&([127, 0, 0, 1], port).into(), Duration::from_millis(200)).is_ok()
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn no_port_is_given_twice_and_none_that_is_taken() {
        let first = free_port().unwrap();
        let next = first + 1;
        // Somebody may hold it already: then it is taken all the same.
        let _holder = std::net::TcpListener::bind(("127.0.0.1", next));
        let ports: Vec<u16> = (0..500).map(|_| free_port().unwrap()).collect();
        assert_eq!(ports.iter().collect::<BTreeSet<_>>().len(), ports.len());
        assert!(!ports.contains(&next) && !ports.contains(&first));
    }
}
