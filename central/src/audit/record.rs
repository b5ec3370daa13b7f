//! One audit record and its canonical text. The text is what is hashed, stored and shown; nothing is left out of it and
//! nothing is added when it is read.

use contract::clock::{UtcMicros, VIETNAM_OFFSET_US};
use contract::ids::ControllerName;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::auth::{AccountKind, Authz, Purpose, Role, Session};

/// Schema of a record.
pub const SCHEMA: &str = "chilang.audit/1";

/// Who did it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Actor {
    /// The account.
    pub user: Uuid,
    /// Its name at that moment.
    pub name: String,
    /// Person or program.
    pub kind: AccountKind,
    /// In which role.
    pub role: Role,
    /// In which session.
    pub session: Uuid,
}

impl Actor {
    /// Whoever this request comes from.
    #[must_use]
    pub fn of(authz: &Authz) -> Self {
        Self::at_sign_in(authz.session(), authz.role())
    }

    /// Whoever signs in, in one of the roles that brings.
    #[must_use]
    pub fn at_sign_in(session: &Session, role: Role) -> Self {
        Self {
            user: session.user_id,
            name: session.name.clone(),
            kind: session.kind,
            role,
            session: session.session_id,
        }
    }
}

/// The time a look-up covers.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Window {
    /// First moment.
    pub from: UtcMicros,
    /// Moment after the last.
    pub to: UtcMicros,
}

/// What happened, without its place in the chain.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Entry {
    /// Who; none for an attempt to sign in that failed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub actor: Option<Actor>,
    /// What: `passes.search`, `suspicions.confirm`, …
    pub action: String,
    /// For which purpose.
    pub purpose: Purpose,
    /// At which place.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub site: Option<String>,
    /// Over which time.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub window: Option<Window>,
    /// What was looked for, in its canonical form.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub subject: Option<String>,
    /// The passage, case or picture it was about.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub object: Option<String>,
    /// The case's revision, the reason of a rejection, the role of a picture.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub detail: Option<String>,
}

impl Entry {
    /// An entry of this action; the rest is filled in by the `with` functions.
    #[must_use]
    pub fn new(actor: Option<Actor>, action: &str, purpose: Purpose) -> Self {
        Self {
            actor,
            action: action.to_owned(),
            purpose,
            site: None,
            window: None,
            subject: None,
            object: None,
            detail: None,
        }
    }

    /// An entry about what this request does.
    #[must_use]
    pub fn by(authz: &Authz, action: &str) -> Self {
        Self::new(Some(Actor::of(authz)), action, authz.purpose())
    }

    /// At this place, over this time.
    #[must_use]
    pub fn with_place(mut self, site: &str, from: UtcMicros, to: UtcMicros) -> Self {
        self.site = Some(site.to_owned());
        self.window = Some(Window { from, to });
        self
    }

    /// Looking for this.
    #[must_use]
    pub fn with_subject(mut self, subject: Option<&str>) -> Self {
        self.subject = subject.map(str::to_owned);
        self
    }

    /// About this.
    #[must_use]
    pub fn with_object(mut self, object: impl ToString) -> Self {
        self.object = Some(object.to_string());
        self
    }

    /// With this behind whatever detail there is.
    #[must_use]
    pub fn with_more(mut self, more: impl ToString) -> Self {
        let more = more.to_string();
        self.detail = Some(self.detail.map_or_else(|| more.clone(), |detail| format!("{detail}, {more}")));
        self
    }

    /// In more detail.
    #[must_use]
    pub fn with_detail(mut self, detail: impl ToString) -> Self {
        self.detail = Some(detail.to_string());
        self
    }
}

/// An entry in its place.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Record {
    /// [`SCHEMA`].
    pub schema: String,
    /// Whose chain.
    pub controller: ControllerName,
    /// The Vietnamese civil day, `yyyy-mm-dd`.
    pub day: String,
    /// Place in the day's chain, from 1.
    pub seq: i64,
    /// When.
    pub at: UtcMicros,
    /// What happened.
    #[serde(flatten)]
    pub entry: Entry,
}

impl Record {
    /// The text that is hashed and stored: JSON, fields in the order of the type.
    #[must_use]
    pub fn canonical(&self) -> String {
        serde_json::to_string(self).expect("a record has string keys only and no failing serialiser")
    }
}

/// The Vietnamese civil day of a moment, `yyyy-mm-dd`.
#[must_use]
pub(crate) fn day_of(at: UtcMicros) -> String {
    at.plus_us(VIETNAM_OFFSET_US).to_rfc3339().chars().take(10).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_canonical_text_reads_back_and_is_stable() {
        let record = Record {
            schema: SCHEMA.to_owned(),
            controller: "police".parse().unwrap(),
            day: "2026-11-23".into(),
            seq: 1,
            at: UtcMicros(5),
            entry: Entry::new(None, "passes.search", Purpose::VehicleSearch)
                .with_place("road-1", UtcMicros(1), UtcMicros(2))
                .with_subject(Some("12A12345")),
        };
        let text = record.canonical();
        assert_eq!(
            text,
            r#"{"schema":"chilang.audit/1","controller":"police","day":"2026-11-23","seq":1,"at":5,"action":"passes.search","purpose":"vehicle_search","site":"road-1","window":{"from":1,"to":2},"subject":"12A12345"}"#
        );
        assert_eq!(serde_json::from_str::<Record>(&text).unwrap(), record);
    }

    #[test]
    fn the_day_is_vietnamese() {
        let before = UtcMicros::from_rfc3339("2026-11-23T16:59:59Z").unwrap();
        assert_eq!(day_of(before), "2026-11-23");
        assert_eq!(day_of(before.plus_us(1_000_000)), "2026-11-24");
    }
}
