//! Visitors, for reading: sums of days, names, capacities, holidays, what was typed in, months that were frozen. Of what has
//! versions the newest counts here; its history is asked for by itself.

use std::collections::BTreeMap;

use contract::signature::Sha256;
use sqlx::AnyConnection;
use sqlx::any::AnyRow;
use uuid::Uuid;

use super::rows::AnyQuery;
use super::{StoreError, columns};
use crate::counting::civil::{CivilDay, Month};
use crate::counting::figures::{MachineDay, Typed};
use crate::counting::report::{Books, Place, Report};

/// The version of a name, a gate or a figure that nobody has given yet.
pub const NO_VERSION: i64 = 0;

/// A version of what was typed in.
#[derive(Debug, Clone)]
pub struct EntryRow {
    /// The gate.
    pub gate: String,
    /// `day` or `month`.
    pub span: String,
    /// First day.
    pub first_day: CivilDay,
    /// Its version.
    pub version: i64,
    /// In; none: taken back.
    pub went_in: Option<i64>,
    /// Out.
    pub went_out: Option<i64>,
    /// Why.
    pub reason: String,
    /// Whose word it is.
    pub by: String,
    /// When.
    pub at: i64,
}

/// A holiday.
#[derive(Debug, Clone)]
pub struct HolidayRow {
    /// Its id.
    pub id: Uuid,
    /// Its version.
    pub version: i64,
    /// Its name.
    pub name: String,
    /// First day.
    pub first_day: CivilDay,
    /// Last day.
    pub last_day: CivilDay,
}

/// A frozen month, without its content.
#[derive(Debug, Clone)]
pub struct FreezeRow {
    /// The month.
    pub month: Month,
    /// The hash of its content.
    pub sha256: Sha256,
    /// Who signed, as it stands under the report.
    pub signed_name: String,
    /// In which office.
    pub signed_title: String,
    /// The account.
    pub by: String,
    /// When.
    pub at: i64,
}

/// Versions of what has a name, for whoever wants to change it: (site, gate or nothing) → version.
pub type Versions = BTreeMap<(String, Option<String>), i64>;

/// The newest row of each key in `table`.
fn newest(table: &str, key: &[&str]) -> String {
    let same: Vec<String> = key.iter().map(|column| format!("o.{column} = t.{column}")).collect();
    format!(
        "FROM {table} t WHERE t.controller = $1 AND NOT EXISTS (SELECT 1 FROM {table} o WHERE {} AND o.version > t.version)",
        same.join(" AND ")
    )
}

async fn all(conn: &mut AnyConnection, query: AnyQuery<'_>, doing: &'static str) -> Result<Vec<AnyRow>, StoreError> {
    query.fetch_all(conn).await.map_err(StoreError::of(doing))
}

/// What the office knows of its places between two days; of one place if `site` is given. Frozen months that touch the time
/// come whole.
pub async fn books(
    conn: &mut AnyConnection,
    controller: &str,
    site: Option<&str>,
    (from, to): (CivilDay, CivilDay),
) -> Result<Books, StoreError> {
    let mut books = Books { controller: controller.to_owned(), ..Books::default() };
    books.title = sqlx::query_scalar("SELECT title FROM controllers WHERE controller = $1")
        .bind(controller.to_owned())
        .fetch_optional(&mut *conn)
        .await
        .map_err(StoreError::of("reading a controller's title"))?
        .unwrap_or_else(|| controller.to_owned());
    places(conn, controller, &mut books).await?;
    lines(conn, controller, site, &mut books).await?;
    gates(conn, controller, &mut books).await?;
    if let Some(site) = site {
        books.places.retain(|name, _| name == site);
    }
    capacities(conn, controller, &mut books).await?;
    machine_days(conn, controller, site, (from, to), &mut books).await?;
    typed(conn, controller, (from, to), &mut books).await?;
    for report in reports(conn, controller, (from, to)).await? {
        books.frozen.insert(report.month, report);
    }
    Ok(books)
}

async fn places(conn: &mut AnyConnection, controller: &str, books: &mut Books) -> Result<(), StoreError> {
    for site in super::nodes_read::sites(conn, controller).await? {
        books.places.insert(site.clone(), Place { title: site, ..Place::default() });
    }
    let text = format!("SELECT t.site, t.title {}", newest("visitor_places", &["controller", "site"]));
    let query = sqlx::query(sqlx::AssertSqlSafe(text)).bind(controller.to_owned());
    for row in all(conn, query, "reading places of visitors").await? {
        let site: String = columns::value(&row, "site")?;
        books.places.entry(site).or_default().title = columns::value(&row, "title")?;
    }
    Ok(())
}

/// Lines that ever counted persons.
async fn lines(
    conn: &mut AnyConnection,
    controller: &str,
    site: Option<&str>,
    books: &mut Books,
) -> Result<(), StoreError> {
    let only = if site.is_some() { " AND site = $2" } else { "" };
    let text = format!(
        "SELECT DISTINCT site, node, camera, line FROM count_days \
         WHERE controller = $1{only} AND class = 'person' AND buckets > 0"
    );
    let mut query = sqlx::query(sqlx::AssertSqlSafe(text)).bind(controller.to_owned());
    if let Some(site) = site {
        query = query.bind(site.to_owned());
    }
    for row in all(conn, query, "reading counting lines").await? {
        let (gate, site) = (gate_of(&row)?, columns::value::<String>(&row, "site")?);
        let (camera, line): (String, String) = (columns::value(&row, "camera")?, columns::value(&row, "line")?);
        let place = books.places.entry(site.clone()).or_insert_with(|| Place { title: site, ..Place::default() });
        let gate = place.gates.entry(gate).or_default();
        gate.title = format!("{camera} · {line}");
        gate.book.by_camera = true;
    }
    Ok(())
}

async fn gates(conn: &mut AnyConnection, controller: &str, books: &mut Books) -> Result<(), StoreError> {
    let text = format!(
        "SELECT t.site, t.gate, t.title, t.adds_up {}",
        newest("visitor_gates", &["controller", "site", "gate"])
    );
    let query = sqlx::query(sqlx::AssertSqlSafe(text)).bind(controller.to_owned());
    for row in all(conn, query, "reading gates of visitors").await? {
        let place = books.places.entry(columns::value(&row, "site")?).or_default();
        let gate = place.gates.entry(columns::value(&row, "gate")?).or_default();
        gate.title = columns::value(&row, "title")?;
        gate.adds_up = Some(columns::value::<i64>(&row, "adds_up")? == 1);
    }
    Ok(())
}

async fn capacities(conn: &mut AnyConnection, controller: &str, books: &mut Books) -> Result<(), StoreError> {
    // Every version: of two from the same day on the later one holds, which is the one read last.
    let query =
        sqlx::query("SELECT site, valid_from, capacity FROM visitor_capacities WHERE controller = $1 ORDER BY version")
            .bind(controller.to_owned());
    for row in all(conn, query, "reading capacities").await? {
        if let Some(place) = books.places.get_mut(&columns::value::<String>(&row, "site")?) {
            place.capacities.insert(CivilDay(columns::value(&row, "valid_from")?), columns::value(&row, "capacity")?);
        }
    }
    Ok(())
}

async fn machine_days(
    conn: &mut AnyConnection,
    controller: &str,
    site: Option<&str>,
    (from, to): (CivilDay, CivilDay),
    books: &mut Books,
) -> Result<(), StoreError> {
    let only = if site.is_some() { " AND site = $4" } else { "" };
    let text = format!(
        "SELECT site, node, camera, line, day, went_in, went_out, analysed_ms FROM count_days \
         WHERE controller = $1 AND day >= $2 AND day <= $3{only} AND class = 'person' AND buckets > 0"
    );
    let mut query = sqlx::query(sqlx::AssertSqlSafe(text)).bind(controller.to_owned()).bind(from.0).bind(to.0);
    if let Some(site) = site {
        query = query.bind(site.to_owned());
    }
    for row in all(conn, query, "reading days of visitors").await? {
        let gate = gate_of(&row)?;
        let place = books.places.get_mut(&columns::value::<String>(&row, "site")?);
        if let Some(gate) = place.and_then(|place| place.gates.get_mut(&gate)) {
            gate.book.machine.insert(
                CivilDay(columns::value(&row, "day")?),
                MachineDay {
                    entered: columns::value(&row, "went_in")?,
                    left: columns::value(&row, "went_out")?,
                    analysed_ms: columns::value(&row, "analysed_ms")?,
                },
            );
        }
    }
    Ok(())
}

async fn typed(
    conn: &mut AnyConnection,
    controller: &str,
    (from, to): (CivilDay, CivilDay),
    books: &mut Books,
) -> Result<(), StoreError> {
    let text = format!(
        "SELECT t.site, t.gate, t.span, t.first_day, t.version, t.went_in, t.went_out {} \
         AND t.last_day >= $2 AND t.first_day <= $3",
        newest("visitor_entries", &["controller", "site", "gate", "span", "first_day"])
    );
    let query = sqlx::query(sqlx::AssertSqlSafe(text)).bind(controller.to_owned()).bind(from.0).bind(to.0);
    for row in all(conn, query, "reading figures that were typed in").await? {
        let (site, gate): (String, String) = (columns::value(&row, "site")?, columns::value(&row, "gate")?);
        let Some(gate) = books.places.get_mut(&site).and_then(|place| place.gates.get_mut(&gate)) else { continue };
        let day = CivilDay(columns::value(&row, "first_day")?);
        let typed = Typed {
            version: columns::value(&row, "version")?,
            entered: columns::value(&row, "went_in")?,
            left: columns::value(&row, "went_out")?,
        };
        if columns::value::<String>(&row, "span")? == "month" {
            gate.book.months.insert(day.month(), typed);
        } else {
            gate.book.days.insert(day, typed);
        }
    }
    Ok(())
}

fn gate_of(row: &AnyRow) -> Result<String, StoreError> {
    let part = |column| columns::value::<String>(row, column);
    Ok(format!("{}/{}/{}", part("node")?, part("camera")?, part("line")?))
}

async fn reports(
    conn: &mut AnyConnection,
    controller: &str,
    (from, to): (CivilDay, CivilDay),
) -> Result<Vec<Report>, StoreError> {
    let query = sqlx::query(
        "SELECT content, sha256 FROM visitor_freezes WHERE controller = $1 AND last_day >= $2 AND first_day <= $3 ORDER BY month",
    )
    .bind(controller.to_owned())
    .bind(from.0)
    .bind(to.0);
    all(conn, query, "reading frozen months").await?.iter().map(content_of).collect()
}

fn content_of(row: &AnyRow) -> Result<Report, StoreError> {
    let text: String = columns::value(row, "content")?;
    // The database changes no row; whoever got past it is not believed.
    if Sha256::of(text.as_bytes()) != columns::hash(row, "sha256")? {
        return Err(StoreError::Unreadable("visitor_freezes.content"));
    }
    serde_json::from_str(&text).map_err(|_| StoreError::Unreadable("visitor_freezes.content"))
}

const FREEZE: &str = "SELECT f.month, f.sha256, f.signed_name, f.signed_title, u.name, f.set_at FROM visitor_freezes f \
     JOIN users u ON u.user_id = f.set_by WHERE f.controller = $1";

/// Every frozen month, newest first.
pub async fn freezes(conn: &mut AnyConnection, controller: &str) -> Result<Vec<FreezeRow>, StoreError> {
    let text = format!("{FREEZE} ORDER BY f.first_day DESC");
    let query = sqlx::query(sqlx::AssertSqlSafe(text)).bind(controller.to_owned());
    all(conn, query, "listing frozen months").await?.iter().map(freeze).collect()
}

fn freeze(row: &AnyRow) -> Result<FreezeRow, StoreError> {
    let month: String = columns::value(row, "month")?;
    Ok(FreezeRow {
        month: month.parse().map_err(|_| StoreError::Unreadable("visitor_freezes.month"))?,
        sha256: columns::hash(row, "sha256")?,
        signed_name: columns::value(row, "signed_name")?,
        signed_title: columns::value(row, "signed_title")?,
        by: columns::value(row, "name")?,
        at: columns::value(row, "set_at")?,
    })
}

/// Every holiday that was not taken back, newest first.
pub async fn holidays(conn: &mut AnyConnection, controller: &str) -> Result<Vec<HolidayRow>, StoreError> {
    let text = format!(
        "SELECT t.holiday_id, t.version, t.name, t.first_day, t.last_day {} AND t.withdrawn = 0 \
         ORDER BY t.first_day DESC, t.holiday_id",
        newest("visitor_holidays", &["holiday_id"])
    );
    let query = sqlx::query(sqlx::AssertSqlSafe(text)).bind(controller.to_owned());
    all(conn, query, "listing holidays")
        .await?
        .iter()
        .map(|row| {
            Ok(HolidayRow {
                id: columns::id(row, "holiday_id")?,
                version: columns::value(row, "version")?,
                name: columns::value(row, "name")?,
                first_day: CivilDay(columns::value(row, "first_day")?),
                last_day: CivilDay(columns::value(row, "last_day")?),
            })
        })
        .collect()
}

/// Everything ever typed in for one place between two days, newest first: all versions.
pub async fn entries(
    conn: &mut AnyConnection,
    controller: &str,
    site: Option<&str>,
    (from, to): (CivilDay, CivilDay),
) -> Result<Vec<(String, EntryRow)>, StoreError> {
    let only = if site.is_some() { " AND e.site = $4" } else { "" };
    let text = format!(
        "SELECT e.site, e.gate, e.span, e.first_day, e.version, e.went_in, e.went_out, e.reason, u.name, e.set_at \
         FROM visitor_entries e JOIN users u ON u.user_id = e.set_by \
         WHERE e.controller = $1 AND e.last_day >= $2 AND e.first_day <= $3{only} \
         ORDER BY e.first_day DESC, e.site, e.gate, e.span, e.version DESC"
    );
    let mut query = sqlx::query(sqlx::AssertSqlSafe(text)).bind(controller.to_owned()).bind(from.0).bind(to.0);
    if let Some(site) = site {
        query = query.bind(site.to_owned());
    }
    all(conn, query, "reading the history of figures")
        .await?
        .iter()
        .map(|row| {
            let entry = EntryRow {
                gate: columns::value(row, "gate")?,
                span: columns::value(row, "span")?,
                first_day: CivilDay(columns::value(row, "first_day")?),
                version: columns::value(row, "version")?,
                went_in: columns::value(row, "went_in")?,
                went_out: columns::value(row, "went_out")?,
                reason: columns::value(row, "reason")?,
                by: columns::value(row, "name")?,
                at: columns::value(row, "set_at")?,
            };
            Ok((columns::value(row, "site")?, entry))
        })
        .collect()
}

/// The newest version of every name, gate and capacity, by place; [`NO_VERSION`] stands for none.
pub async fn versions(conn: &mut AnyConnection, controller: &str) -> Result<Versions, StoreError> {
    let query = sqlx::query(
        "SELECT site, NULL AS gate, MAX(version) AS version FROM visitor_places WHERE controller = $1 GROUP BY site \
         UNION ALL SELECT site, gate, MAX(version) FROM visitor_gates WHERE controller = $1 GROUP BY site, gate",
    )
    .bind(controller.to_owned());
    all(conn, query, "reading versions of places")
        .await?
        .iter()
        .map(|row| {
            let gate: Option<String> = columns::value(row, "gate")?;
            Ok(((columns::value(row, "site")?, gate), columns::value(row, "version")?))
        })
        .collect()
}
