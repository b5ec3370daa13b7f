//! Topics as a type: built from parts, parsed back into them. No other place writes topic text.
//!
//! ```
//! use contract::topic::{Topic, EventKind};
//! let topic: Topic = "chilang/v1/square/node-1/cam/road-1/pass".parse().unwrap();
//! assert_eq!(topic, Topic::Event { from: "square/node-1".parse().unwrap(), camera: "road-1".parse().unwrap(), kind: EventKind::Pass });
//! assert_eq!(topic.to_string(), "chilang/v1/square/node-1/cam/road-1/pass");
//! ```

use std::fmt;
use std::str::FromStr;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::ids::{CameraName, NodeAddress, NodeName};

/// First two levels of every topic of this contract version.
pub const PREFIX: &str = "chilang/v1";

/// Kinds of event, as the last level of a camera's topic and in the envelope.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum EventKind {
    /// One passage of one vehicle.
    Pass,
    /// One person at a gate.
    Access,
    /// A suspected violation.
    Suspicion,
    /// A one-minute bucket of a counting line.
    Count,
    /// The state of a camera.
    Health,
    /// A guard's decision, told by a site to its province.
    Decision,
}

impl EventKind {
    /// All kinds.
    pub const ALL: [Self; 6] = [Self::Pass, Self::Access, Self::Suspicion, Self::Count, Self::Health, Self::Decision];

    /// As it stands in topics, in JSON and in the store.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Pass => "pass",
            Self::Access => "access",
            Self::Suspicion => "suspicion",
            Self::Count => "count",
            Self::Health => "health",
            Self::Decision => "decision",
        }
    }
}

impl fmt::Display for EventKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl FromStr for EventKind {
    type Err = BadTopic;
    fn from_str(text: &str) -> Result<Self, BadTopic> {
        Self::ALL.into_iter().find(|kind| kind.as_str() == text).ok_or_else(|| BadTopic(text.to_owned()))
    }
}

/// Every topic of the contract.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Topic {
    /// Node → all, retained, also the last will: is the node connected?
    Status(NodeAddress),
    /// Node → all, retained: what runs there, and where its ledger stands.
    Birth(NodeAddress),
    /// Node → centre: one event.
    Event {
        /// The node it comes from.
        from: NodeAddress,
        /// Its camera.
        camera: CameraName,
        /// What kind.
        kind: EventKind,
    },
    /// Site → province: an event of one of the site's nodes, exactly as that node signed it.
    ForwardedEvent {
        /// Who forwards: it publishes below its own prefix only.
        via: NodeAddress,
        /// The node the event is from, of the same site.
        node: NodeName,
        /// Its camera.
        camera: CameraName,
        /// What kind.
        kind: EventKind,
    },
    /// Site → province, retained: is the node connected to its site?
    ForwardedStatus {
        /// Who forwards.
        via: NodeAddress,
        /// The node.
        node: NodeName,
    },
    /// Site → province, retained: what the node said of itself at its site.
    ForwardedBirth {
        /// Who forwards.
        via: NodeAddress,
        /// The node.
        node: NodeName,
    },
    /// Centre → node: a command.
    Command(NodeAddress),
    /// Centre → node: a bundle revision is there to be fetched.
    Bundle(NodeAddress),
    /// Centre → node: ranges that are stored.
    Ack(NodeAddress),
    /// Centre → all, retained, also the last will: nodes send only while the centre takes.
    CentralStatus,
}

/// The text is not a topic of this contract.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{0:?} is not a topic of {PREFIX}")]
pub struct BadTopic(String);

impl fmt::Display for Topic {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Status(n) => write!(f, "{PREFIX}/{n}/status"),
            Self::Birth(n) => write!(f, "{PREFIX}/{n}/birth"),
            Self::Event { from, camera, kind } => write!(f, "{PREFIX}/{from}/cam/{camera}/{kind}"),
            Self::ForwardedEvent { via, node, camera, kind } => {
                write!(f, "{PREFIX}/{via}/node/{node}/cam/{camera}/{kind}")
            }
            Self::ForwardedStatus { via, node } => write!(f, "{PREFIX}/{via}/node/{node}/status"),
            Self::ForwardedBirth { via, node } => write!(f, "{PREFIX}/{via}/node/{node}/birth"),
            Self::Command(n) => write!(f, "{PREFIX}/{n}/cmd"),
            Self::Bundle(n) => write!(f, "{PREFIX}/{n}/bundle"),
            Self::Ack(n) => write!(f, "{PREFIX}/{n}/ack"),
            Self::CentralStatus => write!(f, "{PREFIX}/central/status"),
        }
    }
}

impl FromStr for Topic {
    type Err = BadTopic;
    fn from_str(text: &str) -> Result<Self, BadTopic> {
        let bad = || BadTopic(text.chars().take(120).collect());
        let rest = text.strip_prefix(PREFIX).and_then(|r| r.strip_prefix('/')).ok_or_else(bad)?;
        if rest == "central/status" {
            return Ok(Self::CentralStatus);
        }
        let levels: Vec<&str> = rest.split('/').collect();
        let (Some(site), Some(node)) = (levels.first(), levels.get(1)) else {
            return Err(bad());
        };
        let address = NodeAddress { site: site.parse().map_err(|_| bad())?, node: node.parse().map_err(|_| bad())? };
        match levels[2..] {
            ["status"] => Ok(Self::Status(address)),
            ["birth"] => Ok(Self::Birth(address)),
            ["cmd"] => Ok(Self::Command(address)),
            ["bundle"] => Ok(Self::Bundle(address)),
            ["ack"] => Ok(Self::Ack(address)),
            ["node", node, "status"] => {
                Ok(Self::ForwardedStatus { via: address, node: node.parse().map_err(|_| bad())? })
            }
            ["node", node, "birth"] => {
                Ok(Self::ForwardedBirth { via: address, node: node.parse().map_err(|_| bad())? })
            }
            ["node", node, "cam", camera, kind] => Ok(Self::ForwardedEvent {
                via: address,
                node: node.parse().map_err(|_| bad())?,
                camera: camera.parse().map_err(|_| bad())?,
                kind: kind.parse().map_err(|_| bad())?,
            }),
            ["cam", camera, kind] => Ok(Self::Event {
                from: address,
                camera: camera.parse().map_err(|_| bad())?,
                kind: kind.parse().map_err(|_| bad())?,
            }),
            _ => Err(bad()),
        }
    }
}

/// What the centre subscribes to for events (the `$share` group lets several replicas share them).
#[must_use]
pub fn events_filter() -> String {
    format!("{PREFIX}/+/+/cam/+/+")
}

/// What a province subscribes to for everything sites forward: events, births and connection states of their nodes.
#[must_use]
pub fn forwarded_filter() -> String {
    format!("{PREFIX}/+/+/node/#")
}

/// What the centre subscribes to for births.
#[must_use]
pub fn births_filter() -> String {
    format!("{PREFIX}/+/+/birth")
}

/// What the centre subscribes to for the connection state of nodes.
#[must_use]
pub fn statuses_filter() -> String {
    format!("{PREFIX}/+/+/status")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_topic_survives_text() {
        let n: NodeAddress = "square/node-1".parse().unwrap();
        let all = [
            Topic::Status(n.clone()),
            Topic::Birth(n.clone()),
            Topic::Event { from: n.clone(), camera: "road-1".parse().unwrap(), kind: EventKind::Suspicion },
            Topic::ForwardedEvent {
                via: n.clone(),
                node: "node-2".parse().unwrap(),
                camera: "gate-1".parse().unwrap(),
                kind: EventKind::Access,
            },
            Topic::ForwardedStatus { via: n.clone(), node: "node-2".parse().unwrap() },
            Topic::ForwardedBirth { via: n.clone(), node: "node-2".parse().unwrap() },
            Topic::Command(n.clone()),
            Topic::Bundle(n.clone()),
            Topic::Ack(n),
            Topic::CentralStatus,
        ];
        for topic in all {
            assert_eq!(topic.to_string().parse::<Topic>(), Ok(topic));
        }
    }

    #[test]
    fn foreign_text_is_refused() {
        for text in [
            "",
            "chilang/v2/a/b/status",
            "chilang/v1/a/b",
            "chilang/v1/a/b/cam/c/what",
            "chilang/v1/A/b/ack",
            "chilang/v1/a/b/cam/c/pass/x",
        ] {
            assert!(text.parse::<Topic>().is_err(), "{text}");
        }
    }
}
