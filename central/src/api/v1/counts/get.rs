//! `GET /api/v1/counts`: counts of lines at one place by minute, hour or Vietnamese day, each figure with its coverage. No
//! persons, no plates.

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use contract::clock::UtcMicros;
use contract::ids::{CameraName, LineName, SiteName};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use crate::api::extract::Params;
use crate::api::text::Moment;
use crate::api::{ApiError, People};
use crate::auth::Authz;
use crate::counting::{Bucket, Counted, Reported, Step, lay_out};
use crate::store::counts_read::{self, BucketQuery, BucketRow};

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
    // Names are names before they reach the store: PostgreSQL refuses a text with U+0000 where SQLite finds nothing.
    if asked.camera.as_ref().is_some_and(|name| name.parse::<CameraName>().is_err())
        || asked.line.as_ref().is_some_and(|name| name.parse::<LineName>().is_err())
    {
        return Err(ApiError::bad_request("bad_name", "Tên camera hoặc tên vạch không hợp lệ."));
    }
    let (from, to) = (moment(&asked.from)?, moment(&asked.to)?);
    if to <= from {
        return Err(ApiError::bad_request("empty_window", "Thời điểm cuối phải sau thời điểm đầu."));
    }
    if to.since_us(from) > asked.step.window_max_us() {
        return Err(ApiError::bad_request("window_too_long", "Khoảng thời gian quá dài cho bước đã chọn."));
    }
    let query = BucketQuery {
        controller: authz.controller().as_str(),
        site: site.as_str(),
        camera: asked.camera.as_deref(),
        line: asked.line.as_deref(),
        from: asked.step.start_of(from).0,
        to: to.0,
        length_us: asked.step.length_us(),
        offset_us: asked.step.offset_us(),
    };
    let rows = counts_read::buckets(&mut *people.db().read().await?, &query).await?;
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

fn line_key(row: &BucketRow) -> (&str, &str, &str, &str) {
    (&row.node, &row.camera, &row.line, &row.class)
}

fn line_counts(rows: &[BucketRow], step: Step, from: UtcMicros, to: UtcMicros, now: UtcMicros) -> LineCounts {
    let reported: Vec<Reported> = rows
        .iter()
        .map(|row| Reported {
            start: UtcMicros(row.start_at),
            counted: Counted { entered: row.went_in, left: row.went_out, doubtful: row.doubtful },
            analysed_ms: row.analysed_ms,
            minutes: row.minutes,
        })
        .collect();
    let (node, camera, line, class) = rows.first().map(line_key).unwrap_or_default();
    LineCounts {
        node: node.to_owned(),
        camera: camera.to_owned(),
        line: line.to_owned(),
        class: class.to_owned(),
        buckets: lay_out(&reported, step, from, to, now).iter().map(bucket_view).collect(),
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

#[cfg(test)]
mod tests {
    use contract::clock::{MINUTE_US, UtcMicros};
    use serde_json::json;

    use crate::api::testing::Bench;
    use crate::auth::{AccountKind, Role};
    use crate::store::fixtures;
    use crate::store::testing::each_engine;

    #[tokio::test]
    async fn hours_carry_their_coverage_and_what_is_missing_is_not_zero() {
        each_engine(|db| async move {
            let bench = Bench::new(db).await;
            let seven = UtcMicros::from_rfc3339("2026-11-23T00:00:00Z").unwrap().0;
            for n in 0..30 {
                fixtures::minute(&bench.db, "tourism", "square", seven + n * MINUTE_US, 2).await;
            }
            fixtures::minute(&bench.db, "police", "square", seven - MINUTE_US, 99).await;
            bench.account("du-lich", AccountKind::Person, &[("tourism", Role::Tourism)]).await;
            let client = bench.sign_in("du-lich").await;
            let base = "/api/v1/counts?site=square&from=2026-11-22T23:00:00Z&to=2026-11-23T02:00:00Z";
            let answer = client.get(&format!("{base}&step=hour")).await;
            insta::allow_duplicates! { insta::assert_json_snapshot!(answer.json()["lines"], @r#"
            [
              {
                "node": "n1",
                "camera": "cam-1",
                "line": "gate",
                "class": "person",
                "buckets": [
                  {
                    "start": {
                      "utc": "2026-11-22T23:00:00Z",
                      "text": "23/11/2026 06:00:00"
                    },
                    "in": null,
                    "out": null,
                    "doubtful": null,
                    "coverage": 0.0,
                    "note": "Thiếu dữ liệu."
                  },
                  {
                    "start": {
                      "utc": "2026-11-23T00:00:00Z",
                      "text": "23/11/2026 07:00:00"
                    },
                    "in": 60,
                    "out": 30,
                    "doubtful": 0,
                    "coverage": 0.5,
                    "note": "Thiếu dữ liệu một phần: camera hoạt động 50 % thời gian."
                  },
                  {
                    "start": {
                      "utc": "2026-11-23T01:00:00Z",
                      "text": "23/11/2026 08:00:00"
                    },
                    "in": null,
                    "out": null,
                    "doubtful": null,
                    "coverage": 0.0,
                    "note": "Thiếu dữ liệu."
                  }
                ]
              }
            ]
            "#); }
            let other = client.get(&format!("{base}&step=hour&line=other")).await.json();
            assert_eq!(other["lines"], json!([]));
            let one = client.get(&format!("{base}&step=hour&line=gate&camera=cam-1")).await.json();
            assert_eq!(one["lines"][0]["buckets"][1]["in"], 60);
            for (query, verdict) in [
                ("?site=square&from=2026-11-01T00:00:00Z&to=2026-11-03T00:00:00Z&step=minute", "400 window_too_long"),
                ("?site=square&from=x&to=2026-11-03T00:00:00Z&step=minute", "400 bad_moment"),
                ("?site=a,b&from=2026-11-01T00:00:00Z&to=2026-11-01T01:00:00Z&step=minute", "400 one_site"),
                ("?site=square&from=2026-11-01T00:00:00Z&to=2026-11-01T01:00:00Z&step=week", "400 bad_query"),
                ("?site=square", "400 bad_query"),
            ] {
                assert_eq!(client.get(&format!("/api/v1/counts{query}")).await.verdict(), verdict, "{query}");
            }
        })
        .await;
    }

    #[tokio::test]
    async fn days_are_vietnamese_and_one_minute_under_two_configurations_adds_up_but_is_watched_once() {
        each_engine(|db| async move {
            let bench = Bench::new(db).await;
            let at = |text: &str| UtcMicros::from_rfc3339(text).unwrap().0;
            // 16:59 UTC is 23:59 of the 21st in Viet Nam, 17:00 UTC is the 22nd already.
            fixtures::minute(&bench.db, "tourism", "square", at("2026-11-21T16:59:00Z"), 5).await;
            fixtures::minute(&bench.db, "tourism", "square", at("2026-11-21T17:00:00Z"), 7).await;
            let second = "INSERT INTO count_buckets SELECT site, node, camera, line, start_at, ";
            let columns =
                "boot_id, controller, class, 4, went_out, doubtful, analysed_ms, lost_ms, revision, state, updated_at";
            let (sha, all) = (
                fixtures::blob(&bench.db, &[8; 32]),
                "site, node, camera, line, start_at, config_sha, boot_id, \
                controller, class, went_in, went_out, doubtful, analysed_ms, lost_ms, revision, state, updated_at",
            );
            let second = second.replace("count_buckets", &format!("count_buckets ({all})"));
            let seventeen = at("2026-11-21T17:00:00Z");
            fixtures::sql(
                &bench.db,
                &format!("{second}{sha}, {columns} FROM count_buckets WHERE start_at = {seventeen}"),
            )
            .await;
            bench.account("du-lich", AccountKind::Person, &[("tourism", Role::Tourism)]).await;
            let client = bench.sign_in("du-lich").await;
            let window = "from=2026-11-20T17:00:00Z&to=2026-11-22T17:00:00Z";
            let days = client.get(&format!("/api/v1/counts?site=square&{window}&step=day")).await.json();
            let day = |n: usize| days["lines"][0]["buckets"][n].clone();
            assert_eq!((&day(0)["in"], &day(1)["in"]), (&json!(5), &json!(11)), "{days}");
            assert_eq!(day(1)["start"]["text"], "22/11/2026 00:00:00");
            let window = "from=2026-11-21T17:00:00Z&to=2026-11-21T17:01:00Z";
            let minute = client.get(&format!("/api/v1/counts?site=square&{window}&step=minute")).await.json();
            assert_eq!(minute["lines"][0]["buckets"][0]["coverage"], 1.0);
            assert_eq!(day(1)["coverage"], 0.0007);
        })
        .await;
    }
}
