//! The roles, the purposes data is looked at for, and what an account holds. Names only: which route wants which role is
//! said beside the route.

use std::fmt;
use std::str::FromStr;

use contract::ids::ControllerName;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// What a person does for a controller. Held on the server, per controller; never taken from the client.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Role {
    /// Security desk at a gate.
    Desk,
    /// Reviews suspicions.
    TrafficOfficer,
    /// Reviews suspicions and answers for the officers.
    TrafficLeader,
    /// Reads counts, never persons or plates.
    Tourism,
    /// Enrols people and registers visitors.
    Registrar,
    /// Devices; no personal data.
    Operator,
    /// Users and settings; no faces, no plates.
    Administrator,
    /// Reads the audit log.
    Auditor,
}

/// A text was no role.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error(
    "{0:?} is no role: use desk, traffic_officer, traffic_leader, tourism, registrar, operator, administrator or auditor"
)]
pub struct UnknownRole(String);

impl Role {
    /// All of them, in the order tables show them.
    pub const ALL: [Self; 8] = [
        Self::Desk,
        Self::TrafficOfficer,
        Self::TrafficLeader,
        Self::Tourism,
        Self::Registrar,
        Self::Operator,
        Self::Administrator,
        Self::Auditor,
    ];

    /// As stored and as in JSON.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Desk => "desk",
            Self::TrafficOfficer => "traffic_officer",
            Self::TrafficLeader => "traffic_leader",
            Self::Tourism => "tourism",
            Self::Registrar => "registrar",
            Self::Operator => "operator",
            Self::Administrator => "administrator",
            Self::Auditor => "auditor",
        }
    }

    /// As screens show it.
    #[must_use]
    pub const fn label(self) -> &'static str {
        match self {
            Self::Desk => "Bàn trực an ninh",
            Self::TrafficOfficer => "Cán bộ thẩm định",
            Self::TrafficLeader => "Lãnh đạo cảnh sát giao thông",
            Self::Tourism => "Cán bộ du lịch",
            Self::Registrar => "Cán bộ đăng ký",
            Self::Operator => "Kỹ thuật vận hành",
            Self::Administrator => "Quản trị",
            Self::Auditor => "Cán bộ kiểm tra nhật ký",
        }
    }

    /// May this role decide about a suspicion?
    #[must_use]
    pub const fn may_decide_suspicions(self) -> bool {
        matches!(self, Self::TrafficOfficer | Self::TrafficLeader)
    }
}

impl fmt::Display for Role {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl FromStr for Role {
    type Err = UnknownRole;
    fn from_str(text: &str) -> Result<Self, UnknownRole> {
        Self::ALL.into_iter().find(|r| r.as_str() == text).ok_or_else(|| UnknownRole(text.to_owned()))
    }
}

/// One role at one controller.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Grant {
    /// Whose data.
    pub controller: ControllerName,
    /// Which role.
    pub role: Role,
}

/// What an account stands for. A service reads; only a person decides.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum AccountKind {
    /// A named person.
    Person,
    /// A program.
    Service,
}

impl AccountKind {
    /// As stored.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Person => "person",
            Self::Service => "service",
        }
    }

    /// From the store; anything that is not a person may not decide.
    #[must_use]
    pub fn from_stored(text: &str) -> Self {
        match text {
            "person" => Self::Person,
            _ => Self::Service,
        }
    }
}

/// Why data is looked at. Every route states one; it stands in each audit record.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Purpose {
    /// One's own session.
    Session,
    /// Vehicles at a place: who came past.
    VehicleSearch,
    /// Who may come in.
    AccessControl,
    /// Review of suspected violations.
    ViolationReview,
    /// Numbers without persons.
    Counting,
    /// Devices and their health.
    Operations,
    /// What happens now.
    LiveView,
    /// Control of those who look at data.
    Oversight,
    /// Accounts and their roles.
    Administration,
}

impl Purpose {
    /// As in audit records and in the table of roles.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Session => "session",
            Self::VehicleSearch => "vehicle_search",
            Self::AccessControl => "access_control",
            Self::ViolationReview => "violation_review",
            Self::Counting => "counting",
            Self::Operations => "operations",
            Self::LiveView => "live_view",
            Self::Oversight => "oversight",
            Self::Administration => "administration",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_read_back() {
        for role in Role::ALL {
            assert_eq!(role.as_str().parse::<Role>().unwrap(), role);
            assert_eq!(serde_json::to_value(role).unwrap(), serde_json::json!(role.as_str()));
        }
        assert!("root".parse::<Role>().is_err());
    }

    #[test]
    fn only_traffic_police_decide_and_unknown_kinds_are_programs() {
        let deciding: Vec<_> = Role::ALL.into_iter().filter(|r| r.may_decide_suspicions()).collect();
        assert_eq!(deciding, [Role::TrafficOfficer, Role::TrafficLeader]);
        assert_eq!(AccountKind::from_stored("robot"), AccountKind::Service);
    }
}
