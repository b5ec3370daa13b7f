//! `GET /api/v1/people/{id}/certificate`: what a withdrawal deleted, and which nodes have said that they know, signed by the
//! centre as things stand now. Says nothing of who it was.

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use serde::Serialize;
use utoipa::ToSchema;

use crate::api::extract::PathId;
use crate::api::{ApiError, People};
use crate::audit::{self, Entry};
use crate::auth::Authz;

/// The exact text and the signature over it.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct CertificateView {
    /// JSON of the certificate, exactly as signed.
    pub document: String,
    /// `ed25519;<key id>;<base64>` over these bytes, by the key in `authority/bundle.pub`.
    pub signature: String,
}

/// The certificate of a withdrawal.
#[utoipa::path(get, path = "/api/v1/people/{id}/certificate", tag = "people",
    params(("id" = uuid::Uuid, Path, description = "The enrolment, or its person"),
        ("controller" = Option<String>, Query, description = "Needed with roles at several")),
    responses((status = 200, description = "The certificate", body = CertificateView),
        (status = 404, description = "Nothing was withdrawn under this id", body = crate::api::error::ErrorEnvelope)))]
pub(crate) async fn get_certificate(
    authz: Authz,
    State(people): State<Arc<People>>,
    PathId(id): PathId,
) -> Result<Json<CertificateView>, ApiError> {
    let mut tx = people.write().await?;
    let entry = Entry::by(&authz, "people.certificate").with_object(id);
    audit::append(&mut tx, authz.controller(), people.now(), entry).await?;
    tx.commit().await?;
    let signed = people.office.certificate(authz.controller(), id).await?.ok_or_else(ApiError::not_found)?;
    Ok(Json(CertificateView { document: signed.document, signature: signed.signature }))
}
