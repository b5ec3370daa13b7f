//! Commands to cameras as text, one a line: `CAMERA COMMAND [ARGUMENT]`, answered by `ok` or `error: why`. The port is
//! on 127.0.0.1 and only exists for tests and demonstrations.

use std::io::{BufRead as _, BufReader, Write as _};
use std::net::{Ipv4Addr, TcpListener, TcpStream};
use std::str::FromStr;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread::JoinHandle;

use super::ServerError;
use super::faults::Mounts;

/// What a camera can be told to do.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CameraCommand {
    /// End its connections; new ones are welcome.
    Drop,
    /// End its connections and refuse new ones.
    Refuse,
    /// Keep connections, send no video. After [`CameraCommand::Normal`], clients that connect anew are served again.
    Stall,
    /// Fill the packets with random bytes.
    Garble,
    /// Move its clock by seconds: packet time stamps and the sender reports' wall clock.
    TimeJump(i64),
    /// Change the picture's size.
    Size(u32, u32),
    /// Send the same picture again and again.
    Freeze,
    /// As if the lens were covered.
    Dark,
    /// As if somebody had turned the camera.
    Shift,
    /// Behave.
    Normal,
}

/// Why a command was not done.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum CommandError {
    /// No such camera.
    #[error("there is no camera {camera:?}")]
    NoCamera {
        /// As asked.
        camera: String,
    },
    /// Only `/bad` draws its own picture.
    #[error("the camera {camera:?} plays a clip; only `bad` can change its picture")]
    NotThisCamera {
        /// As asked.
        camera: String,
    },
    /// Not a command.
    #[error("{text:?} is no command: drop, refuse, stall, garble, timejump ±S, size WxH, freeze, dark, shift, normal")]
    NoCommand {
        /// As asked.
        text: String,
    },
}

impl CameraCommand {
    /// Commands that only the camera with a scene of its own can follow.
    pub(super) const fn needs_own_picture(self) -> bool {
        matches!(self, Self::Size(..) | Self::Freeze | Self::Dark | Self::Shift)
    }
}

impl FromStr for CameraCommand {
    type Err = CommandError;

    fn from_str(text: &str) -> Result<Self, CommandError> {
        let wrong = || CommandError::NoCommand { text: text.to_owned() };
        let mut words = text.split_whitespace();
        let (name, argument) = (words.next().ok_or_else(wrong)?, words.next());
        if words.next().is_some() {
            return Err(wrong());
        }
        match (name, argument) {
            ("drop", None) => Ok(Self::Drop),
            ("refuse", None) => Ok(Self::Refuse),
            ("stall", None) => Ok(Self::Stall),
            ("garble", None) => Ok(Self::Garble),
            ("freeze", None) => Ok(Self::Freeze),
            ("dark", None) => Ok(Self::Dark),
            ("shift", None) => Ok(Self::Shift),
            ("normal", None) => Ok(Self::Normal),
            ("timejump", Some(seconds)) => seconds.parse().map(Self::TimeJump).map_err(|_| wrong()),
            ("size", Some(size)) => {
                let (w, h) = size.split_once('x').ok_or_else(wrong)?;
                let side = |s: &str| {
                    s.parse::<u32>()
                        .ok()
                        .filter(|v| (64..=1920).contains(v) && v % 16 == 0 || *v == 360 || *v == 1080 || *v == 180)
                };
                Ok(Self::Size(side(w).ok_or_else(wrong)?, side(h).ok_or_else(wrong)?))
            }
            _ => Err(wrong()),
        }
    }
}

/// The open control port.
#[derive(Debug)]
pub(super) struct Listener {
    port: u16,
    ended: Arc<AtomicBool>,
    thread: Option<JoinHandle<()>>,
}

impl Listener {
    pub(super) fn start(port: u16, mounts: Arc<Mounts>) -> Result<Self, ServerError> {
        let fail = |source| ServerError::Control { port, source };
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, port)).map_err(fail)?;
        let bound = listener.local_addr().map_err(fail)?.port();
        let ended = Arc::new(AtomicBool::new(false));
        let end = Arc::clone(&ended);
        let thread = std::thread::Builder::new()
            .name("camera-control".to_owned())
            .spawn(move || {
                for stream in listener.incoming() {
                    if end.load(Ordering::Relaxed) {
                        break;
                    }
                    // One talker at a time; whoever goes away mid-line loses that line.
                    if let Ok(stream) = stream {
                        let _ = talk(stream, &mounts, &end);
                    }
                }
            })
            .map_err(ServerError::Thread)?;
        Ok(Self { port: bound, ended, thread: Some(thread) })
    }

    pub(super) const fn port(&self) -> u16 {
        self.port
    }
}

impl Drop for Listener {
    fn drop(&mut self) {
        self.ended.store(true, Ordering::Relaxed);
        // Wakes the accept call; if this fails the thread has ended already.
        let _ = TcpStream::connect((Ipv4Addr::LOCALHOST, self.port));
        if let Some(thread) = self.thread.take() {
            let _ = thread.join();
        }
    }
}

fn talk(stream: TcpStream, mounts: &Mounts, ended: &AtomicBool) -> std::io::Result<()> {
    stream.set_read_timeout(Some(std::time::Duration::from_millis(200)))?;
    let mut answer = stream.try_clone()?;
    let mut lines = BufReader::new(stream);
    let mut line = String::new();
    while !ended.load(Ordering::Relaxed) {
        match lines.read_line(&mut line) {
            Ok(0) => break,
            Ok(_) => {
                let said = line.trim();
                let (camera, rest) = said.split_once(' ').unwrap_or((said, ""));
                match rest.parse().and_then(|command| mounts.command(camera, command)) {
                    Ok(()) => answer.write_all(b"ok\n")?,
                    Err(e) => writeln!(answer, "error: {e}")?,
                }
                line.clear();
            }
            Err(e) if matches!(e.kind(), std::io::ErrorKind::WouldBlock | std::io::ErrorKind::TimedOut) => {}
            Err(e) => return Err(e),
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn commands_are_understood() {
        let read = |t: &str| t.parse::<CameraCommand>();
        assert_eq!(read("drop"), Ok(CameraCommand::Drop));
        assert_eq!(read("timejump -30"), Ok(CameraCommand::TimeJump(-30)));
        assert_eq!(read("timejump +7"), Ok(CameraCommand::TimeJump(7)));
        assert_eq!(read("size 320x240"), Ok(CameraCommand::Size(320, 240)));
        for wrong in ["", "fly", "size 1x1", "size big", "drop now", "timejump"] {
            assert!(read(wrong).is_err(), "{wrong}");
        }
    }
}
