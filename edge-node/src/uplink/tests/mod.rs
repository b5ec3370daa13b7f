//! The uplink against a real broker and a centre of a few lines that loses, doubles and delays.

mod broker;
mod bundles;
mod whole_way;
