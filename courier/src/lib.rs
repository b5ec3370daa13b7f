//! What carries events upwards: from a node to its centre, and from a site to its province. Who speaks and how it joins
//! (`identity`), one MQTT connection (`session`), which event is sent when (`delivery`), how long to wait before the next try
//! (`backoff`), HTTPS to the same centre (`https`). It keeps nothing: the queue is its user's, and what it holds is sent again
//! until the centre has acknowledged it.

/// How long to wait before the next try.
pub mod backoff;

/// Which events to send now.
pub mod delivery;

/// HTTPS to the centre.
pub mod https;

/// Who speaks, and how it joins.
pub mod identity;

/// One MQTT connection.
pub mod session;

#[doc(hidden)]
pub mod testing;

use std::sync::Arc;

use contract::ids::NodeAddress;
use rustls::ClientConfig;

/// Whom to speak to, and as whom. A renewed certificate is a new target: the session is made anew.
#[derive(Debug, Clone)]
pub struct Target {
    /// Who speaks.
    pub node: NodeAddress,
    /// The broker.
    pub mqtt_host: String,
    /// Its port.
    pub mqtt_port: u16,
    /// The centre's listener for nodes, `https://host:port`.
    pub centre_url: String,
    /// TLS with the speaker's certificate, trusting its authority only.
    pub tls: Arc<ClientConfig>,
}

/// An event on its way, exactly as it was signed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Parcel {
    /// Its place in the queue it came from.
    pub seq: u64,
    /// Where it goes.
    pub topic: String,
    /// The exact bytes.
    pub bytes: Vec<u8>,
    /// Text of the signature over them.
    pub signature: String,
}
