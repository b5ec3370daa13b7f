//! The state of a case and its transitions: two decisions, and the word that the notice was sent. Each consumes the case and
//! may be refused; who may do it is settled by the type [`Officer`], which only an interactive session of a person with the right role yields.

use contract::clock::UtcMicros;
use contract::signature::Sha256;
use uuid::Uuid;

use super::{Clocks, NOTE_MAX_CHARS, RejectionReason};
use crate::auth::Officer;

/// Where a case stands, with what is true only there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum CaseState {
    /// Chờ thẩm định: a suspicion, nothing else.
    PendingReview,
    /// Đã xác nhận by a named officer.
    Confirmed {
        /// The officer's account.
        by: Uuid,
        /// When.
        at: UtcMicros,
    },
    /// Loại bỏ by a named officer.
    Rejected {
        /// The officer's account.
        by: Uuid,
        /// When.
        at: UtcMicros,
        /// Why.
        reason: RejectionReason,
    },
    /// Huỷ: its own node took the suspicion back before anybody decided. Nobody's decision, and no consequence.
    Withdrawn {
        /// When the centre heard of it.
        at: UtcMicros,
    },
    /// Hết thời hiệu: a year went by and nobody decided. No consequence; its content goes like that of a rejected one.
    TimeBarred {
        /// When its time was over.
        at: UtcMicros,
    },
}

impl CaseState {
    /// As stored and as in JSON.
    #[must_use]
    pub const fn as_str(&self) -> &'static str {
        match self {
            Self::PendingReview => "pending_review",
            Self::Confirmed { .. } => "confirmed",
            Self::Rejected { .. } => "rejected",
            Self::Withdrawn { .. } => "withdrawn",
            Self::TimeBarred { .. } => "time_barred",
        }
    }

    /// As screens show it.
    #[must_use]
    pub const fn label(&self) -> &'static str {
        match self {
            Self::PendingReview => "Chờ thẩm định",
            Self::Confirmed { .. } => "Đã xác nhận",
            Self::Rejected { .. } => "Loại bỏ",
            Self::Withdrawn { .. } => "Huỷ – thiết bị đã rút lại",
            Self::TimeBarred { .. } => "Hết thời hiệu",
        }
    }
}

/// A case, as far as a decision about it is concerned.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Case {
    /// Its id.
    pub id: Uuid,
    /// Grows with every change of the case, by machine or person.
    pub revision: i64,
    /// Where it stands.
    pub state: CaseState,
    /// Its clocks.
    pub clocks: Clocks,
    /// The pictures that belong to it now.
    pub evidence: Vec<Sha256>,
}

/// What an officer says to have looked at.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Quoted {
    /// The case revision on the officer's screen.
    pub revision: i64,
    /// The hashes of the pictures on the officer's screen.
    pub seen: Vec<Sha256>,
}

/// What was decided, to be stored in one transaction with the new state.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Verdict {
    /// The case with its new state and revision.
    pub case: Case,
    /// The revision the decision was made on.
    pub decided_on: i64,
    /// The session it was made in.
    pub session: Uuid,
    /// A free note; rejections only.
    pub note: Option<String>,
}

/// That the notice of a violation was sent, to be stored with the case's new revision.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NoticeSent {
    /// The case with its new clocks and revision.
    pub case: Case,
    /// The revision it was said on.
    pub noted_on: i64,
    /// The officer who says so.
    pub by: Uuid,
    /// The session it was said in.
    pub session: Uuid,
    /// When the notice went out.
    pub sent_at: UtcMicros,
}

/// Why a decision is refused. Nothing has changed then.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum CaseError {
    /// Somebody decided already, or its node took it back.
    #[error("the case is decided already")]
    AlreadyDecided,
    /// The case changed since the officer looked.
    #[error("the case changed: revision {current} is in force, {quoted} was quoted")]
    Changed {
        /// Now.
        current: i64,
        /// On the officer's screen.
        quoted: i64,
    },
    /// There is no picture at all.
    #[error("the case has no evidence to decide on")]
    NoEvidence,
    /// A picture of the case was not quoted, or a foreign one was.
    #[error("the pictures quoted are not the pictures of the case")]
    OtherEvidence,
    /// A picture quoted was never served to this session.
    #[error("a picture of the case was not served to this session")]
    NotServed,
    /// Too old to be fined.
    #[error("the act is time-barred")]
    TimeBarred,
    /// A picture of it is lost: it can never be looked at.
    #[error("a picture of the case is lost")]
    EvidenceLost,
    /// Only a confirmed case has a notice.
    #[error("the case is not confirmed")]
    NotConfirmed,
    /// Its notice was sent already.
    #[error("the notice was sent already")]
    NoticeSentAlready,
    /// The notice cannot have gone out then.
    #[error("a notice goes out after the confirmation and not in the future")]
    NoticeMoment,
    /// The note is too long.
    #[error("the note has more than {NOTE_MAX_CHARS} characters")]
    NoteTooLong,
}

impl Case {
    /// Confirms: every picture of the case was quoted *and* served to the officer's session, and nothing changed since.
    pub fn confirm(
        self,
        officer: &Officer,
        quoted: &Quoted,
        served: &[Sha256],
        at: UtcMicros,
    ) -> Result<Verdict, CaseError> {
        self.must_be_open(Some(quoted.revision))?;
        if self.evidence.is_empty() {
            return Err(CaseError::NoEvidence);
        }
        let all_quoted = self.evidence.iter().all(|e| quoted.seen.contains(e));
        let none_foreign = quoted.seen.iter().all(|s| self.evidence.contains(s));
        if !all_quoted || !none_foreign {
            return Err(CaseError::OtherEvidence);
        }
        if !self.evidence.iter().all(|e| served.contains(e)) {
            return Err(CaseError::NotServed);
        }
        if self.clocks.is_time_barred(at) {
            return Err(CaseError::TimeBarred);
        }
        let by = officer.user();
        Ok(self.decided(officer, CaseState::Confirmed { by, at }, None))
    }

    /// Throws the suspicion out. Needs no picture: an unreadable or missing one is a reason by itself.
    pub fn reject(
        self,
        officer: &Officer,
        reason: RejectionReason,
        note: Option<String>,
        quoted_revision: Option<i64>,
        at: UtcMicros,
    ) -> Result<Verdict, CaseError> {
        self.must_be_open(quoted_revision)?;
        if note.as_ref().is_some_and(|n| n.chars().count() > NOTE_MAX_CHARS) {
            return Err(CaseError::NoteTooLong);
        }
        let by = officer.user();
        Ok(self.decided(officer, CaseState::Rejected { by, at, reason }, note))
    }

    /// Notes that the notice of a confirmed violation went out at `sent_at`: from there the twenty days run.
    pub fn notice_sent(
        self,
        officer: &Officer,
        sent_at: UtcMicros,
        quoted_revision: i64,
        now: UtcMicros,
    ) -> Result<NoticeSent, CaseError> {
        let CaseState::Confirmed { at: confirmed_at, .. } = self.state else {
            return Err(CaseError::NotConfirmed);
        };
        if self.clocks.notice_sent_at.is_some() {
            return Err(CaseError::NoticeSentAlready);
        }
        self.must_be_at(quoted_revision)?;
        if sent_at < confirmed_at || sent_at > now {
            return Err(CaseError::NoticeMoment);
        }
        Ok(NoticeSent {
            noted_on: self.revision,
            by: officer.user(),
            session: officer.session(),
            sent_at,
            case: Self {
                revision: self.revision + 1,
                clocks: Clocks { notice_sent_at: Some(sent_at), ..self.clocks },
                ..self
            },
        })
    }

    fn must_be_at(&self, quoted: i64) -> Result<(), CaseError> {
        if quoted == self.revision { Ok(()) } else { Err(CaseError::Changed { current: self.revision, quoted }) }
    }

    fn must_be_open(&self, quoted: Option<i64>) -> Result<(), CaseError> {
        if self.state != CaseState::PendingReview {
            return Err(CaseError::AlreadyDecided);
        }
        quoted.map_or(Ok(()), |quoted| self.must_be_at(quoted))
    }

    fn decided(self, officer: &Officer, state: CaseState, note: Option<String>) -> Verdict {
        Verdict {
            decided_on: self.revision,
            session: officer.session(),
            note,
            case: Self { revision: self.revision + 1, state, ..self },
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use contract::clock::DAY_US;

    const NOW: UtcMicros = UtcMicros(1_000_000);

    fn picture(n: u8) -> Sha256 {
        Sha256([n; 32])
    }

    fn pending() -> Case {
        Case {
            id: Uuid::from_u128(1),
            revision: 3,
            state: CaseState::PendingReview,
            clocks: Clocks { occurred_at: UtcMicros(0), recorded_at: UtcMicros(0), notice_sent_at: None },
            evidence: vec![picture(1), picture(2)],
        }
    }

    fn officer() -> Officer {
        Officer::for_tests(Uuid::from_u128(7), Uuid::from_u128(8))
    }

    fn quoted(revision: i64, seen: &[u8]) -> Quoted {
        Quoted { revision, seen: seen.iter().copied().map(picture).collect() }
    }

    #[test]
    fn confirming_needs_the_revision_and_every_picture_quoted_and_served() {
        use CaseError as E;
        let both = [picture(1), picture(2)];
        let check = |case: Case, q: &Quoted, served: &[Sha256], at: UtcMicros| {
            case.confirm(&officer(), q, served, at).map(|v| v.case.state)
        };
        let by = Uuid::from_u128(7);
        assert_eq!(check(pending(), &quoted(3, &[2, 1]), &both, NOW), Ok(CaseState::Confirmed { by, at: NOW }));
        assert_eq!(check(pending(), &quoted(2, &[1, 2]), &both, NOW), Err(E::Changed { current: 3, quoted: 2 }));
        assert_eq!(check(pending(), &quoted(3, &[1]), &both, NOW), Err(E::OtherEvidence));
        assert_eq!(check(pending(), &quoted(3, &[1, 2, 3]), &both, NOW), Err(E::OtherEvidence));
        assert_eq!(check(pending(), &quoted(3, &[1, 2]), &both[..1], NOW), Err(E::NotServed));
        let bare = Case { evidence: vec![], ..pending() };
        assert_eq!(check(bare, &quoted(3, &[]), &[], NOW), Err(E::NoEvidence));
        let late = UtcMicros(366 * DAY_US);
        assert_eq!(check(pending(), &quoted(3, &[1, 2]), &both, late), Err(E::TimeBarred));
    }

    #[test]
    fn a_decided_case_takes_no_second_decision() {
        let verdict = pending().reject(&officer(), RejectionReason::Duplicate, None, None, NOW).unwrap();
        assert_eq!((verdict.decided_on, verdict.case.revision), (3, 4));
        assert_eq!(verdict.case.state.as_str(), "rejected");
        let again = verdict.case.clone().reject(&officer(), RejectionReason::Duplicate, None, None, NOW);
        assert_eq!(again, Err(CaseError::AlreadyDecided));
        let confirmed = verdict.case.confirm(&officer(), &quoted(4, &[1, 2]), &[picture(1), picture(2)], NOW);
        assert_eq!(confirmed, Err(CaseError::AlreadyDecided));
        let withdrawn = Case { state: CaseState::Withdrawn { at: NOW }, ..pending() };
        let late = withdrawn.reject(&officer(), RejectionReason::Duplicate, None, None, NOW);
        assert_eq!(late, Err(CaseError::AlreadyDecided));
    }

    #[test]
    fn a_notice_goes_out_once_after_the_confirmation_and_not_in_the_future() {
        let by = Uuid::from_u128(7);
        let confirmed = || Case { state: CaseState::Confirmed { by, at: UtcMicros(100) }, ..pending() };
        let sent = |case: Case, at: i64, revision: i64| {
            case.notice_sent(&officer(), UtcMicros(at), revision, UtcMicros(200))
                .map(|n| (n.noted_on, n.case.revision, n.case.clocks.warning_due()))
        };
        let due = Some(UtcMicros(150 + 20 * DAY_US));
        assert_eq!(sent(confirmed(), 150, 3), Ok((3, 4, due)));
        assert_eq!(sent(confirmed(), 99, 3), Err(CaseError::NoticeMoment));
        assert_eq!(sent(confirmed(), 201, 3), Err(CaseError::NoticeMoment));
        assert_eq!(sent(confirmed(), 150, 2), Err(CaseError::Changed { current: 3, quoted: 2 }));
        assert_eq!(sent(pending(), 150, 3), Err(CaseError::NotConfirmed));
        let mut twice = confirmed();
        twice.clocks.notice_sent_at = Some(UtcMicros(120));
        assert_eq!(sent(twice, 150, 3), Err(CaseError::NoticeSentAlready));
    }

    #[test]
    fn a_rejection_keeps_its_note_within_bounds() {
        let long = "x".repeat(NOTE_MAX_CHARS + 1);
        let refused = pending().reject(&officer(), RejectionReason::SignalFault, Some(long), Some(3), NOW);
        assert_eq!(refused, Err(CaseError::NoteTooLong));
    }
}
