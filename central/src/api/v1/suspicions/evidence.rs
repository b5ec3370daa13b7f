//! `GET /api/v1/suspicions/{id}/evidence/{role}`: a picture of a suspicion. That it was served to this session is stored
//! before the bytes leave: only what was served can be decided on.

use std::sync::Arc;

use axum::extract::State;
use axum::response::Response;

use crate::api::extract::PathPicture;
use crate::api::v1::picture;
use crate::api::{ApiError, People};
use crate::audit::{self, Entry};
use crate::auth::Authz;
use crate::store::{cases as table, passes_read};

/// A picture of a suspicion.
#[utoipa::path(get, path = "/api/v1/suspicions/{id}/evidence/{role}", tag = "suspicions",
    params(("id" = uuid::Uuid, Path, description = "The suspicion"),
        ("role" = String, Path, description = "`before`, `after`, `frame` or `plate_crop`"),
        ("controller" = Option<String>, Query, description = "Needed with roles at several")),
    responses((status = 200, description = "The picture", content_type = "image/jpeg"),
        (status = 404, description = "None, or not uploaded yet", body = crate::api::error::ErrorEnvelope)))]
pub(crate) async fn get_suspicion_evidence(
    authz: Authz,
    State(people): State<Arc<People>>,
    PathPicture(id, role): PathPicture,
) -> Result<Response, ApiError> {
    let controller = authz.controller();
    let now = people.now();
    let chosen = {
        // Only read: dropped, it leaves nothing behind.
        let mut tx = people.write().await?;
        let row = table::get(&mut tx, controller.as_str(), id).await?.ok_or_else(ApiError::not_found)?;
        let pictures =
            passes_read::pictures(&mut tx, controller.as_str(), (&row.site, &row.node), row.suspicion_passage).await?;
        picture::choose(pictures, &role)?
    };
    // Between the two: a slow disk must not hold the chain's head, which every look-up waits for.
    let answer = picture::answer(&people, &chosen).await;
    let mut tx = people.write().await?;
    let entry = Entry::by(&authz, "suspicions.evidence").with_object(id).with_detail(&chosen.role);
    audit::append(&mut tx, controller, now, entry).await?;
    // What cannot be sent was not served.
    if answer.is_ok() {
        table::note_served(&mut tx, authz.session().session_id, id, &chosen.sha256, now.0).await?;
    }
    tx.commit().await?;
    answer
}
