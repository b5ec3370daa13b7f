//! A file as a camera, as fast as it can be read: every frame of the analysed rate, none dropped, time from the file's own
//! timestamps and a given start. Two replays of a file give the same frames with the same times; nothing of the run goes in.

use std::path::Path;
use std::time::Duration;

use contract::bundle::CameraSpec;
use contract::clock::UtcMicros;

use super::gstreamer::{Dating, GstreamerStream};
use super::{CameraError, Next, Stream, Trouble};
use crate::frame::Frame;

/// A replay of one file.
pub struct Replay {
    stream: GstreamerStream,
    last_us: i64,
}

/// A file that gives nothing for this long, at full speed, is broken.
const STUCK: Duration = Duration::from_secs(30);

impl Replay {
    /// Opens a file; `spec` says name, decoder and analysed rate, its `uri` is not looked at.
    pub fn open(spec: &CameraSpec, file: &Path, start: UtcMicros) -> Result<Self, CameraError> {
        let path = file.to_str().ok_or_else(|| CameraError::plain(&spec.name, Trouble::BadAddress))?;
        let stream = GstreamerStream::file(spec, path, Dating::File { start }, false)?;
        Ok(Self { stream, last_us: i64::MIN })
    }

    /// The next frame; `None` at the end of the file.
    pub fn next_frame(&mut self) -> Result<Option<Frame>, CameraError> {
        loop {
            match self.stream.next(STUCK)? {
                // Some files repeat a timestamp, or go back a little where they were joined: later stages need order.
                Next::Frame(frame) if frame.time.monotonic_us <= self.last_us => {}
                Next::Frame(frame) => {
                    self.last_us = frame.time.monotonic_us;
                    return Ok(Some(frame));
                }
                Next::Ended => return Ok(None),
                Next::Nothing => {
                    return Err(CameraError {
                        camera: self.stream.camera().clone(),
                        trouble: self.stream.why_silent(),
                        said: None,
                    });
                }
            }
        }
    }

    /// The decoder in use.
    #[must_use]
    pub fn decoder(&self) -> String {
        self.stream.decoder()
    }

    /// Frames decoded so far.
    #[must_use]
    pub fn frames_decoded(&self) -> u64 {
        self.stream.frames_decoded()
    }
}

#[cfg(test)]
mod tests {
    use super::super::gstreamer::tests::{spec, write_clip};
    use super::*;
    use contract::clock::ClockSource;

    fn replayed(file: &Path) -> Vec<(u64, i64, u64)> {
        let mut replay = Replay::open(&spec("test:"), file, UtcMicros(1_000_000)).unwrap();
        let mut frames = Vec::new();
        while let Some(frame) = replay.next_frame().unwrap() {
            assert_eq!(frame.time.clock_source, ClockSource::File);
            let sum = frame.picture.grey(160, 90).unwrap().data.iter().map(|b| u64::from(*b)).sum();
            frames.push((frame.number, frame.time.captured_at.0, sum));
        }
        frames
    }

    #[test]
    fn two_replays_give_the_same_frames_and_none_is_missing() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("clip.mp4");
        write_clip(&file, 100);
        let first = replayed(&file);
        assert_eq!(first, replayed(&file));
        // 4 s at 5 a second, whatever the speed of this machine.
        assert_eq!(first.len(), 20);
        assert_eq!(first.iter().map(|f| f.0).collect::<Vec<_>>(), (0..20).collect::<Vec<_>>());
        assert!(first.windows(2).all(|w| w[1].1 - w[0].1 == 200_000), "{first:?}");
        assert_eq!(first[0].1, 1_000_000);
    }

    #[test]
    fn a_file_of_noise_ends_in_an_error() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("noise.mp4");
        std::fs::write(&file, (0..60_000u32).map(|i| (i.wrapping_mul(2_654_435_761) >> 24) as u8).collect::<Vec<_>>())
            .unwrap();
        let mut replay = match Replay::open(&spec("test:"), &file, UtcMicros(0)) {
            Ok(replay) => replay,
            Err(error) => return assert_ne!(error.trouble, Trouble::Internal),
        };
        assert!(replay.next_frame().is_err());
    }
}
