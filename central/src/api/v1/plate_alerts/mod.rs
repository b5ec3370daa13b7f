//! Alerts: a wanted plate passed. Shown for a day, on record before they are sent; they decide nothing.

/// `GET /api/v1/plate-alerts`
pub(crate) mod list;
/// `POST /api/v1/plate-alerts/{id}/seen`
pub(crate) mod seen;
#[cfg(test)]
mod tests;

use contract::clock::UtcMicros;
use serde::Serialize;
use utoipa::ToSchema;

use super::plate_lists::written;
use crate::api::text::Moment;
use crate::store::plate_alerts::AlertRow;
use crate::vehicles::ALERT_SHOWN_US;

/// An alert.
#[derive(Serialize, ToSchema)]
pub(crate) struct PlateAlert {
    /// Its id.
    pub alert_id: String,
    /// The entry of the list.
    pub entry_id: String,
    /// The entry's plate, as people write it.
    pub plate: String,
    /// Why it is wanted.
    pub reason: String,
    /// The unit, and who there answers for it.
    pub keeper: String,
    /// The place.
    pub site: String,
    /// The node.
    pub node: String,
    /// The camera.
    pub camera: String,
    /// The passage; reading it is a look-up of its own.
    pub passage_id: String,
    /// When the vehicle was there.
    pub at: Moment,
    /// False: the node has read another plate since, or taken the passage back.
    pub still_read: bool,
    /// Who said first that it was seen.
    pub seen_by: Option<String>,
    /// When.
    pub seen_at: Option<Moment>,
}

impl std::fmt::Debug for PlateAlert {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "PlateAlert({})", self.alert_id)
    }
}

impl From<&AlertRow> for PlateAlert {
    fn from(row: &AlertRow) -> Self {
        Self {
            alert_id: row.alert.to_string(),
            entry_id: row.entry.to_string(),
            plate: written(&row.plate_key),
            reason: row.reason.clone(),
            keeper: row.keeper.clone(),
            site: row.site.clone(),
            node: row.node.clone(),
            camera: row.camera.clone(),
            passage_id: row.passage.to_string(),
            at: Moment::of(row.at),
            still_read: row.still_read,
            seen_by: row.seen_by_name.clone(),
            seen_at: row.seen_at.map(Moment::of),
        }
    }
}

/// What is not later than this is shown to nobody any more.
fn shown_since(now: UtcMicros) -> UtcMicros {
    now.plus_us(-ALERT_SHOWN_US)
}
