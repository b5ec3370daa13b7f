//! `POST /api/v1/session/totp`: a new second factor for whoever sits here, told once: as a code to be scanned and as text to be
//! typed. It is demanded from the moment a code of it was shown (`confirm_totp.rs`).

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use qrcode::render::svg;
use qrcode::{EcLevel, QrCode};
use serde::Serialize;
use utoipa::ToSchema;

use crate::api::{ApiError, People};
use crate::audit::{self, Entry};
use crate::auth::{Authz, begin_second_factor};

/// Smallest side of the drawing, in the SVG's own units.
const SIDE: u32 = 240;

/// A second factor that is not in force yet, for the telephone of whoever sits here.
#[derive(Serialize, ToSchema)]
pub(crate) struct TotpView {
    /// Its secret in base32, in groups of four, where nothing can be scanned.
    pub secret: String,
    /// What an authenticator app scans, as an SVG picture.
    pub svg: String,
}

impl std::fmt::Debug for TotpView {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("TotpView(…)")
    }
}

/// Begin a second factor.
#[utoipa::path(post, path = "/api/v1/session/totp", tag = "session",
    responses((status = 200, description = "The secret; it is told once", body = TotpView),
        (status = 409, description = "One is in force", body = crate::api::error::ErrorEnvelope)))]
pub(crate) async fn begin_totp(authz: Authz, State(people): State<Arc<People>>) -> Result<Json<TotpView>, ApiError> {
    let means = &people.means;
    let mut tx = people.write().await?;
    let session = authz.session();
    let secret = begin_second_factor(&mut tx, &*means.clock, &*people.office.vault, &means.random, session).await?;
    audit::append(&mut tx, authz.controller(), people.now(), Entry::by(&authz, "session.totp.begin")).await?;
    tx.commit().await?;
    let code = QrCode::with_error_correction_level(secret.uri(&session.name), EcLevel::M)
        .expect("an address of some 140 characters fits every level of correction");
    Ok(Json(TotpView {
        secret: secret.to_base32(),
        svg: code.render::<svg::Color<'_>>().min_dimensions(SIDE, SIDE).build(),
    }))
}
