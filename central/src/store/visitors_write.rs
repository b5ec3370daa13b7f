//! What the tourism office says about visitors: each word a new row with the next version. The databases take it from a person
//! of the office in an interactive session only, and change or delete nothing.

use contract::signature::Sha256;
use sqlx::AnyConnection;
use uuid::Uuid;

use super::StoreError;
use super::rows::AnyQuery;
use crate::counting::civil::{CivilDay, Month};

/// Whose word, in which session, when.
#[derive(Debug, Clone, Copy)]
pub struct Word<'a> {
    /// Whose figures.
    pub controller: &'a str,
    /// The account.
    pub by: Uuid,
    /// Its session.
    pub session: Uuid,
    /// When.
    pub at: i64,
}

/// A figure.
#[derive(Debug, Clone, Copy)]
pub struct NewEntry<'a> {
    /// The place.
    pub site: &'a str,
    /// The gate.
    pub gate: &'a str,
    /// A month, else a day.
    pub is_month: bool,
    /// First day.
    pub first_day: CivilDay,
    /// Last day.
    pub last_day: CivilDay,
    /// In; none: taken back.
    pub went_in: Option<i64>,
    /// Out.
    pub went_out: Option<i64>,
    /// Why.
    pub reason: &'a str,
}

/// A holiday.
#[derive(Debug, Clone, Copy)]
pub struct NewHoliday<'a> {
    /// Its id.
    pub id: Uuid,
    /// Its name.
    pub name: &'a str,
    /// First day.
    pub first_day: CivilDay,
    /// Last day.
    pub last_day: CivilDay,
    /// Taken back.
    pub withdrawn: bool,
}

/// A month that is frozen.
#[derive(Debug, Clone, Copy)]
pub struct NewFreeze<'a> {
    /// The month.
    pub month: Month,
    /// The whole report.
    pub content: &'a str,
    /// Its hash.
    pub sha256: Sha256,
    /// Who signs, as it stands under the report.
    pub signed_name: &'a str,
    /// In which office.
    pub signed_title: &'a str,
}

/// Every statement ends with whose word it is.
fn signed<'q>(query: AnyQuery<'q>, word: &Word<'_>) -> AnyQuery<'q> {
    query.bind(word.by.as_bytes().to_vec()).bind(word.session.as_bytes().to_vec()).bind(word.at)
}

/// Runs it; false when somebody else's word with this version is there already.
async fn say(conn: &mut AnyConnection, query: AnyQuery<'_>, doing: &'static str) -> Result<bool, StoreError> {
    Ok(query.execute(conn).await.map_err(StoreError::of(doing))?.rows_affected() == 1)
}

/// What a place is called.
pub async fn name_place(
    conn: &mut AnyConnection,
    word: &Word<'_>,
    site: &str,
    title: &str,
    version: i64,
) -> Result<bool, StoreError> {
    let query = sqlx::query(
        "INSERT INTO visitor_places (controller, site, title, version, set_by, session_id, set_at) \
         VALUES ($1, $2, $3, $4, $5, $6, $7) ON CONFLICT DO NOTHING",
    )
    .bind(word.controller.to_owned())
    .bind(site.to_owned())
    .bind(title.to_owned())
    .bind(version);
    say(conn, signed(query, word), "naming a place").await
}

/// What a gate is called, and whether it makes the sum of its place.
pub async fn name_gate(
    conn: &mut AnyConnection,
    word: &Word<'_>,
    (site, gate): (&str, &str),
    (title, adds_up): (&str, bool),
    version: i64,
) -> Result<bool, StoreError> {
    let query = sqlx::query(
        "INSERT INTO visitor_gates (controller, site, gate, title, adds_up, version, set_by, session_id, set_at) \
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9) ON CONFLICT DO NOTHING",
    )
    .bind(word.controller.to_owned())
    .bind(site.to_owned())
    .bind(gate.to_owned())
    .bind(title.to_owned())
    .bind(i64::from(adds_up))
    .bind(version);
    say(conn, signed(query, word), "naming a gate").await
}

/// How many people a place holds, from a day on.
pub async fn set_capacity(
    conn: &mut AnyConnection,
    word: &Word<'_>,
    (site, valid_from): (&str, CivilDay),
    (capacity, reason): (i64, &str),
) -> Result<bool, StoreError> {
    let query = sqlx::query(
        "INSERT INTO visitor_capacities (controller, site, valid_from, capacity, reason, version, set_by, session_id, \
         set_at) SELECT $1, $2, $3, $4, $5, 1 + COALESCE(MAX(version), 0), $6, $7, $8 FROM visitor_capacities \
         WHERE controller = $1 AND site = $2 ON CONFLICT DO NOTHING",
    )
    .bind(word.controller.to_owned())
    .bind(site.to_owned())
    .bind(valid_from.0)
    .bind(capacity)
    .bind(reason.to_owned());
    say(conn, signed(query, word), "setting a capacity").await
}

/// A holiday, or a newer version of one.
pub async fn set_holiday(
    conn: &mut AnyConnection,
    word: &Word<'_>,
    holiday: &NewHoliday<'_>,
    version: i64,
) -> Result<bool, StoreError> {
    let query = sqlx::query(
        "INSERT INTO visitor_holidays (controller, holiday_id, name, first_day, last_day, withdrawn, version, set_by, \
         session_id, set_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10) ON CONFLICT DO NOTHING",
    )
    .bind(word.controller.to_owned())
    .bind(holiday.id.as_bytes().to_vec())
    .bind(holiday.name.to_owned())
    .bind(holiday.first_day.0)
    .bind(holiday.last_day.0)
    .bind(i64::from(holiday.withdrawn))
    .bind(version);
    say(conn, signed(query, word), "setting a holiday").await
}

/// The newest version of a figure; 0 when there is none.
pub async fn entry_version(conn: &mut AnyConnection, word: &Word<'_>, entry: &NewEntry<'_>) -> Result<i64, StoreError> {
    sqlx::query_scalar(
        "SELECT COALESCE(MAX(version), 0) FROM visitor_entries \
         WHERE controller = $1 AND site = $2 AND gate = $3 AND span = $4 AND first_day = $5",
    )
    .bind(word.controller.to_owned())
    .bind(entry.site.to_owned())
    .bind(entry.gate.to_owned())
    .bind(span(entry.is_month))
    .bind(entry.first_day.0)
    .fetch_one(conn)
    .await
    .map_err(StoreError::of("reading the version of a figure"))
}

/// A figure, or a newer version of one.
pub async fn enter(
    conn: &mut AnyConnection,
    word: &Word<'_>,
    entry: &NewEntry<'_>,
    version: i64,
) -> Result<bool, StoreError> {
    let query = sqlx::query(
        "INSERT INTO visitor_entries (controller, site, gate, span, first_day, last_day, version, went_in, went_out, \
         reason, set_by, session_id, set_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13) \
         ON CONFLICT DO NOTHING",
    )
    .bind(word.controller.to_owned())
    .bind(entry.site.to_owned())
    .bind(entry.gate.to_owned())
    .bind(span(entry.is_month))
    .bind(entry.first_day.0)
    .bind(entry.last_day.0)
    .bind(version)
    .bind(entry.went_in)
    .bind(entry.went_out)
    .bind(entry.reason.to_owned());
    say(conn, signed(query, word), "entering a figure").await
}

fn span(is_month: bool) -> &'static str {
    if is_month { "month" } else { "day" }
}

/// Freezes a month; false when it is frozen already. There is no way back.
pub async fn freeze(conn: &mut AnyConnection, word: &Word<'_>, freeze: &NewFreeze<'_>) -> Result<bool, StoreError> {
    let query = sqlx::query(
        "INSERT INTO visitor_freezes (controller, month, first_day, last_day, content, sha256, signed_name, signed_title, \
         set_by, session_id, set_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11) ON CONFLICT DO NOTHING",
    )
    .bind(word.controller.to_owned())
    .bind(freeze.month.to_string())
    .bind(freeze.month.first().0)
    .bind(freeze.month.last().0)
    .bind(freeze.content.to_owned())
    .bind(freeze.sha256.0.to_vec())
    .bind(freeze.signed_name.to_owned())
    .bind(freeze.signed_title.to_owned());
    say(conn, signed(query, word), "freezing a month").await
}
