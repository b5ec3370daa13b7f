//! The registry's times as moments: before which things are over their time now. The one place where both the job that removes
//! and the page that says what it will remove take them from.

use contract::clock::{DAY_US, UtcMicros};

use super::{REJECTED_CONTENT_DAYS, REJECTED_RECORD_DAYS, kept_days};
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
    /// What belongs to no controller.
    pub shared: SharedLimits,
}

impl Limits {
    /// At this moment, by the registry.
    #[must_use]
    pub fn at(now: UtcMicros) -> Self {
        let before = |table: &str| now.plus_us(-i64::from(kept_days(table)) * DAY_US);
        Self {
            passages: before("events").max(before("passes")),
            pictures: before("evidence"),
            case_content: now.plus_us(-i64::from(REJECTED_CONTENT_DAYS) * DAY_US),
            case_record: now.plus_us(-i64::from(REJECTED_RECORD_DAYS) * DAY_US),
            audit: before("audit"),
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
                arrivals: before("arrivals"),
                consents: before("enrolments"),
                deletions: before("withdrawals"),
                devices: before("camera_states"),
            },
        }
    }
}
