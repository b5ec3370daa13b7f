//! Arrivals at gates and what guards decide about them. The node's word comes in as it is (`store/arrivals.rs`); here stand
//! the rules of a decision (`decision.rs`), the reckoning by which an order to open dies in time (`node_clock.rs`), the
//! stranger's picture on its way through (`looks.rs`), the desk that sends orders (`desk.rs`), and the steps of a visit on business
//! (`visit.rs`). Nothing here decides by itself, and nothing here keeps a face.

mod decision;
mod desk;
mod looks;
mod node_clock;
mod plain;
mod visit;

pub use decision::{ArrivalNow, DecisionFault, GateVerdictWord, OpenReason, Quoted, RefusalReason, check};
pub use desk::{Asked, Commands, Desk, Opening};
pub use looks::{LOOK_MAX_BYTES, Look, LookPicture, Looks};
pub use node_clock::NodeClocks;
pub use plain::plain_letters;
pub use visit::{HostAnswer, Visit, VisitFault, VisitState, VisitStep};
