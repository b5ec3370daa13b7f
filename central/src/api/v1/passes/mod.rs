//! Vehicles that passed.

/// `POST /api/v1/passes/{passage_id}/correct`
pub(crate) mod correct;
/// `GET /api/v1/passes/{passage_id}/evidence/{role}`
pub(crate) mod evidence;
/// `POST /api/v1/passes/export`
pub(crate) mod export;
/// `GET /api/v1/passes/exports`
pub(crate) mod exports;
/// `GET /api/v1/passes/{passage_id}`
pub(crate) mod get;
/// `POST /api/v1/passes/search`
pub(crate) mod search;
mod sheet;

use serde::Serialize;
use utoipa::ToSchema;

use crate::api::text::Moment;
use crate::store::passes_read::PassRow;

/// A plate as read. A reading is a suggestion until a person confirms it.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct PlateView {
    /// Canonical key.
    pub key: String,
    /// As people write it.
    pub text: String,
    /// Grammar class.
    pub class: Option<String>,
    /// Country and kind.
    pub country_class: Option<String>,
    /// Background.
    pub colour: Option<String>,
    /// 0..1, uncalibrated.
    pub confidence: Option<f64>,
}

/// A passage.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct PassView {
    /// Its id.
    pub passage_id: String,
    /// Highest revision heard.
    pub revision: i64,
    /// `new`, `update`, `final`.
    pub state: String,
    /// Why it ended.
    pub end: Option<String>,
    /// The place.
    pub site: String,
    /// The node.
    pub node: String,
    /// The camera.
    pub camera: String,
    /// Kind of vehicle.
    pub class: String,
    /// First seen.
    pub first_seen: Moment,
    /// Last seen.
    pub last_seen: Moment,
    /// The plate; none while it was not read.
    pub plate: Option<PlateView>,
    /// The plate could not be read.
    pub unreadable: bool,
    /// What a person read, last; the machine's reading stays beside it.
    pub correction: Option<CorrectionView>,
}

/// What a person read on a plate.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct CorrectionView {
    /// The first of a passage is 1; to be quoted when correcting again.
    pub number: i64,
    /// Canonical key.
    pub key: String,
    /// As the person wrote it.
    pub text: String,
    /// Why.
    pub reason: String,
    /// Who.
    pub by: String,
    /// When.
    pub at: Moment,
}

impl From<&PassRow> for PassView {
    fn from(row: &PassRow) -> Self {
        Self {
            passage_id: row.passage_id.to_string(),
            revision: row.revision,
            state: row.state.clone(),
            end: row.end_reason.clone(),
            site: row.site.clone(),
            node: row.node.clone(),
            camera: row.camera.clone(),
            class: row.class.clone(),
            first_seen: Moment::of(row.first_seen),
            last_seen: Moment::of(row.last_seen),
            plate: row.plate_key.clone().map(|key| PlateView {
                text: row.plate_display.clone().unwrap_or_else(|| key.clone()),
                key,
                class: row.plate_class.clone(),
                country_class: row.country_class.clone(),
                colour: row.plate_colour.clone(),
                confidence: row.plate_confidence,
            }),
            unreadable: row.unreadable,
            correction: row.correction.as_ref().map(|c| CorrectionView {
                number: c.number,
                key: c.plate_key.clone(),
                text: c.plate_display.clone(),
                reason: c.reason.clone(),
                by: c.by.clone(),
                at: Moment::of(c.at),
            }),
        }
    }
}
