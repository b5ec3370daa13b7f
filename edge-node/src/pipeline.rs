//! The one file that knows every stage: it opens the node's parts in order, gives each camera its threads, carries events
//! into the outbox, and takes everything down again so that nothing said is lost.

pub mod analysis;
pub mod effort;
pub mod gate_house;
pub mod gate_work;
pub mod gates;
pub mod nets;
pub mod node;
pub mod reading;
pub mod replay;
pub mod views;
pub mod worker;
