//! RTSP addresses: host and port, and whether anybody listens there. Knows no stream.

use std::net::{TcpStream, ToSocketAddrs};
use std::time::Duration;

use contract::bundle::CameraSpec;

use super::trouble::{CameraError, Said, Trouble};

/// How long a camera may take to accept a connection.
const CONNECT_WAIT: Duration = Duration::from_millis(2500);

/// Host and port of an RTSP address; `None` when it is none, or holds a user or password.
pub(super) fn host_and_port(uri: &str) -> Option<(String, u16)> {
    let authority = uri.strip_prefix("rtsp://")?.split(['/', '?']).next()?;
    if authority.is_empty() || authority.contains('@') {
        return None;
    }
    let (host, port) = if let Some(rest) = authority.strip_prefix('[') {
        let (host, after) = rest.split_once(']')?;
        (host, after.strip_prefix(':'))
    } else {
        match authority.rsplit_once(':') {
            Some((host, port)) => (host, Some(port)),
            None => (authority, None),
        }
    };
    Some((host.to_owned(), port.map_or(Some(554), |p| p.parse().ok())?))
}

/// Does anybody listen there? GStreamer's own words for a failed connection do not tell refused from unreachable.
pub(super) fn reach(spec: &CameraSpec) -> Result<(), CameraError> {
    let failed = |trouble, said: String| CameraError {
        camera: spec.name.clone(),
        trouble,
        said: Some(Said::cleaned(&said, &[])),
    };
    let (host, port) = host_and_port(&spec.uri).ok_or_else(|| CameraError::plain(&spec.name, Trouble::BadAddress))?;
    let addresses = (host.as_str(), port).to_socket_addrs().map_err(|e| failed(Trouble::NoRoute, e.to_string()))?;
    let mut last = failed(Trouble::NoRoute, "the name has no address".to_owned());
    for address in addresses {
        match TcpStream::connect_timeout(&address, CONNECT_WAIT) {
            Ok(_) => return Ok(()),
            Err(e) if e.kind() == std::io::ErrorKind::ConnectionRefused => {
                last = failed(Trouble::Refused, e.to_string())
            }
            Err(e) => last = failed(Trouble::NoRoute, e.to_string()),
        }
    }
    Err(last)
}
