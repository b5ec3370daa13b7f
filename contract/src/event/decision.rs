//! The body of a person's decision at a gate, as a site tells its province: who decided what, about which arrival. Only a
//! site's centre makes it, out of a decision that stands in its own record; no node can.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::clock::UtcMicros;
use crate::ids::{AskId, DecisionId, GateName, NodeAddress, PassageId, RequestId};
use crate::signature::Sha256;

/// A person's word at a gate.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum GuardVerdict {
    /// Let in.
    Admit,
    /// Not let in.
    Refuse,
    /// Not the enrolled person it was taken for.
    NotThisPerson,
    /// A door opened by hand.
    Open,
}

impl GuardVerdict {
    /// As stored.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Admit => "admit",
            Self::Refuse => "refuse",
            Self::NotThisPerson => "not_this_person",
            Self::Open => "open",
        }
    }
}

/// What a guard decided.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct DecisionBody {
    /// Its id: doors name it in their acts.
    pub decision: DecisionId,
    /// The node whose gate it is.
    pub gate_node: NodeAddress,
    /// The gate.
    pub gate: GateName,
    /// What.
    pub verdict: GuardVerdict,
    /// The arrival; absent exactly for a door opened by hand.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub passage: Option<PassageId>,
    /// The arrival's revision on the guard's screen.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub passage_revision: Option<u32>,
    /// Hash of the picture on the guard's screen.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub look: Option<Sha256>,
    /// The node's request it answers.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub request: Option<RequestId>,
    /// The question it began with, for a door opened by hand.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ask: Option<AskId>,
    /// Why; always given for a refusal and for a door opened by hand.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
    /// The guard's free note.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub note: Option<String>,
    /// The guard's account at the site.
    pub officer: String,
    /// When, by the site's clock, UTC µs.
    pub at: UtcMicros,
}

impl DecisionBody {
    /// What contradicts itself, if anything does.
    pub(super) fn contradiction(&self) -> Option<&'static str> {
        let by_hand = self.verdict == GuardVerdict::Open;
        if by_hand != self.passage.is_none() || by_hand != self.ask.is_some() {
            return Some("a decision is about an arrival, or about a door that was asked for");
        }
        if self.passage.is_some() != self.passage_revision.is_some() {
            return Some("a decision about an arrival quotes its revision");
        }
        if matches!(self.verdict, GuardVerdict::Refuse | GuardVerdict::Open) && self.reason.is_none() {
            return Some("a refusal and a door opened by hand have a reason");
        }
        if self.officer.trim().is_empty() {
            return Some("a decision names whoever made it");
        }
        None
    }
}
