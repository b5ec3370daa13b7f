//! The stage: broker, database, centre, node and sample cameras as real processes on loopback, and the verdict on what
//! arrived. The demo is this stage with the curtain open; the system tests play on it with accidents. It never stands in
//! for a part: every process is the one a user runs.

/// A Mosquitto of our own.
pub mod broker;
/// A browser without a window.
pub mod browser;
/// The sample cameras.
pub mod cameras;
/// Which cameras play.
pub mod cast;
/// The central service.
pub mod centre;
/// Where things are in this checkout.
pub mod checkout;
/// A PostgreSQL server of our own.
pub mod database;
/// Screens of the guides: looked over, and pictured anew.
pub mod guide;
/// A TCP proxy that can cut, stall and delay: the network between node and centre.
pub mod network;
/// The edge node.
pub mod node;
/// A person at the people's API.
pub mod person;
/// Child processes that die with us, and waiting for a condition.
pub mod process;
/// The one enrolled person of the sample gates.
pub mod sample_person;
/// The whole stage, put up in order and taken down in order.
pub mod set;
/// A disk that can be filled.
pub mod small_disk;
/// A node's place taken by a test.
pub mod stand_in;
/// What should have arrived, what did arrive, and whether that is good enough.
pub mod verdict;
/// What the gates answered beside what they owed.
pub mod verdict_gates;
