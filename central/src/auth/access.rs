//! What each kind of route asks for: the one table of roles. Routes refer to these entries, the live feed filters by them,
//! and docs/roles.md is generated from them, so that page, feed and router can't drift apart.

use super::{Purpose, Role};

/// What a route asks of whoever calls it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Access {
    /// One of these roles at the controller in question.
    pub roles: &'static [Role],
    /// Why the data is looked at.
    pub purpose: Purpose,
    /// A decision: a person's interactive session is needed besides.
    pub decides: bool,
}

impl Access {
    /// Does the role suffice?
    #[must_use]
    pub fn admits(&self, role: Role) -> bool {
        self.roles.contains(&role)
    }
}

const fn reads(roles: &'static [Role], purpose: Purpose) -> Access {
    Access { roles, purpose, decides: false }
}

/// One's own session.
pub const OWN_SESSION: Access = reads(&Role::ALL, Purpose::Session);

/// Vehicles that passed, with plates and pictures.
pub const PASSES: Access = reads(&[Role::Desk, Role::TrafficOfficer, Role::TrafficLeader], Purpose::VehicleSearch);

/// Who stands at a gate, and the picture of it while it lasts.
pub const GATES_READ: Access = reads(&[Role::Desk], Purpose::AccessControl);

/// Deciding about whoever stands there, and opening a door by hand.
pub const GATES_DECIDE: Access = Access { roles: &[Role::Desk], purpose: Purpose::AccessControl, decides: true };

/// Enrolled people, their certificates: whoever enrols.
pub const PEOPLE: Access = reads(&[Role::Registrar], Purpose::AccessControl);

/// Proposing, approving, refusing, withdrawing people and watch entries: two registrars in person.
pub const PEOPLE_DECIDE: Access = Access { roles: &[Role::Registrar], purpose: Purpose::AccessControl, decides: true };

/// Suspicions and their pictures.
pub const SUSPICIONS_READ: Access = reads(&[Role::TrafficOfficer, Role::TrafficLeader], Purpose::ViolationReview);

/// Confirming and rejecting.
pub const SUSPICIONS_DECIDE: Access =
    Access { roles: &[Role::TrafficOfficer, Role::TrafficLeader], purpose: Purpose::ViolationReview, decides: true };

/// What a leader looks at: what expires, who does how much, what is rejected.
pub const SUSPICIONS_OVERVIEW: Access = reads(&[Role::TrafficLeader], Purpose::ViolationReview);

/// Giving suspicions to officers.
pub const SUSPICIONS_ASSIGN: Access =
    Access { roles: &[Role::TrafficLeader], purpose: Purpose::ViolationReview, decides: true };

/// Correcting what was read on a plate, and taking a search along as a file: an officer in person.
pub const PASSES_ANSWER_FOR: Access =
    Access { roles: &[Role::TrafficOfficer, Role::TrafficLeader], purpose: Purpose::VehicleSearch, decides: true };

/// Counts: no persons, no plates.
pub const COUNTS: Access =
    reads(&[Role::Desk, Role::TrafficOfficer, Role::TrafficLeader, Role::Tourism], Purpose::Counting);

/// Nodes and cameras: no personal data.
pub const DEVICES: Access = reads(&[Role::Operator, Role::Administrator], Purpose::Operations);

/// The live feed and the names of the places it can be watched at; what each role sees in it is decided by the entries above.
pub const LIVE: Access = reads(
    &[Role::Desk, Role::TrafficOfficer, Role::TrafficLeader, Role::Tourism, Role::Operator, Role::Administrator],
    Purpose::LiveView,
);

/// The audit log.
pub const AUDIT: Access = reads(&[Role::Auditor], Purpose::Oversight);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn roles_without_a_need_for_plates_have_no_way_to_them() {
        for role in [Role::Tourism, Role::Registrar, Role::Operator, Role::Administrator, Role::Auditor] {
            let all =
                [PASSES, PASSES_ANSWER_FOR, SUSPICIONS_READ, SUSPICIONS_DECIDE, SUSPICIONS_OVERVIEW, SUSPICIONS_ASSIGN];
            for access in all {
                assert!(!access.admits(role), "{role}");
            }
        }
    }

    #[test]
    fn only_deciding_roles_reach_a_decision() {
        assert!(SUSPICIONS_DECIDE.roles.iter().all(|r| r.may_decide_suspicions()));
        let reading = [PASSES, GATES_READ, PEOPLE, SUSPICIONS_READ, SUSPICIONS_OVERVIEW, COUNTS, DEVICES, LIVE, AUDIT];
        assert!(SUSPICIONS_ASSIGN.decides && PASSES_ANSWER_FOR.decides);
        assert!(reading.iter().all(|access| !access.decides));
    }
}
