//! Throw-away databases for tests: the same test runs on SQLite and on PostgreSQL. Never built into the service.

use std::sync::atomic::{AtomicU32, Ordering};

use contract::ids::{ControllerName, NodeAddress};
use contract::signature::Sha256;
use sqlx::AnyConnection;
use sqlx::{Connection as _, Row as _};

use super::Db;

/// Where a PostgreSQL server for tests is named.
pub const POSTGRES_VARIABLE: &str = "CHILANG_TEST_POSTGRES";

static COUNTER: AtomicU32 = AtomicU32::new(0);

/// Runs a test on a fresh SQLite file and on a fresh PostgreSQL database, one after the other.
pub async fn each_engine<F, Fut>(test: F)
where
    F: Fn(Db) -> Fut,
    Fut: Future<Output = ()>,
{
    on_sqlite(&test).await;
    on_postgres(&test).await;
}

/// Runs a test that takes long on a fresh SQLite file only; its statements run on both in another one.
pub async fn on_one_engine<F, Fut>(test: F)
where
    F: Fn(Db) -> Fut,
    Fut: Future<Output = ()>,
{
    on_sqlite(&test).await;
}

async fn on_sqlite<F, Fut>(test: &F)
where
    F: Fn(Db) -> Fut,
    Fut: Future<Output = ()>,
{
    let folder = tempfile::tempdir().expect("a temporary folder can be made");
    let db = Db::connect(&Db::sqlite_url(&folder.path().join("central.sqlite")), 4)
        .await
        .expect("a fresh SQLite file opens");
    db.migrate().await.expect("a fresh SQLite file migrates");
    test(db.clone()).await;
    db.close().await;
}

async fn on_postgres<F, Fut>(test: &F)
where
    F: Fn(Db) -> Fut,
    Fut: Future<Output = ()>,
{
    let Ok(base) = std::env::var(POSTGRES_VARIABLE) else {
        panic!(
            "this test needs PostgreSQL: run ./test, or `central/tests/postgres.sh start DIR` and export \
             {POSTGRES_VARIABLE} with the address it prints"
        );
    };
    sqlx::any::install_default_drivers();
    let name = format!("chilang_test_{}_{}", std::process::id(), COUNTER.fetch_add(1, Ordering::Relaxed));
    let mut admin = AnyConnection::connect(&base).await.expect("the test server answers");
    run(&mut admin, format!("CREATE DATABASE {name}")).await;
    let db = Db::connect(&with_database(&base, &name), 4).await.expect("a fresh database opens");
    db.migrate().await.expect("a fresh database migrates");
    test(db.clone()).await;
    db.close().await;
    run(&mut admin, format!("DROP DATABASE {name} WITH (FORCE)")).await;
}

/// A whole number out of the store: tests in other folders hold no statements of their own.
pub async fn number(db: &Db, expression: &str, table: &str) -> i64 {
    let text = format!("SELECT CAST({expression} AS BIGINT) FROM {table}");
    sqlx::query_scalar(sqlx::AssertSqlSafe(text))
        .fetch_one(&mut *db.read().await.expect("the test store answers"))
        .await
        .expect("the test's expression is SQL")
}

/// The exact bytes and the signature of the only event.
pub async fn only_event(db: &Db) -> (Vec<u8>, String) {
    let row = sqlx::query("SELECT envelope, signature FROM events")
        .fetch_one(&mut *db.read().await.expect("the test store answers"))
        .await
        .expect("there is one event");
    (row.get("envelope"), row.get("signature"))
}

/// Decides every case, behind the back of whoever may.
pub async fn reject_every_case(db: &Db) {
    let mut tx = db.write().await.expect("the test store answers");
    sqlx::query("UPDATE cases SET state = 'rejected'").execute(&mut *tx).await.expect("the test store takes it");
    tx.commit().await.expect("the test store commits");
}

/// Announces a picture, as an event would.
pub async fn announce(db: &Db, sha256: Sha256, node: &NodeAddress, controller: &ControllerName) {
    let mut tx = db.write().await.expect("the test store answers");
    sqlx::query(
        "INSERT INTO evidence (sha256, site, node, controller, size_bytes, media_type, state, announced_at) \
         VALUES ($1, $2, $3, $4, 9, 'image/jpeg', 'at_edge', 0)",
    )
    .bind(sha256.0.to_vec())
    .bind(node.site.as_str())
    .bind(node.node.as_str())
    .bind(controller.as_str())
    .execute(&mut *tx)
    .await
    .expect("the test store takes it");
    tx.commit().await.expect("the test store commits");
}

async fn run(conn: &mut AnyConnection, sql: String) {
    sqlx::raw_sql(sqlx::AssertSqlSafe(sql)).execute(conn).await.expect("the test server takes the command");
}

/// The same address with another database name.
fn with_database(base: &str, name: &str) -> String {
    let (address, query) = base.split_once('?').map_or((base, None), |(a, q)| (a, Some(q)));
    let host_start = address.find("://").map_or(0, |i| i + 3);
    let host_end = address[host_start..].find('/').map_or(address.len(), |i| host_start + i);
    let tail = query.map(|q| format!("?{q}")).unwrap_or_default();
    format!("{}/{name}{tail}", &address[..host_end])
}

#[test]
fn the_database_is_replaced_and_the_rest_kept() {
    assert_eq!(
        with_database("postgres://u:p@127.0.0.1:5/postgres?sslmode=disable", "x"),
        "postgres://u:p@127.0.0.1:5/x?sslmode=disable"
    );
    assert_eq!(with_database("postgres://u@h", "x"), "postgres://u@h/x");
}

/// Every value of a column of bytes.
pub async fn bytes_of(db: &Db, column: &str, table: &str) -> Vec<Vec<u8>> {
    sqlx::query_scalar(sqlx::AssertSqlSafe(format!("SELECT {column} FROM {table}")))
        .fetch_all(&mut *db.read().await.expect("the test store answers"))
        .await
        .expect("the test's table has this column")
}

/// Where in the store these bytes stand: every column of every table, and with SQLite every byte of its files, free pages and
/// log included.
pub async fn places_of(db: &Db, wanted: &[u8]) -> Vec<String> {
    let mut places = Vec::new();
    let holds = |bytes: &[u8]| bytes.windows(wanted.len()).any(|window| window == wanted);
    for (table, column) in super::schema::columns(db).await {
        let cast = match db.engine() {
            super::Engine::Sqlite => format!("SELECT CAST({column} AS BLOB) FROM {table} WHERE {column} IS NOT NULL"),
            // Text as it is, everything else as its bytes or digits.
            super::Engine::Postgres => format!(
                "SELECT CASE pg_typeof({column})::text WHEN 'bytea' THEN decode(substr({column}::text, 3), 'hex') \
                 ELSE convert_to({column}::text, 'UTF8') END FROM {table} WHERE {column} IS NOT NULL"
            ),
        };
        let values: Vec<Vec<u8>> = sqlx::query_scalar(sqlx::AssertSqlSafe(cast))
            .fetch_all(&mut *db.read().await.expect("the test store answers"))
            .await
            .unwrap_or_else(|e| panic!("{table}.{column}: {e}"));
        if values.iter().any(|value| holds(value)) {
            places.push(format!("{table}.{column}"));
        }
    }
    if db.engine() == super::Engine::Sqlite {
        let file: String = sqlx::query("PRAGMA database_list")
            .fetch_one(&mut *db.read().await.expect("the test store answers"))
            .await
            .expect("SQLite names its file")
            .get("file");
        for name in [file.clone(), format!("{file}-wal")] {
            if std::fs::read(&name).is_ok_and(|bytes| holds(&bytes)) {
                places.push(name);
            }
        }
    }
    places
}
