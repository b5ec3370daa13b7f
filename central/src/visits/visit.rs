//! One visit on business, as the desk keeps it: who waits, that the host was called and what the host said, what a guard decided, that
//! the visitor left. Pure. Each step consumes the visit, quotes the revision the guard saw, and may be refused; so of two guards
//! who say different things the later one has seen the earlier word, or is told. Nothing here opens a door: who is let in
//! here still goes by the gate's own decision.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// What a host said, or that nobody took the call.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum HostAnswer {
    /// The visitor is expected.
    Expected,
    /// The visitor is not expected.
    NotExpected,
    /// Nobody took the call.
    NoAnswer,
}

/// Where a visit stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum VisitState {
    /// Registered; nobody was called.
    Waiting,
    /// The host was called and has not answered.
    HostCalled,
    /// The call had this end.
    Answered(HostAnswer),
    /// A guard let the visitor in.
    Admitted,
    /// A guard did not.
    Refused,
    /// The visitor left: after the visit, or without having been let in.
    Left,
}

impl VisitState {
    /// All of them.
    pub const ALL: [Self; 8] = [
        Self::Waiting,
        Self::HostCalled,
        Self::Answered(HostAnswer::Expected),
        Self::Answered(HostAnswer::NotExpected),
        Self::Answered(HostAnswer::NoAnswer),
        Self::Admitted,
        Self::Refused,
        Self::Left,
    ];

    /// As stored and as in JSON.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Waiting => "waiting",
            Self::HostCalled => "host_called",
            Self::Answered(HostAnswer::Expected) => "expected",
            Self::Answered(HostAnswer::NotExpected) => "not_expected",
            Self::Answered(HostAnswer::NoAnswer) => "no_answer",
            Self::Admitted => "admitted",
            Self::Refused => "refused",
            Self::Left => "left",
        }
    }

    /// As screens show it.
    #[must_use]
    pub const fn label(self) -> &'static str {
        match self {
            Self::Waiting => "Đang chờ",
            Self::HostCalled => "Đã gọi người tiếp",
            Self::Answered(HostAnswer::Expected) => "Người tiếp đồng ý tiếp",
            Self::Answered(HostAnswer::NotExpected) => "Người tiếp không hẹn",
            Self::Answered(HostAnswer::NoAnswer) => "Người tiếp không nghe máy",
            Self::Admitted => "Đã cho vào",
            Self::Refused => "Không cho vào",
            Self::Left => "Đã ra về",
        }
    }

    /// From the store.
    #[must_use]
    pub fn from_stored(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|state| state.as_str() == text)
    }

    /// Nobody has decided yet.
    const fn undecided(self) -> bool {
        matches!(self, Self::Waiting | Self::HostCalled | Self::Answered(_))
    }
}

/// What a guard records.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum VisitStep {
    /// The host is called.
    CallHost,
    /// What came of the call.
    HostAnswer(HostAnswer),
    /// The visitor is let in; `explained`: with a reason.
    Admit {
        /// A reason is given.
        explained: bool,
    },
    /// The visitor is not let in. The reason is part of the step's shape further out.
    Refuse,
    /// The visitor leaves.
    Leave,
}

impl VisitStep {
    /// As stored.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::CallHost => "call_host",
            Self::HostAnswer(_) => "host_answer",
            Self::Admit { .. } => "admit",
            Self::Refuse => "refuse",
            Self::Leave => "leave",
        }
    }
}

/// Why a step is not taken. Nothing has changed then.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum VisitFault {
    /// Another guard was faster.
    #[error("the visit is another one than on the screen")]
    Changed,
    /// The visitor has left, or was sent away.
    #[error("the visit is over")]
    Over,
    /// A decided visit is not asked about any more.
    #[error("a guard has decided already")]
    Decided,
    /// No host is named.
    #[error("there is nobody to call")]
    NobodyToCall,
    /// Nobody was called.
    #[error("the host was not called")]
    NotCalled,
    /// It is so already.
    #[error("that was said already")]
    AlreadySaid,
    /// Without the host's word a guard says why.
    #[error("a reason is needed where the host does not expect the visitor")]
    ReasonNeeded,
}

/// A visit, as far as its steps are concerned.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Visit {
    /// Grows by one with each step.
    pub revision: i64,
    /// Where it stands.
    pub state: VisitState,
    /// A host is named.
    pub has_host: bool,
}

impl Visit {
    /// Takes a step, on the visit as the guard saw it.
    pub fn take(self, step: VisitStep, quoted_revision: i64) -> Result<Self, VisitFault> {
        use VisitFault as F;
        use VisitState as S;
        if quoted_revision != self.revision {
            return Err(F::Changed);
        }
        if self.state == S::Left {
            return Err(F::Over);
        }
        let state = match step {
            VisitStep::CallHost | VisitStep::HostAnswer(_) if !self.state.undecided() => return Err(F::Decided),
            VisitStep::CallHost if !self.has_host => return Err(F::NobodyToCall),
            VisitStep::CallHost => S::HostCalled,
            VisitStep::HostAnswer(_) if self.state == S::Waiting => return Err(F::NotCalled),
            VisitStep::HostAnswer(answer) => S::Answered(answer),
            VisitStep::Admit { .. } if self.state == S::Admitted => return Err(F::AlreadySaid),
            VisitStep::Admit { explained: false } if self.state != S::Answered(HostAnswer::Expected) => {
                return Err(F::ReasonNeeded);
            }
            VisitStep::Admit { .. } => S::Admitted,
            VisitStep::Refuse if self.state == S::Refused => return Err(F::AlreadySaid),
            VisitStep::Refuse => S::Refused,
            // Whoever was sent away has gone with that.
            VisitStep::Leave if self.state == S::Refused => return Err(F::Over),
            VisitStep::Leave => S::Left,
        };
        Ok(Self { revision: self.revision + 1, state, ..self })
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use HostAnswer as A;
    use VisitFault as F;
    use VisitState as S;
    use VisitStep as T;

    fn at(state: S) -> Visit {
        Visit { revision: 3, state, has_host: true }
    }

    fn then(state: S, step: T) -> Result<&'static str, F> {
        at(state).take(step, 3).map(|visit| visit.state.as_str())
    }

    #[test]
    fn an_ordinary_visit_goes_from_the_door_to_the_door() {
        let mut visit = Visit { revision: 1, state: S::Waiting, has_host: true };
        for (step, state) in [
            (T::CallHost, "host_called"),
            (T::HostAnswer(A::NoAnswer), "no_answer"),
            (T::CallHost, "host_called"),
            (T::HostAnswer(A::Expected), "expected"),
            (T::Admit { explained: false }, "admitted"),
            (T::Leave, "left"),
        ] {
            visit = visit.take(step, visit.revision).unwrap();
            assert_eq!(visit.state.as_str(), state);
        }
        assert_eq!(visit.revision, 7);
    }

    #[test]
    fn what_a_step_needs_is_asked_for() {
        assert_eq!(at(S::Waiting).take(T::CallHost, 2), Err(F::Changed));
        assert_eq!(Visit { has_host: false, ..at(S::Waiting) }.take(T::CallHost, 3), Err(F::NobodyToCall));
        assert_eq!(then(S::Waiting, T::HostAnswer(A::Expected)), Err(F::NotCalled));
        for state in [S::Waiting, S::HostCalled, S::Answered(A::NotExpected), S::Answered(A::NoAnswer), S::Refused] {
            assert_eq!(then(state, T::Admit { explained: false }), Err(F::ReasonNeeded), "{state:?}");
            assert_eq!(then(state, T::Admit { explained: true }), Ok("admitted"), "{state:?}");
        }
        for state in [S::Admitted, S::Refused] {
            assert_eq!(then(state, T::CallHost), Err(F::Decided));
            assert_eq!(then(state, T::HostAnswer(A::Expected)), Err(F::Decided));
        }
        assert_eq!(then(S::Admitted, T::Admit { explained: true }), Err(F::AlreadySaid));
        assert_eq!(then(S::Refused, T::Refuse), Err(F::AlreadySaid));
        assert_eq!(then(S::Admitted, T::Refuse), Ok("refused"), "a word is turned round by another one");
        assert_eq!(then(S::Refused, T::Leave), Err(F::Over));
        assert_eq!(then(S::Waiting, T::Leave), Ok("left"), "one may go away undecided");
        assert_eq!(then(S::Left, T::Refuse), Err(F::Over));
    }

    #[test]
    fn states_read_back() {
        for state in S::ALL {
            assert_eq!(S::from_stored(state.as_str()), Some(state));
        }
        assert_eq!(S::from_stored("denied"), None);
    }

    fn step() -> impl Strategy<Value = T> {
        prop_oneof![
            Just(T::CallHost),
            prop_oneof![Just(A::Expected), Just(A::NotExpected), Just(A::NoAnswer)].prop_map(T::HostAnswer),
            any::<bool>().prop_map(|explained| T::Admit { explained }),
            Just(T::Refuse),
            Just(T::Leave),
        ]
    }

    proptest! {
        /// Whatever is pressed in whatever order: a visit moves by one revision a step, on the revision it has; nobody is in without
        /// a guard's word, and without the host's yes not without a reason; what is over stays over.
        #[test]
        fn no_history_lets_anybody_in_without_a_word(
            has_host in any::<bool>(),
            steps in proptest::collection::vec((step(), -1i64..2), 0..30),
        ) {
            let mut visit = Visit { revision: 1, state: S::Waiting, has_host };
            let (mut called, mut last_answer) = (false, None);
            for (step, off) in steps {
                let before = visit;
                match visit.take(step, visit.revision + off) {
                    Err(_) => prop_assert_eq!(visit, before),
                    Ok(after) => {
                        prop_assert_eq!(off, 0, "only on what was seen");
                        prop_assert_eq!(after.revision, before.revision + 1);
                        prop_assert_ne!(before.state, S::Left);
                        match step {
                            T::CallHost => {
                                prop_assert!(has_host && before.state.undecided());
                                (called, last_answer) = (true, None);
                            }
                            T::HostAnswer(answer) => {
                                prop_assert!(called);
                                last_answer = Some(answer);
                            }
                            T::Admit { explained } => {
                                prop_assert!(explained || last_answer == Some(A::Expected));
                            }
                            T::Refuse | T::Leave => {}
                        }
                        prop_assert_eq!(after.state == S::Admitted, matches!(step, T::Admit { .. }));
                        prop_assert_eq!(after.state == S::Refused, step == T::Refuse);
                        prop_assert_eq!(after.state == S::Left, step == T::Leave);
                        visit = after;
                    }
                }
            }
        }
    }
}
