//! The fleet: which nodes there are, their keys and certificates, and the signed bundles that come down to them. The
//! authority's private keys never leave their folder; a node's private key never comes here.

mod authority;
mod bundles;
mod enrolment;
mod gates;
mod keyring;
mod listener;
mod peer;
mod site;
mod trust;
mod wishes;

pub(crate) use authority::end_of_certificate;
pub use authority::{Authority, AuthorityError, Issued, RENEW_BEFORE_US};
pub(crate) use bundles::sign_in;
pub use bundles::{
    BundleFault, CameraInForce, GateInForce, camera_in_force, cameras_in_force, gates_in_force, publish, publish_rules,
};
pub use enrolment::{
    EnrolRequest, FleetError, Joins, RenewRequest, TOKEN_PREFIX, TokenText, add_node, enrol, renew, revoke,
    write_revocation_list,
};
pub use gates::{ForGates, GateKeyError};
pub use keyring::{KeyRing, KnownKey, KnownNode, Registered};
pub use listener::{NodeListenerState, router};
pub use peer::{Peer, PeerAcceptor, server_config};
pub use site::{SiteNodes, list as nodes_of_site};
pub use trust::{TrustError, TrustedAuthority};
pub use wishes::Brought;
