//! What a guard may decide about an arrival, as it is now. Pure; the database's triggers judge the same again. The machine's
//! answers are *admit* and *verify*; *refuse* is a person's word and stands here alone.

use contract::event::GuardVerdict;
use contract::signature::Sha256;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// What was decided.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum GateVerdictWord {
    /// Let in.
    Admit,
    /// Not let in.
    Refuse,
    /// Not the enrolled person it was taken for.
    NotThisPerson,
}

impl GateVerdictWord {
    /// As stored.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Admit => "admit",
            Self::Refuse => "refuse",
            Self::NotThisPerson => "not_this_person",
        }
    }
}

impl GateVerdictWord {
    /// As a site tells its province.
    #[must_use]
    pub const fn told(self) -> GuardVerdict {
        match self {
            Self::Admit => GuardVerdict::Admit,
            Self::Refuse => GuardVerdict::Refuse,
            Self::NotThisPerson => GuardVerdict::NotThisPerson,
        }
    }
}

/// Why somebody is not let in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum RefusalReason {
    /// No appointment.
    NoAppointment,
    /// No papers.
    NoPapers,
    /// The papers are somebody else's, or do not fit.
    PapersDoNotFit,
    /// Not at this time.
    OutsideHours,
    /// The host does not expect this person.
    NotExpected,
    /// Order and safety.
    Safety,
    /// Something else, to be said in the note.
    Other,
}

impl RefusalReason {
    /// As stored.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::NoAppointment => "no_appointment",
            Self::NoPapers => "no_papers",
            Self::PapersDoNotFit => "papers_do_not_fit",
            Self::OutsideHours => "outside_hours",
            Self::NotExpected => "not_expected",
            Self::Safety => "safety",
            Self::Other => "other",
        }
    }
}

/// Why a door is opened by hand.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum OpenReason {
    /// A visitor, checked by other means.
    Visitor,
    /// A delegation.
    Delegation,
    /// Goods.
    Delivery,
    /// Fire, ambulance, evacuation.
    Emergency,
    /// The camera or the recognition does not work.
    EquipmentFault,
    /// Somebody who does not want, or fails, recognition of faces: the equal way.
    WithoutFace,
    /// Something else, to be said in the note.
    Other,
}

impl OpenReason {
    /// As stored.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Visitor => "visitor",
            Self::Delegation => "delegation",
            Self::Delivery => "delivery",
            Self::Emergency => "emergency",
            Self::EquipmentFault => "equipment_fault",
            Self::WithoutFace => "without_face",
            Self::Other => "other",
        }
    }
}

/// An arrival as it is now.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ArrivalNow {
    /// Its revision.
    pub revision: i64,
    /// Hash of the picture in the node's memory.
    pub look: Option<Sha256>,
    /// Not over yet.
    pub open: bool,
    /// Made from a file.
    pub replayed: bool,
    /// Somebody enrolled is named.
    pub named: bool,
    /// Its picture was served to this session.
    pub served: bool,
}

/// What the guard had on the screen.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Quoted {
    /// The revision.
    pub revision: i64,
    /// The picture.
    pub look: Option<Sha256>,
}

/// Why a decision is not taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum DecisionFault {
    /// The person has left.
    #[error("the arrival is over")]
    Over,
    /// Something about it changed.
    #[error("the arrival is another one than on the screen")]
    Changed,
    /// The picture was not looked at.
    #[error("the picture was not served to this session")]
    NotServed,
    /// Nobody enrolled was named.
    #[error("nobody enrolled was named")]
    NobodyNamed,
    /// It was made from a file.
    #[error("the arrival was made from a file")]
    Replayed,
    /// Another guard answered otherwise.
    #[error("the request was answered otherwise")]
    AnsweredOtherwise,
}

/// May this be decided?
pub fn check(verdict: GateVerdictWord, now: &ArrivalNow, quoted: &Quoted) -> Result<(), DecisionFault> {
    if now.replayed {
        return Err(DecisionFault::Replayed);
    }
    if !now.open {
        return Err(DecisionFault::Over);
    }
    if now.revision != quoted.revision || now.look != quoted.look {
        return Err(DecisionFault::Changed);
    }
    match verdict {
        GateVerdictWord::Admit if now.look.is_some() && !now.served => Err(DecisionFault::NotServed),
        GateVerdictWord::NotThisPerson if !now.named => Err(DecisionFault::NobodyNamed),
        _ => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_decision_is_about_what_is_on_the_screen_and_was_looked_at() {
        use DecisionFault as F;
        use GateVerdictWord as V;
        let look = Some(Sha256([1; 32]));
        let now = ArrivalNow { revision: 3, look, open: true, replayed: false, named: true, served: true };
        let quoted = Quoted { revision: 3, look };
        for verdict in [V::Admit, V::Refuse, V::NotThisPerson] {
            assert_eq!(check(verdict, &now, &quoted), Ok(()));
            assert_eq!(check(verdict, &now, &Quoted { revision: 2, look }), Err(F::Changed));
            assert_eq!(check(verdict, &now, &Quoted { revision: 3, look: None }), Err(F::Changed));
            assert_eq!(check(verdict, &ArrivalNow { open: false, ..now }, &quoted), Err(F::Over));
            assert_eq!(check(verdict, &ArrivalNow { replayed: true, ..now }, &quoted), Err(F::Replayed));
        }
        let unseen = ArrivalNow { served: false, ..now };
        assert_eq!(check(V::Admit, &unseen, &quoted), Err(F::NotServed));
        assert_eq!(check(V::Refuse, &unseen, &quoted), Ok(()));
        let without = ArrivalNow { look: None, served: false, named: false, ..now };
        assert_eq!(check(V::Admit, &without, &Quoted { revision: 3, look: None }), Ok(()));
        assert_eq!(check(V::NotThisPerson, &without, &Quoted { revision: 3, look: None }), Err(F::NobodyNamed));
    }
}
