//! The rule of the day and its checklist, as clients see them. What the data do not give is null and never made up.

use serde::Serialize;
use utoipa::ToSchema;

use crate::api::text::Moment;
use crate::cases::{Item, Rule};

/// A rule as it was on the day of the act.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct RuleView {
    /// Code of the behaviour.
    pub code: String,
    /// Instrument, article, clause, point.
    pub legal_ref: String,
    /// The behaviour in short, Vietnamese: a summary, not the words of the instrument.
    pub behaviour_vi: String,
    /// And English.
    pub behaviour_en: String,
    /// The words of the instrument; null where the data do not give them.
    pub statute: Option<String>,
    /// Least fine of a person, VND. The amount is decided by whoever may decide it.
    pub fine_min: i64,
    /// Highest.
    pub fine_max: i64,
    /// Points off the licence; null where another sanction takes their place.
    pub points: Option<i64>,
    /// What else the data say of it.
    pub note: Option<String>,
    /// In force since.
    pub valid_from: Moment,
    /// Until before; null while it is in force.
    pub valid_to: Option<Moment>,
}

impl From<&Rule> for RuleView {
    fn from(rule: &Rule) -> Self {
        let if_any = |text: &String| (!text.is_empty()).then(|| text.clone());
        Self {
            code: rule.code.clone(),
            legal_ref: rule.legal_ref.clone(),
            behaviour_vi: rule.behaviour_vi.clone(),
            behaviour_en: rule.behaviour_en.clone(),
            statute: if_any(&rule.statute_vi),
            fine_min: rule.fine_min,
            fine_max: rule.fine_max,
            points: rule.points,
            note: if_any(&rule.note_vi),
            valid_from: rule.valid_from.into(),
            valid_to: rule.valid_to.map(Moment::from),
        }
    }
}

/// Something an officer states to confirm.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct ItemView {
    /// To be sent.
    pub item: String,
    /// To be shown.
    pub text_vi: String,
    /// In English.
    pub text_en: String,
}

impl From<&Item> for ItemView {
    fn from(item: &Item) -> Self {
        Self { item: item.item.clone(), text_vi: item.text_vi.clone(), text_en: item.text_en.clone() }
    }
}
