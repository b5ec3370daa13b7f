//! The fleet: which nodes there are, their keys and certificates, and the signed bundles that come down to them. The
//! authority's private keys never leave their folder; a node's private key never comes here.

mod authority;
mod bundles;
mod enrolment;
mod keyring;
mod listener;
mod peer;
mod trust;

pub(crate) use authority::end_of_certificate;
pub use authority::{Authority, AuthorityError, Issued, RENEW_BEFORE_US};
pub use bundles::{BundleFault, cameras_in_force, publish};
pub use enrolment::{
    EnrolAnswer, EnrolRequest, FleetError, RenewRequest, TOKEN_PREFIX, TokenText, add_node, enrol, renew, revoke,
    write_revocation_list,
};
pub use keyring::{KeyRing, KnownKey, KnownNode, Registered};
pub use listener::{NodeListenerState, router};
pub use peer::{Peer, PeerAcceptor, server_config};
pub use trust::{TrustError, TrustedAuthority};
