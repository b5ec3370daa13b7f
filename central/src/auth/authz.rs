//! The judgement about one request: who, for which controller, in which roles, for which purpose. An [`Authz`] cannot be
//! made but by [`Authz::judge`]; an [`Officer`] cannot be had but from an [`Authz`] of a person who may decide.

use contract::ids::ControllerName;
use uuid::Uuid;

use super::access::Access;
use super::sign_in::{AuthError, Session};
use super::{AccountKind, Purpose, Role};

/// What a handler gets instead of a request's claims. Every question to the store goes through its one controller.
#[derive(Debug, Clone)]
pub struct Authz {
    session: Session,
    controller: ControllerName,
    roles: Vec<Role>,
    access: &'static Access,
}

/// A named officer in an interactive session: the only one who can decide.
#[derive(Debug, Clone)]
pub struct Officer {
    user: Uuid,
    session: Uuid,
}

impl Authz {
    /// May this session use a route that asks for `access`, at `asked` or, if it holds such a role at one controller only, there?
    pub fn judge(session: Session, access: &'static Access, asked: Option<&ControllerName>) -> Result<Self, AuthError> {
        if session.locked && !access.while_locked {
            return Err(AuthError::Locked);
        }
        let mut eligible: Vec<&ControllerName> =
            session.grants.iter().filter(|g| access.admits(g.role)).map(|g| &g.controller).collect();
        eligible.dedup();
        let controller = match (asked, eligible.as_slice()) {
            (_, []) => return Err(AuthError::Forbidden),
            (Some(asked), _) if eligible.contains(&asked) => asked.clone(),
            (Some(_), _) => return Err(AuthError::Forbidden),
            (None, [only]) => (*only).clone(),
            // One's own session belongs to no controller: any will do for the record.
            (None, [first, ..]) if access.purpose == Purpose::Session => (*first).clone(),
            (None, _) => return Err(AuthError::ControllerNeeded),
        };
        // One's own session is where that is done.
        if let Some(must) = session.must
            && access.purpose != Purpose::Session
        {
            return Err(AuthError::First(must));
        }
        let roles: Vec<Role> = session
            .grants
            .iter()
            .filter(|g| g.controller == controller && access.admits(g.role))
            .map(|g| g.role)
            .collect();
        let authz = Self { session, controller, roles, access };
        if access.decides && authz.officer().is_none() {
            return Err(AuthError::PersonNeeded);
        }
        Ok(authz)
    }

    /// The officer, if this is one: a person, interactive, on a route that decides, in one of the roles it asks for.
    #[must_use]
    pub fn officer(&self) -> Option<Officer> {
        let decides = self.access.decides && !self.roles.is_empty();
        let person = self.session.kind == AccountKind::Person && self.session.interactive;
        (decides && person).then_some(Officer { user: self.session.user_id, session: self.session.session_id })
    }

    /// Whose data.
    #[must_use]
    pub fn controller(&self) -> &ControllerName {
        &self.controller
    }

    /// The roles that opened this route.
    #[must_use]
    pub fn roles(&self) -> &[Role] {
        &self.roles
    }

    /// The role that goes on record.
    #[must_use]
    pub fn role(&self) -> Role {
        // `judge` refuses a session without one.
        self.roles.first().copied().unwrap_or(Role::Auditor)
    }

    /// Why the data is looked at.
    #[must_use]
    pub fn purpose(&self) -> Purpose {
        self.access.purpose
    }

    /// The session.
    #[must_use]
    pub fn session(&self) -> &Session {
        &self.session
    }
}

impl Officer {
    /// The officer's account.
    #[must_use]
    pub fn user(&self) -> Uuid {
        self.user
    }

    /// The officer's session.
    #[must_use]
    pub fn session(&self) -> Uuid {
        self.session
    }

    /// An officer out of nothing.
    #[cfg(test)]
    pub(crate) fn for_tests(user: Uuid, session: Uuid) -> Self {
        Self { user, session }
    }
}

#[cfg(test)]
mod tests {
    use super::super::access;
    use super::super::{Grant, Must, SecretToken};
    use super::*;
    use contract::clock::UtcMicros;

    fn session(kind: AccountKind, interactive: bool, grants: &[(&str, Role)]) -> Session {
        Session {
            session_id: Uuid::from_u128(1),
            user_id: Uuid::from_u128(2),
            name: "can-bo".into(),
            kind,
            interactive,
            locked: false,
            has_pin: false,
            created_at: UtcMicros(0),
            token: SecretToken::from_client("x"),
            must: None,
            has_second_factor: false,
            grants: grants
                .iter()
                .map(|(controller, role)| Grant { controller: controller.parse().unwrap(), role: *role })
                .collect(),
        }
    }

    fn person(grants: &[(&str, Role)]) -> Session {
        session(AccountKind::Person, true, grants)
    }

    fn judge(s: Session, access: &'static Access, asked: Option<&str>) -> Result<String, String> {
        let asked = asked.map(|a| a.parse().unwrap());
        Authz::judge(s, access, asked.as_ref()).map(|a| a.controller().to_string()).map_err(|e| format!("{e:?}"))
    }

    #[test]
    fn one_controller_is_implied_and_several_must_be_named() {
        let one = [("police", Role::TrafficOfficer), ("tourism", Role::Tourism)];
        assert_eq!(judge(person(&one), &access::PASSES, None), Ok("police".into()));
        assert_eq!(judge(person(&one), &access::PASSES, Some("tourism")), Err("Forbidden".into()));
        assert_eq!(judge(person(&one), &access::COUNTS, None), Err("ControllerNeeded".into()));
        assert_eq!(judge(person(&one), &access::COUNTS, Some("tourism")), Ok("tourism".into()));
        assert_eq!(judge(person(&[]), &access::OWN_SESSION, None), Err("Forbidden".into()));
    }

    #[test]
    fn a_program_and_a_session_without_a_person_never_decide() {
        let officer = [("police", Role::TrafficOfficer)];
        let decide = &access::SUSPICIONS_DECIDE;
        assert!(judge(person(&officer), decide, None).is_ok());
        for (kind, interactive) in
            [(AccountKind::Service, true), (AccountKind::Service, false), (AccountKind::Person, false)]
        {
            let refused = judge(session(kind, interactive, &officer), decide, None);
            assert_eq!(refused, Err("PersonNeeded".into()));
        }
        // The same program may read.
        let program = session(AccountKind::Service, false, &officer);
        assert!(judge(program, &access::SUSPICIONS_READ, None).is_ok());
    }

    #[test]
    fn from_behind_a_lock_nobody_is_seen_and_nothing_decided() {
        let all: Vec<(&str, Role)> = Role::ALL.iter().map(|role| ("police", *role)).collect();
        let locked = || Session { locked: true, ..person(&all) };
        for open in [&access::OWN_SESSION, &access::LIVE, &access::GATES_WATCH] {
            assert_eq!(judge(locked(), open, None), Ok("police".into()));
        }
        let shut = [&access::GATES_READ, &access::GATES_DECIDE, &access::OWN_DESK, &access::DESK_HAND_OVER];
        for shut in shut.into_iter().chain([&access::PASSES, &access::PEOPLE, &access::AUDIT]) {
            assert_eq!(judge(locked(), shut, None), Err("Locked".into()));
        }
    }

    #[test]
    fn who_has_to_do_something_first_may_do_nothing_else() {
        let roles = [("police", Role::Administrator), ("police", Role::TrafficOfficer)];
        for must in [Must::ChangePassword, Must::EnrolSecondFactor] {
            let held = || Session { must: Some(must), ..person(&roles) };
            assert_eq!(judge(held(), &access::SUSPICIONS_READ, None), Err(format!("First({must:?})")));
            assert_eq!(judge(held(), &access::ACCOUNTS, None), Err(format!("First({must:?})")));
            assert_eq!(judge(held(), &access::OWN_SESSION, None), Ok("police".into()));
            // Roles are looked at first: what is not one's own is refused as ever.
            assert_eq!(judge(held(), &access::AUDIT, None), Err("Forbidden".into()));
        }
    }

    #[test]
    fn a_reading_route_yields_no_officer() {
        let officer = person(&[("police", Role::TrafficOfficer)]);
        let authz = Authz::judge(officer, &access::SUSPICIONS_READ, None).unwrap();
        assert!(authz.officer().is_none());
    }
}
