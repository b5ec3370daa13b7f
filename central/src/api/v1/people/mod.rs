//! Enrolled people: proposed by one registrar, approved by another, withdrawn by any. Names stand in answers, never in a URL.

/// `POST /api/v1/people/{id}/approve`
pub(crate) mod approve;
/// `GET /api/v1/people/{id}/certificate`
pub(crate) mod certificate;
/// `POST /api/v1/people/import`
pub(crate) mod import;
/// `POST /api/v1/people/{id}/pass`
pub(crate) mod issue_pass;
/// `GET /api/v1/people`
pub(crate) mod list;
/// `POST /api/v1/people`
pub(crate) mod propose;
/// `POST /api/v1/people/{id}/reject`
pub(crate) mod reject;
#[cfg(test)]
mod tests;
/// `POST /api/v1/people/{id}/withdraw`
pub(crate) mod withdraw;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD as BASE64;
use serde::Serialize;
use utoipa::ToSchema;

use crate::api::ApiError;
use crate::auth::{AuthError, Authz};
use crate::people::{By, PictureReport, Rebuilt};

/// Largest body of a proposal: five pictures of 4 MB as base64.
pub(crate) const PROPOSAL_MAX_BYTES: usize = 28 << 20;

/// What a picture was worth.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct PictureView {
    /// Its number, from 1.
    pub number: usize,
    /// Good enough.
    pub good: bool,
    /// Why not, Vietnamese.
    pub words: Vec<String>,
}

impl From<PictureReport> for PictureView {
    fn from(report: PictureReport) -> Self {
        Self { number: report.number, good: report.good, words: report.words }
    }
}

/// A gallery that was made anew.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct GalleryView {
    /// `site/node`.
    pub node: String,
    /// Its revision.
    pub revision: u64,
}

impl From<Rebuilt> for GalleryView {
    fn from(made: Rebuilt) -> Self {
        Self { node: made.node.to_string(), revision: made.revision }
    }
}

/// What a step came to.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct StepView {
    /// The enrolment or watch entry, or the person behind it.
    pub id: String,
    /// Galleries that were made anew at once.
    pub galleries: Vec<GalleryView>,
}

/// The registrar behind a step: a person in an interactive session.
pub(crate) fn by(authz: &Authz) -> Result<By, ApiError> {
    let officer = authz.officer().ok_or(AuthError::PersonNeeded)?;
    Ok(By { user: officer.user(), session: Some(officer.session()) })
}

/// Pictures as they come in JSON.
pub(crate) fn pictures(texts: &[String]) -> Result<Vec<Vec<u8>>, ApiError> {
    texts
        .iter()
        .map(|text| {
            BASE64
                .decode(text)
                .map_err(|_| ApiError::bad_request("bad_picture", "Ảnh phải ở dạng base64 của tệp JPEG hoặc PNG."))
        })
        .collect()
}
