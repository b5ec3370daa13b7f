//! Names and ids. Names are short slugs given by people; ids are UUIDv7, made from a clock and a source of
//! randomness that are parameters, so that a replay makes the same ids twice.

use std::fmt;
use std::str::FromStr;
use std::sync::Mutex;

use ring::rand::{SecureRandom, SystemRandom};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use uuid::{Builder, Uuid};

use crate::clock::UtcMicros;

/// A name was not a slug.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error(
    "{what} {text:?} is not a valid name: use 1 to 40 of a-z, 0-9 and '-', starting and ending with a letter or digit"
)]
pub struct BadName {
    what: &'static str,
    text: String,
}

fn is_slug(text: &str) -> bool {
    let edge = |b: Option<&u8>| b.is_some_and(|b| b.is_ascii_lowercase() || b.is_ascii_digit());
    let bytes = text.as_bytes();
    bytes.len() <= 40
        && edge(bytes.first())
        && edge(bytes.last())
        && bytes.iter().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || *b == b'-')
}

macro_rules! slug {
    ($(#[$doc:meta])* $name:ident, $what:literal) => {
        $(#[$doc])*
        #[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(try_from = "String", into = "String")]
        pub struct $name(String);

        impl $name {
            /// The name as text.
            #[must_use]
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl FromStr for $name {
            type Err = BadName;
            fn from_str(text: &str) -> Result<Self, BadName> {
                if is_slug(text) { Ok(Self(text.to_owned())) } else { Err(BadName { what: $what, text: text.to_owned() }) }
            }
        }

        impl TryFrom<String> for $name {
            type Error = BadName;
            fn try_from(text: String) -> Result<Self, BadName> {
                text.parse()
            }
        }

        impl From<$name> for String {
            fn from(name: $name) -> String {
                name.0
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&self.0)
            }
        }

        impl JsonSchema for $name {
            fn schema_name() -> std::borrow::Cow<'static, str> {
                stringify!($name).into()
            }
            fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
                schemars::json_schema!({ "type": "string", "pattern": "^[a-z0-9]([a-z0-9-]{0,38}[a-z0-9])?$" })
            }
        }
    };
}

slug!(/// A place with cameras: `chi-lang-square`.
    SiteName, "site");
slug!(/// One edge node; unique within its site.
    NodeName, "node");
slug!(/// A camera; unique within its node.
    CameraName, "camera");
slug!(/// A door or barrier that a node can open; unique within its node.
    DoorName, "door");
slug!(/// A counting or directed line; unique within its camera.
    LineName, "line");
slug!(/// A violation rule: `wrong-way`.
    RuleName, "rule");
slug!(/// A gate; unique on its node.
    GateName, "gate");
slug!(/// The body answerable for the data of a camera: `traffic-police`.
    ControllerName, "controller");

/// A node by its full name, `site/node`. It is also the common name of the node's certificate, so that the broker's
/// access list can bind a certificate to its own topic prefix.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
pub struct NodeAddress {
    /// The site.
    pub site: SiteName,
    /// The node at that site.
    pub node: NodeName,
}

impl fmt::Display for NodeAddress {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}/{}", self.site, self.node)
    }
}

impl FromStr for NodeAddress {
    type Err = BadName;
    fn from_str(text: &str) -> Result<Self, BadName> {
        let (site, node) =
            text.split_once('/').ok_or_else(|| BadName { what: "node address", text: text.to_owned() })?;
        Ok(Self { site: site.parse()?, node: node.parse()? })
    }
}

macro_rules! uuid_id {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
        #[serde(transparent)]
        pub struct $name(pub Uuid);

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                self.0.fmt(f)
            }
        }
    };
}

uuid_id!(/// One message. UUIDv7.
    EventId);
uuid_id!(/// One passage of one person or vehicle past one camera; every revision of it carries the same id. UUIDv7.
    PassageId);
uuid_id!(/// One outbox file: minted with it, never changed. `(log_id, seq)` numbers every event of a node without gaps. UUIDv7.
    LogId);
uuid_id!(/// One run of the node's process: monotonic times compare only within it. UUIDv7.
    BootId);
uuid_id!(/// One enrolment of one person, or one watch entry. Opaque: who it is stands in the centre only. UUIDv7.
    EnrolmentId);
uuid_id!(/// A node's request for a decision: to be quoted once, at that node, while it is outstanding. Random.
    RequestId);
uuid_id!(/// A person's decision at a gate. UUIDv7.
    DecisionId);
uuid_id!(/// The centre's question to a node: hand out a request for a door. UUIDv7.
    AskId);
uuid_id!(/// The centre's wish to look at the picture of a passage. UUIDv7.
    LookId);
uuid_id!(/// The centre's wish to see something of a camera now: the answer quotes it, once. UUIDv7.
    WishId);

/// Makes UUIDv7s (RFC 9562 5.7) from a moment and randomness.
pub trait IdSource: Send + Sync {
    /// A new id whose time part is `at`.
    fn next(&self, at: UtcMicros) -> Uuid;
}

fn v7(at: UtcMicros, random: &[u8; 10]) -> Uuid {
    let millis = u64::try_from(at.0.max(0) / 1000).unwrap_or(0);
    Builder::from_unix_timestamp_millis(millis, random).into_uuid()
}

/// Ids from the operating system's randomness.
#[derive(Debug)]
pub struct SystemIds(SystemRandom);

impl SystemIds {
    /// A source on the operating system's generator.
    #[must_use]
    pub fn new() -> Self {
        Self(SystemRandom::new())
    }
}

impl Default for SystemIds {
    fn default() -> Self {
        Self::new()
    }
}

impl IdSource for SystemIds {
    fn next(&self, at: UtcMicros) -> Uuid {
        let mut random = [0u8; 10];
        self.0.fill(&mut random).expect("the kernel's random generator does not fail once seeded");
        v7(at, &random)
    }
}

/// Ids that follow from a seed: SHA-256(seed, counter). For replay (seed = SHA-256 of the file) and tests.
#[derive(Debug)]
pub struct SeededIds {
    seed: [u8; 32],
    counter: Mutex<u64>,
}

impl SeededIds {
    /// A source that repeats itself for the same seed.
    #[must_use]
    pub fn new(seed: [u8; 32]) -> Self {
        Self { seed, counter: Mutex::new(0) }
    }
}

impl IdSource for SeededIds {
    fn next(&self, at: UtcMicros) -> Uuid {
        let mut counter = self.counter.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
        *counter += 1;
        let mut context = ring::digest::Context::new(&ring::digest::SHA256);
        context.update(&self.seed);
        context.update(&counter.to_be_bytes());
        let mut random = [0u8; 10];
        random.copy_from_slice(&context.finish().as_ref()[..10]);
        v7(at, &random)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_slugs() {
        for good in ["a", "road-1", "12-a"] {
            assert!(good.parse::<CameraName>().is_ok(), "{good}");
        }
        for bad in ["", "-a", "a-", "A", "a_b", "a/b", "a+", "#", "đ", &"a".repeat(41)] {
            assert!(bad.parse::<CameraName>().is_err(), "{bad}");
        }
    }

    #[test]
    fn seeded_ids_repeat_and_differ() {
        let at = UtcMicros(1_700_000_000_000_000);
        let (a, b) = (SeededIds::new([7; 32]), SeededIds::new([7; 32]));
        let first = a.next(at);
        assert_eq!(first, b.next(at));
        assert_ne!(first, a.next(at));
        assert_eq!(first.get_version_num(), 7);
    }
}
