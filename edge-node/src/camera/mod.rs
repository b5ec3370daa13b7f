//! Cameras: open, supervise, back off; frame time and its uncertainty. No GStreamer type leaves this folder, no password
//! leaves it either: not in an error, not in a log line, not in a `Debug`.

mod address;
pub mod decoder;
pub mod gstreamer;
pub mod pace;
pub mod replay;
pub mod supervise;
pub mod trouble;

use std::fmt;
use std::time::Duration;

use contract::bundle::CameraSpec;

pub use trouble::{CameraError, Trouble};

use crate::frame::Frame;

/// What a camera wants to hear before it sends. `Debug` shows nothing of it.
#[derive(Clone, PartialEq, Eq)]
pub struct Credential {
    /// Account on the camera.
    pub user: String,
    /// Its password.
    pub password: String,
}

impl Credential {
    /// From `user:password`, as the node's secret files hold it; `None` without a colon or a user.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let (user, password) = text.trim_end_matches(['\r', '\n']).split_once(':')?;
        (!user.is_empty()).then(|| Self { user: user.to_owned(), password: password.to_owned() })
    }
}

impl fmt::Debug for Credential {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Credential(hidden)")
    }
}

/// What [`Stream::next`] found.
#[derive(Debug)]
pub enum Next {
    /// A frame to analyse.
    Frame(Frame),
    /// No frame in the time given; the stream may still be well.
    Nothing,
    /// The stream is over and said so.
    Ended,
}

/// A running stream. Dropping it closes the connection and gives everything back.
pub trait Stream: Send {
    /// The next frame to analyse, waiting for it at most `wait`.
    fn next(&mut self, wait: Duration) -> Result<Next, CameraError>;

    /// The decoder in use, empty while it is not known.
    fn decoder(&self) -> String;

    /// Frames decoded so far, analysed or not.
    fn frames_decoded(&self) -> u64;

    /// Why nothing came, as far as the stream can tell: no data at all, or data that cannot be decoded.
    fn why_silent(&self) -> Trouble {
        Trouble::NoData
    }

    /// How far the camera's clock is ahead of the node's, in milliseconds, while that is too far to be believed.
    fn clock_off_ms(&self) -> Option<i64> {
        None
    }
}

/// Opens streams. The seam between the supervisor and GStreamer: tests bring their own.
pub trait CameraOpener: Send + Sync {
    /// Begins to open a camera. May return before the camera has answered: trouble then comes from [`Stream::next`].
    fn open(&self, spec: &CameraSpec, credential: Option<&Credential>) -> Result<Box<dyn Stream>, CameraError>;
}

/// Stands in for a camera whose secret is not known: it fails with that reason, so that the operator hears of it.
#[derive(Debug)]
pub struct WithoutSecret;

impl CameraOpener for WithoutSecret {
    fn open(&self, spec: &CameraSpec, _: Option<&Credential>) -> Result<Box<dyn Stream>, CameraError> {
        Err(CameraError::plain(&spec.name, Trouble::NoSecret))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_credential_is_parsed_and_never_shown() {
        let credential = Credential::parse("admin:pa:ss\n").unwrap();
        assert_eq!((credential.user.as_str(), credential.password.as_str()), ("admin", "pa:ss"));
        assert!(!format!("{credential:?}").contains("pa"));
        assert_eq!(Credential::parse("nocolon"), None);
        assert_eq!(Credential::parse(":x"), None);
    }
}
