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
    /// Goes on while the desk's screen is locked: shows no person, decides nothing.
    pub while_locked: bool,
}

impl Access {
    /// Does the role suffice?
    #[must_use]
    pub fn admits(&self, role: Role) -> bool {
        self.roles.contains(&role)
    }
}

const fn reads(roles: &'static [Role], purpose: Purpose) -> Access {
    Access { roles, purpose, decides: false, while_locked: false }
}

const fn goes_on_while_locked(access: Access) -> Access {
    Access { while_locked: true, ..access }
}

const fn decides(roles: &'static [Role], purpose: Purpose) -> Access {
    Access { decides: true, ..reads(roles, purpose) }
}

/// One's own session.
pub const OWN_SESSION: Access = goes_on_while_locked(reads(&Role::ALL, Purpose::Session));

/// One's own PIN and the next guard's sign-in: not from behind a lock.
pub const OWN_DESK: Access = reads(&[Role::Desk], Purpose::Session);

/// Handing a desk over: from one guard in person to another.
pub const DESK_HAND_OVER: Access = decides(&[Role::Desk], Purpose::Session);

/// One's own second factor and password: a person's.
pub const OWN_ACCOUNT: Access = decides(&Role::ALL, Purpose::Session);

/// Accounts, their roles at one controller and their sessions: no faces, no plates.
pub const ACCOUNTS: Access = reads(&[Role::Administrator], Purpose::Administration);

/// Adding and locking accounts, giving and taking roles: an administrator in person.
pub const ACCOUNTS_DECIDE: Access = decides(&[Role::Administrator], Purpose::Administration);

/// How long what is kept, and what was deleted: numbers, no content.
pub const RETENTION: Access = reads(&[Role::Administrator, Role::Auditor], Purpose::Oversight);

/// Setting how long a body keeps what, within bounds: an administrator in person.
pub const RETENTION_DECIDE: Access = decides(&[Role::Administrator], Purpose::Administration);

/// What this program is.
pub const ABOUT: Access = reads(&Role::ALL, Purpose::Operations);

/// Vehicles that passed, with plates and pictures.
pub const PASSES: Access = reads(&[Role::Desk, Role::TrafficOfficer, Role::TrafficLeader], Purpose::VehicleSearch);

/// The register of what left as a file: who, when, why, how many rows; no plate.
pub const PASS_EXPORTS: Access = reads(&[Role::TrafficLeader, Role::Auditor], Purpose::Oversight);

/// Grants to look for a case's vehicle at several places.
pub const GRANTS: Access = reads(&[Role::TrafficOfficer, Role::TrafficLeader], Purpose::VehicleSearch);

/// Asking for a grant, approving, refusing and withdrawing one: two officers in person.
pub const GRANTS_DECIDE: Access = decides(&[Role::TrafficOfficer, Role::TrafficLeader], Purpose::VehicleSearch);

/// Lists of plates, wanted and allowed, and alerts about wanted ones.
pub const PLATE_LISTS: Access = reads(&[Role::TrafficOfficer, Role::TrafficLeader], Purpose::VehicleSearch);

/// Proposing an entry of a list, approving, refusing and withdrawing one, and saying that an alert was seen: officers in person.
pub const PLATE_LISTS_DECIDE: Access = decides(&[Role::TrafficOfficer, Role::TrafficLeader], Purpose::VehicleSearch);

/// That somebody waits at a gate, and for how long; no name, no picture. The registrar learns the gates' names, and of nobody.
pub const GATES_WATCH: Access = goes_on_while_locked(reads(&[Role::Desk, Role::Registrar], Purpose::AccessControl));

/// Who stands at a gate, and the picture of it while it lasts.
pub const GATES_READ: Access = reads(&[Role::Desk], Purpose::AccessControl);

/// Deciding about whoever stands there, and opening a door by hand.
pub const GATES_DECIDE: Access = decides(&[Role::Desk], Purpose::AccessControl);

/// Enrolled people, their certificates: whoever enrols.
pub const PEOPLE: Access = reads(&[Role::Registrar], Purpose::AccessControl);

/// Proposing, approving, refusing, withdrawing people and watch entries: two registrars in person.
pub const PEOPLE_DECIDE: Access = decides(&[Role::Registrar], Purpose::AccessControl);

/// Suspicions and their pictures.
pub const SUSPICIONS_READ: Access = reads(&[Role::TrafficOfficer, Role::TrafficLeader], Purpose::ViolationReview);

/// Confirming and rejecting.
pub const SUSPICIONS_DECIDE: Access = decides(&[Role::TrafficOfficer, Role::TrafficLeader], Purpose::ViolationReview);

/// What a leader looks at: what expires, who does how much, what is rejected.
pub const SUSPICIONS_OVERVIEW: Access = reads(&[Role::TrafficLeader], Purpose::ViolationReview);

/// Giving suspicions to officers.
pub const SUSPICIONS_ASSIGN: Access = decides(&[Role::TrafficLeader], Purpose::ViolationReview);

/// Correcting what was read on a plate, and taking a search along as a file: an officer in person.
pub const PASSES_ANSWER_FOR: Access = decides(&[Role::TrafficOfficer, Role::TrafficLeader], Purpose::VehicleSearch);

/// Counts: no persons, no plates.
pub const COUNTS: Access =
    reads(&[Role::Desk, Role::TrafficOfficer, Role::TrafficLeader, Role::Tourism], Purpose::Counting);

/// What a tourism office files of visitors: figures, their history, frozen months.
pub const VISITORS: Access = reads(&[Role::Tourism], Purpose::Counting);

/// Typing figures in, correcting and freezing them, and what they are measured by: a person of the tourism office.
pub const VISITORS_DECIDE: Access = decides(&[Role::Tourism], Purpose::Counting);

/// Nodes and cameras: no personal data.
pub const DEVICES: Access = reads(&[Role::Operator, Role::Administrator], Purpose::Operations);

/// A camera's picture as its node pixelates it, and what lines would have counted: whoever looks after devices.
pub const DEVICES_LOOK: Access = reads(&[Role::Operator], Purpose::Operations);

/// A camera's clear picture of this moment: a guard of its own body in person, on record.
pub const CAMERAS_CLEAR: Access = decides(&[Role::Desk], Purpose::AccessControl);

/// Lines and zones of a camera: a person of those who look after devices.
pub const LINES_DECIDE: Access = decides(&[Role::Operator], Purpose::Operations);

/// The names of places, for whoever has to name one.
pub const PLACES: Access = goes_on_while_locked(reads(
    &[
        Role::Desk,
        Role::TrafficOfficer,
        Role::TrafficLeader,
        Role::Tourism,
        Role::Registrar,
        Role::Operator,
        Role::Administrator,
    ],
    Purpose::Operations,
));

/// The live feed; what each role sees in it is decided by the entries above.
pub const LIVE: Access = goes_on_while_locked(reads(
    &[Role::Desk, Role::TrafficOfficer, Role::TrafficLeader, Role::Tourism, Role::Operator, Role::Administrator],
    Purpose::LiveView,
));

/// The audit log.
pub const AUDIT: Access = reads(&[Role::Auditor], Purpose::Oversight);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn roles_without_a_need_for_plates_have_no_way_to_them() {
        for role in [Role::Tourism, Role::Registrar, Role::Operator, Role::Administrator, Role::Auditor] {
            let all = [
                PASSES,
                PASSES_ANSWER_FOR,
                GRANTS,
                GRANTS_DECIDE,
                PLATE_LISTS,
                PLATE_LISTS_DECIDE,
                SUSPICIONS_READ,
                SUSPICIONS_DECIDE,
                SUSPICIONS_OVERVIEW,
                SUSPICIONS_ASSIGN,
            ];
            for access in all {
                assert!(!access.admits(role), "{role}");
            }
        }
    }

    #[test]
    fn only_deciding_roles_reach_a_decision() {
        assert!(SUSPICIONS_DECIDE.roles.iter().all(|r| r.may_decide_suspicions()));
        let reading = [
            PASSES,
            GATES_READ,
            GATES_WATCH,
            OWN_DESK,
            PEOPLE,
            SUSPICIONS_READ,
            SUSPICIONS_OVERVIEW,
            COUNTS,
            VISITORS,
            DEVICES,
            LIVE,
            AUDIT,
            ACCOUNTS,
            RETENTION,
            GRANTS,
            PLATE_LISTS,
            PASS_EXPORTS,
            PLACES,
        ];
        let deciding = [
            SUSPICIONS_ASSIGN,
            PASSES_ANSWER_FOR,
            VISITORS_DECIDE,
            ACCOUNTS_DECIDE,
            GRANTS_DECIDE,
            PLATE_LISTS_DECIDE,
            RETENTION_DECIDE,
        ];
        assert!(deciding.iter().all(|access| access.decides));
        assert!(reading.iter().all(|access| !access.decides));
    }
}
