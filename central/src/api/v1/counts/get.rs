//! `GET /api/v1/counts`: counts of lines at one place by minute, hour or Vietnamese day, each figure with its coverage. No
//! persons, no plates.

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use contract::clock::UtcMicros;
use contract::ids::SiteName;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use crate::api::extract::Params;
use crate::api::text::Moment;
use crate::api::{ApiError, People};
use crate::auth::Authz;
use crate::counting::{Bucket, Minute, Step, roll_up};
use crate::store::counts_read::{self, MinuteQuery, MinuteRow};

/// Which counts.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(crate) struct CountsQuery {
    /// One place.
    pub site: String,
    /// One camera; all if not given.
    pub camera: Option<String>,
    /// One line; all if not given.
    pub line: Option<String>,
    /// First moment, RFC 3339.
    pub from: String,
    /// Moment after the last, RFC 3339.
    pub to: String,
    /// `minute` (at most a day), `hour` (31 days) or `day` (a year).
    #[param(value_type = String)]
    pub step: Step,
    /// Needed with roles at several.
    #[expect(dead_code, reason = "read where the request is judged; named here since unknown parameters are refused")]
    pub controller: Option<String>,
}

/// Counts of each line.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Counts {
    /// The place.
    pub site: String,
    /// How long a bucket is.
    pub step: Step,
    /// One entry a line that reported at all within the time.
    pub lines: Vec<LineCounts>,
    /// What *in* and *out* mean, for the foot of a report.
    pub method: String,
}

/// Counts of one line.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct LineCounts {
    /// The node.
    pub node: String,
    /// The camera.
    pub camera: String,
    /// The line.
    pub line: String,
    /// `person` or `vehicle`.
    pub class: String,
    /// In order; a bucket nobody reported is there, with nulls.
    pub buckets: Vec<BucketView>,
}

/// One bucket.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct BucketView {
    /// Its start.
    pub start: Moment,
    /// Crossings from left to right; null is missing data, not zero.
    #[serde(rename = "in")]
    pub entered: Option<i64>,
    /// Crossings from right to left.
    pub out: Option<i64>,
    /// In neither.
    pub doubtful: Option<i64>,
    /// Analysed time over wall time, 0..1.
    pub coverage: f64,
    /// *Thiếu dữ liệu* when nothing or not everything was watched; null when all was.
    pub note: Option<String>,
}

/// Counts over time.
#[utoipa::path(get, path = "/api/v1/counts", tag = "counts", params(CountsQuery),
    responses((status = 200, description = "Counts with coverage", body = Counts),
        (status = 400, description = "Window too long", body = crate::api::error::ErrorEnvelope)))]
pub(crate) async fn get_counts(
    authz: Authz,
    State(people): State<Arc<People>>,
    Params(asked): Params<CountsQuery>,
) -> Result<Json<Counts>, ApiError> {
    let site: SiteName =
        asked.site.parse().map_err(|_| ApiError::bad_request("one_site", "Hãy chọn đúng một địa điểm."))?;
    let moment = |text: &str| {
        UtcMicros::from_rfc3339(text)
            .ok_or_else(|| ApiError::bad_request("bad_moment", "Thời điểm phải theo RFC 3339."))
    };
    let (from, to) = (moment(&asked.from)?, moment(&asked.to)?);
    if to <= from {
        return Err(ApiError::bad_request("empty_window", "Thời điểm cuối phải sau thời điểm đầu."));
    }
    if to.since_us(from) > asked.step.window_max_us() {
        return Err(ApiError::bad_request("window_too_long", "Khoảng thời gian quá dài cho bước đã chọn."));
    }
    let query = MinuteQuery {
        controller: authz.controller().as_str(),
        site: site.as_str(),
        camera: asked.camera.as_deref().unwrap_or_default(),
        line: asked.line.as_deref().unwrap_or_default(),
        from: asked.step.start_of(from).0,
        to: to.0,
    };
    let rows = counts_read::minutes(&mut *people.db().read().await?, &query).await?;
    let now = people.now();
    let lines = rows
        .chunk_by(|a, b| line_key(a) == line_key(b))
        .map(|rows| line_counts(rows, asked.step, from, to, now))
        .collect();
    Ok(Json(Counts {
        site: site.to_string(),
        step: asked.step,
        lines,
        method: "Lượt qua vạch đếm, do hệ thống đếm tự động; một người qua lại nhiều lần được tính nhiều lượt."
            .to_owned(),
    }))
}

fn line_key(row: &MinuteRow) -> (&str, &str, &str, &str) {
    (&row.node, &row.camera, &row.line, &row.class)
}

fn line_counts(rows: &[MinuteRow], step: Step, from: UtcMicros, to: UtcMicros, now: UtcMicros) -> LineCounts {
    let minutes: Vec<Minute> = rows
        .iter()
        .map(|row| Minute {
            start: UtcMicros(row.start_at),
            entered: row.went_in,
            left: row.went_out,
            doubtful: row.doubtful,
            analysed_ms: row.analysed_ms,
        })
        .collect();
    let (node, camera, line, class) = rows.first().map(line_key).unwrap_or_default();
    LineCounts {
        node: node.to_owned(),
        camera: camera.to_owned(),
        line: line.to_owned(),
        class: class.to_owned(),
        buckets: roll_up(&minutes, step, from, to, now).iter().map(bucket_view).collect(),
    }
}

fn bucket_view(bucket: &Bucket) -> BucketView {
    let note = match bucket.counted {
        None => Some("Thiếu dữ liệu.".to_owned()),
        Some(_) if bucket.coverage < 0.995 => Some(format!(
            "Thiếu dữ liệu một phần: camera hoạt động {:.0} % thời gian.",
            (bucket.coverage * 100.0).floor()
        )),
        Some(_) => None,
    };
    BucketView {
        start: bucket.start.into(),
        entered: bucket.counted.map(|c| c.entered),
        out: bucket.counted.map(|c| c.left),
        doubtful: bucket.counted.map(|c| c.doubtful),
        coverage: (bucket.coverage * 10_000.0).round() / 10_000.0,
        note,
    }
}
