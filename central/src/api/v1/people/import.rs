//! `POST /api/v1/people/import`: many people out of a spreadsheet, some lines at a time, so that whoever waits sees how far it is and
//! no answer takes long. Without lines the file is only read: which lines it has and which pictures they name. With lines these
//! are proposed, each like any other (`propose.rs`), by the code the command line uses; a line that was taken is skipped. Nothing
//! of the file is kept here between two requests.

use std::collections::BTreeMap;
use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD as BASE64;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;

use super::by;
use crate::api::extract::Body;
use crate::api::{ApiError, People};
use crate::audit::{self, Entry};
use crate::auth::Authz;
use crate::people::Import;

/// Largest body: a spreadsheet, and the pictures of some lines, as base64.
pub(crate) const IMPORT_MAX_BYTES: usize = 40 << 20;
/// Most lines of one request: judging a picture takes a part of a second.
const LINES_AT_ONCE: usize = 10;

/// A spreadsheet, and which lines of it.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct ImportPeople {
    /// The file's name: its end says what it is, `.csv` or `.xlsx`.
    pub name: String,
    /// The file, base64.
    pub file: String,
    /// The import these lines belong to, as the first answer named it.
    #[serde(default)]
    pub batch: Option<Uuid>,
    /// At most ten; left out: the file is only read.
    #[serde(default)]
    pub lines: Option<Vec<usize>>,
    /// The pictures these lines name.
    #[serde(default)]
    pub pictures: Vec<SentPicture>,
}

/// A picture.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct SentPicture {
    /// As the spreadsheet names it.
    pub name: String,
    /// A JPEG or PNG file, base64.
    pub file: String,
}

/// What came of it.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct ImportView {
    /// The import.
    pub batch: String,
    /// The lines, when the file was only read.
    pub rows: Vec<ImportRowView>,
    /// Lines proposed now.
    pub proposed: usize,
    /// Lines that were there already.
    pub skipped: usize,
    /// Lines that were not taken.
    pub faults: Vec<RowFaultView>,
}

/// A line of the file.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct ImportRowView {
    /// Its number, from 1; the first is that of the columns.
    pub line: usize,
    /// Pictures it names.
    pub pictures: Vec<String>,
}

/// A line that was not taken.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct RowFaultView {
    /// Its number.
    pub line: usize,
    /// What is wrong, Vietnamese; names nobody.
    pub words: String,
}

/// Import people.
#[utoipa::path(post, path = "/api/v1/people/import", tag = "people", request_body = ImportPeople,
    params(("controller" = Option<String>, Query, description = "Needed with roles at several")),
    responses((status = 200, description = "What came of each line", body = ImportView),
        (status = 400, description = "No spreadsheet, no columns, too many lines", body = crate::api::error::ErrorEnvelope),
        (status = 403, description = "Not a registrar in person", body = crate::api::error::ErrorEnvelope)))]
pub(crate) async fn import_people(
    authz: Authz,
    State(people): State<Arc<People>>,
    Body(asked): Body<ImportPeople>,
) -> Result<Json<ImportView>, ApiError> {
    let by = by(&authz)?;
    let controller = authz.controller();
    let decoded = |text: &str| {
        BASE64.decode(text).map_err(|_| ApiError::bad_request("bad_file", "Tệp gửi lên phải ở dạng base64."))
    };
    let import = Import::sent(controller, &asked.name, &decoded(&asked.file)?)?;
    let batch = asked.batch.unwrap_or_else(|| people.means.ids.next(people.now()));
    let Some(lines) = asked.lines else {
        let mut tx = people.write().await?;
        let entry =
            Entry::by(&authz, "people.import").with_object(batch).with_detail(format!("{} rows read", import.rows()));
        audit::append(&mut tx, controller, people.now(), entry).await?;
        tx.commit().await?;
        let rows =
            import.list().into_iter().map(|row| ImportRowView { line: row.line, pictures: row.pictures }).collect();
        return Ok(Json(ImportView { batch: batch.to_string(), rows, proposed: 0, skipped: 0, faults: Vec::new() }));
    };
    if lines.is_empty() || lines.len() > LINES_AT_ONCE {
        return Err(ApiError::bad_request("bad_lines", "Mỗi lần gửi từ 1 đến 10 dòng."));
    }
    let mut pictures = BTreeMap::new();
    for picture in &asked.pictures {
        pictures.insert(picture.name.clone(), decoded(&picture.file)?);
    }
    let import = import.only(&lines, pictures);
    let entry = || Entry::by(&authz, "people.propose");
    let report = import.run(&people.office, controller, by, entry, batch, |_| {}).await?;
    Ok(Json(ImportView {
        batch: batch.to_string(),
        rows: Vec::new(),
        proposed: report.proposed,
        skipped: report.skipped,
        faults: report.faults.into_iter().map(|fault| RowFaultView { line: fault.line, words: fault.words }).collect(),
    }))
}
