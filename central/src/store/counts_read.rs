//! Reading what counting lines reported, rolled up by the database: a year by day would be half a million minutes a line. No
//! personal data stands here.

use sqlx::AnyConnection;

use super::{StoreError, columns};

/// What one line reported of one bucket of time.
#[derive(Debug, Clone)]
pub struct BucketRow {
    /// The node.
    pub node: String,
    /// The camera.
    pub camera: String,
    /// The line.
    pub line: String,
    /// What is counted.
    pub class: String,
    /// Start of the bucket.
    pub start_at: i64,
    /// Crossings from left to right.
    pub went_in: i64,
    /// Crossings from right to left.
    pub went_out: i64,
    /// In neither.
    pub doubtful: i64,
    /// Analysed time; a minute counts as a minute at most.
    pub analysed_ms: i64,
    /// Minutes of it that were reported.
    pub minutes: i64,
}

/// Which buckets.
#[derive(Debug, Clone)]
pub struct BucketQuery<'a> {
    /// Whose data.
    pub controller: &'a str,
    /// The place.
    pub site: &'a str,
    /// One camera; none for all.
    pub camera: Option<&'a str>,
    /// One line; none for all.
    pub line: Option<&'a str>,
    /// First moment.
    pub from: i64,
    /// Moment after the last.
    pub to: i64,
    /// How long a bucket is.
    pub length_us: i64,
    /// What is added to a moment so that buckets begin at multiples of their length.
    pub offset_us: i64,
}

/// Ordered by line, then time. Parts of a minute counted apart (the configuration changed, the node started again) add up; a
/// minute can't be watched for longer than itself, whatever two of them claim together.
pub async fn buckets(conn: &mut AnyConnection, q: &BucketQuery<'_>) -> Result<Vec<BucketRow>, StoreError> {
    // One text for both engines, and a filter only where one is asked for: `$7 = '' OR camera = $7` would use no index.
    let mut only = String::new();
    let mut number = 6;
    for (column, wanted) in [("camera", q.camera), ("line", q.line)] {
        if wanted.is_some() {
            number += 1;
            only.push_str(&format!(" AND {column} = ${number}"));
        }
    }
    let text = format!(
        "SELECT node, camera, line, class, bucket, CAST(SUM(went_in) AS BIGINT) AS went_in, \
         CAST(SUM(went_out) AS BIGINT) AS went_out, CAST(SUM(doubtful) AS BIGINT) AS doubtful, \
         CAST(SUM(CASE WHEN analysed_ms > 60000 THEN 60000 ELSE analysed_ms END) AS BIGINT) AS analysed_ms, \
         COUNT(*) AS minutes \
         FROM (SELECT node, camera, line, class, (start_at + $6) / $5 AS bucket, start_at / 60000000 AS minute, \
         SUM(went_in) AS went_in, SUM(went_out) AS went_out, SUM(doubtful) AS doubtful, SUM(analysed_ms) AS analysed_ms \
         FROM count_buckets WHERE controller = $1 AND site = $2 AND start_at >= $3 AND start_at < $4{only} \
         AND state <> 'retracted' GROUP BY node, camera, line, class, bucket, minute) AS minutes \
         GROUP BY node, camera, line, class, bucket ORDER BY node, camera, line, class, bucket"
    );
    let mut query = sqlx::query(sqlx::AssertSqlSafe(text))
        .bind(q.controller.to_owned())
        .bind(q.site.to_owned())
        .bind(q.from)
        .bind(q.to)
        .bind(q.length_us)
        .bind(q.offset_us);
    for wanted in [q.camera, q.line].into_iter().flatten() {
        query = query.bind(wanted.to_owned());
    }
    query
        .fetch_all(conn)
        .await
        .map_err(StoreError::of("reading counts"))?
        .iter()
        .map(|row| {
            Ok(BucketRow {
                node: columns::value(row, "node")?,
                camera: columns::value(row, "camera")?,
                line: columns::value(row, "line")?,
                class: columns::value(row, "class")?,
                start_at: columns::value::<i64>(row, "bucket")? * q.length_us - q.offset_us,
                went_in: columns::value(row, "went_in")?,
                went_out: columns::value(row, "went_out")?,
                doubtful: columns::value(row, "doubtful")?,
                analysed_ms: columns::value(row, "analysed_ms")?,
                minutes: columns::value(row, "minutes")?,
            })
        })
        .collect()
}
