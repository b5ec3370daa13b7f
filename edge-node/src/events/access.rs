//! What a gate says, as an event. The gate decides what is said and when; here it gets its envelope, and never a picture.

use contract::event::Body;

use super::book::draft;
use super::{CameraContext, EventDraft};
use crate::gate::Said;

/// The event of one word of a gate.
#[must_use]
pub fn access_draft(context: &CameraContext, said: Said) -> EventDraft {
    let body = Body::Access(Box::new(said.body));
    draft(context, said.passage, said.revision, (said.state, said.end), said.captured, body)
}
