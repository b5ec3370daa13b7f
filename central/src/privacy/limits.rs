//! The registry's times, and what bodies set within their bounds, as moments: before which things are over their time now. The one
//! place where both the job that removes and the page that says what it will remove take them from.

use contract::clock::{DAY_US, UtcMicros};

use super::bounds::InForce;
use super::{DataClass, REJECTED_CONTENT_DAYS, REJECTED_RECORD_DAYS, kept_days};
use crate::store::retention::SharedLimits;

/// The moments before which things are over their time.
#[derive(Debug, Clone, Copy)]
pub struct Limits {
    /// Passages: events, passes, links of pictures.
    pub passages: UtcMicros,
    /// Pictures no passage speaks of.
    pub pictures: UtcMicros,
    /// The content of cases that ended without a violation.
    pub case_content: UtcMicros,
    /// Their bare record.
    pub case_record: UtcMicros,
    /// Days of the audit log.
    pub audit: UtcMicros,
    /// The access log and the visitors' book.
    pub access: UtcMicros,
    /// Hosts that ended.
    pub hosts: UtcMicros,
    /// Entries of lists of plates that ended.
    pub lists: UtcMicros,
    /// Alerts about wanted plates.
    pub alerts: UtcMicros,
    /// What belongs to no controller.
    pub shared: SharedLimits,
}

impl Limits {
    /// At this moment, by the registry alone.
    #[must_use]
    pub fn at(now: UtcMicros) -> Self {
        Self::of(&InForce::default(), now)
    }

    /// At this moment, of a body that set some of its times.
    #[must_use]
    pub fn of(set: &InForce, now: UtcMicros) -> Self {
        let before = |table: &str| now.plus_us(-i64::from(kept_days(table)) * DAY_US);
        let of = |class: DataClass, table: &str| {
            now.plus_us(-i64::from(set.days(class).unwrap_or_else(|| kept_days(table))) * DAY_US)
        };
        Self {
            passages: of(DataClass::Plate, "passes"),
            pictures: of(DataClass::Picture, "evidence"),
            case_content: now.plus_us(-i64::from(REJECTED_CONTENT_DAYS) * DAY_US),
            case_record: now.plus_us(-i64::from(REJECTED_RECORD_DAYS) * DAY_US),
            audit: of(DataClass::Audit, "audit"),
            access: of(DataClass::Access, "arrivals"),
            hosts: before("hosts"),
            lists: before("plate_lists"),
            alerts: before("plate_alerts"),
            shared: SharedLimits {
                tokens: before("enrol_tokens"),
                bundles: before("bundles"),
                quarantine: before("quarantine"),
                served: before("evidence_served"),
                sessions: before("sessions"),
                accounts: before("users"),
                failures: before("sign_in_failures"),
                leases: before("case_leases"),
                exports: before("pass_exports"),
                consents: before("enrolments"),
                deletions: before("withdrawals"),
                devices: before("camera_states"),
            },
        }
    }
}
