//! The only place with SQL. One text for both engines, `$1` placeholders, values every engine understands: 16-byte ids,
//! 32-byte hashes, UTC microseconds, 0/1, JSON as text. Functions here take a connection and plain values; nothing here
//! decides anything, and no database text ever leaves towards a user.

use std::path::{Path, PathBuf};
use std::str::FromStr;
use std::sync::Arc;
use std::time::Duration;

use contract::signature::Sha256;
use sqlx::Connection as _;
use sqlx::any::{AnyConnectOptions, AnyPoolOptions};
use sqlx::migrate::Migrator;
use sqlx::pool::PoolConnection;
use sqlx::{Any, AnyConnection, AnyPool, ConnectOptions as _, Transaction};
use tokio::sync::{OwnedSemaphorePermit, Semaphore};
use uuid::Uuid;

/// Accounts, as their administrators see them.
pub mod accounts;
/// Who came to which gate.
pub mod arrivals;
/// Audit records.
pub mod audit;
/// What a leader looks at: what expires, who does how much, what is rejected.
pub mod case_figures;
/// Who has which case.
pub mod case_holds;
/// Suspicions and decisions.
pub mod cases;
/// Columns back into types.
mod columns;
/// Counted minutes, for reading.
pub mod counts_read;
/// What guards said without deciding.
pub mod desk_marks;
/// What opens a locked screen.
pub mod desk_pins;
/// When cameras and nodes were away.
pub mod device_states;
mod error;
/// Events, ledgers, quarantine.
pub mod events;
/// Pieces of evidence.
pub mod evidence;
/// Gates, pictures and templates.
pub mod faces;
#[cfg(test)]
pub(crate) mod fixtures;
/// Nodes, keys, tokens, bundles.
pub mod fleet;
/// What waits for the province above.
pub mod forward;
/// Galleries of nodes, and their keys.
pub mod galleries;
/// What guards decided.
pub mod gate_decisions;
/// Passes beside faces.
pub mod gate_passes;
/// Changes of shift.
pub mod handovers;
/// Whom visitors come to.
pub mod hosts;
/// Rules and checklists of the day.
pub mod law;
/// Nodes, cameras and ledgers, for reading.
pub mod nodes_read;
/// One centre at a time.
pub mod one_centre;
/// The register of what was exported.
pub mod pass_exports;
/// Passages and pictures, for reading.
pub mod passes_read;
/// People and their enrolments.
pub mod people;
/// Alerts about wanted plates.
pub mod plate_alerts;
/// What people read on plates.
pub mod plate_corrections;
/// Grants to look for a case's vehicle at several places.
pub mod plate_grants;
/// Lists of plates.
pub mod plate_lists;
/// What events change for people to see.
pub mod projections;
/// What the store holds, counted.
pub mod report;
/// What is past its time.
pub mod retention;
/// What will be removed next.
pub mod retention_next;
/// How long a body keeps what, as its administrator said.
pub mod retention_settings;
mod rows;
/// The columns there really are.
#[cfg(test)]
pub(crate) mod schema;
/// Sessions.
pub mod sessions;
mod site_decisions;
/// Sites with a centre of their own.
pub mod site_nodes;
#[cfg(test)]
pub mod testing;
/// Second factors.
pub mod totp;
/// Accounts and roles.
pub mod users;
/// Visitors, for reading.
pub mod visitors;
/// What the tourism office says about visitors.
pub mod visitors_write;
/// The visitors' book of a desk.
pub mod visits;
/// Watch entries.
pub mod watch;
/// Withdrawals and who has to know.
pub mod withdrawals;

pub use error::StoreError;

static SQLITE: Migrator = sqlx::migrate!("migrations/sqlite");
static POSTGRES: Migrator = sqlx::migrate!("migrations/postgres");

/// Which database is behind the pool.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Engine {
    /// One file; the site tier and the demo.
    Sqlite,
    /// The province tier.
    Postgres,
}

/// The store. Cheap to clone.
#[derive(Debug, Clone)]
pub struct Db {
    pool: AnyPool,
    engine: Engine,
    /// SQLite has one writer: waiting for it here is fair and wakes up at once, unlike its own busy loop.
    writer: Arc<Semaphore>,
}

/// A read connection out of the pool; `&mut *conn` is what sqlx executes on.
pub type ReadConn = PoolConnection<Any>;

/// A write transaction; `&mut *tx` is what sqlx executes on. Dropped without [`WriteTx::commit`] it is rolled back.
pub struct WriteTx {
    // Order matters: the transaction goes before the permit.
    tx: Transaction<'static, Any>,
    _permit: OwnedSemaphorePermit,
}

impl std::fmt::Debug for WriteTx {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("WriteTx")
    }
}

impl std::ops::Deref for WriteTx {
    type Target = AnyConnection;
    fn deref(&self) -> &AnyConnection {
        &self.tx
    }
}

impl std::ops::DerefMut for WriteTx {
    fn deref_mut(&mut self) -> &mut AnyConnection {
        &mut self.tx
    }
}

impl WriteTx {
    /// Makes everything in it permanent.
    pub async fn commit(self) -> Result<(), StoreError> {
        let Self { tx, _permit } = self;
        tx.commit().await.map_err(StoreError::of("committing"))
    }
}

impl Db {
    /// Opens the store at `url`: `sqlite:FILE` (made if it is not there) or `postgres://…`.
    pub async fn connect(url: &str, max_connections: u32) -> Result<Self, StoreError> {
        sqlx::any::install_default_drivers();
        let engine = if url.starts_with("sqlite:") {
            Engine::Sqlite
        } else if url.starts_with("postgres:") || url.starts_with("postgresql:") {
            Engine::Postgres
        } else {
            return Err(StoreError::UnknownEngine);
        };
        let url = match engine {
            Engine::Sqlite if !url.contains("mode=") => {
                let joint = if url.contains('?') { '&' } else { '?' };
                format!("{url}{joint}mode=rwc")
            }
            _ => url.to_owned(),
        };
        let options = AnyConnectOptions::from_str(&url)
            .map_err(StoreError::of("reading the store's address"))?
            .disable_statement_logging();
        let pool = AnyPoolOptions::new()
            .max_connections(max_connections)
            .acquire_timeout(Duration::from_secs(5))
            // SQLite ends a transaction by itself when the disk is full. The roll-back that follows fails, and the driver goes
            // on to believe that the transaction is open: every later one on this connection would be refused. The ping
            // that comes before this look has let a pending roll-back run.
            .before_acquire(|conn, _| Box::pin(async move { Ok(!conn.is_in_transaction()) }))
            .after_connect(move |conn, _| {
                Box::pin(async move {
                    if engine == Engine::Sqlite {
                        // The time-out first: switching to WAL may itself have to wait.
                        for pragma in [
                            "PRAGMA busy_timeout = 10000",
                            "PRAGMA journal_mode = WAL",
                            "PRAGMA synchronous = FULL",
                            "PRAGMA foreign_keys = ON",
                            // What is deleted is overwritten: a key that was forgotten must not lie in a free page.
                            "PRAGMA secure_delete = ON",
                            "PRAGMA cache_size = -16000",
                        ] {
                            sqlx::query(pragma).execute(&mut *conn).await?;
                        }
                    }
                    Ok(())
                })
            })
            .connect_with(options)
            .await
            .map_err(StoreError::of("opening the store"))?;
        let writers = match engine {
            Engine::Sqlite => 1,
            Engine::Postgres => max_connections.max(1) as usize,
        };
        Ok(Self { pool, engine, writer: Arc::new(Semaphore::new(writers)) })
    }

    /// The address of a SQLite store in a file.
    #[must_use]
    pub fn sqlite_url(file: &Path) -> String {
        // Percent, question mark and hash would be read as parts of the address.
        let path = file.display().to_string().replace('%', "%25").replace('?', "%3F").replace('#', "%23");
        format!("sqlite:{path}")
    }

    /// The file of a SQLite store's address, as far as it names one plainly.
    #[must_use]
    pub fn file_of(url: &str) -> Option<PathBuf> {
        let path = url.strip_prefix("sqlite:")?;
        let path = path.strip_prefix("//").unwrap_or(path);
        let path = path.split_once('?').map_or(path, |(path, _)| path);
        let path = path.replace("%3F", "?").replace("%23", "#").replace("%25", "%");
        (!path.is_empty() && path != ":memory:").then(|| PathBuf::from(path))
    }

    /// Brings the tables up to this version, and the rules of the committed files into them.
    pub async fn migrate(&self) -> Result<(), StoreError> {
        self.migrator().run(&self.pool).await.map_err(|source| StoreError::Migrate { source })?;
        law::load_committed(self).await
    }

    /// Are the tables this version's? Changes nothing.
    pub async fn check_version(&self) -> Result<(), StoreError> {
        let ours = self.migrator().iter().map(|m| m.version).max().unwrap_or(0);
        let applied =
            sqlx::query_scalar("SELECT COALESCE(MAX(version), 0) FROM _sqlx_migrations").fetch_one(&self.pool).await;
        let stored = match applied {
            Ok(version) => version,
            // No such table: nothing was ever stored here. Any other fault is no empty store.
            Err(sqlx::Error::Database(e))
                if e.code().as_deref() == Some("42P01") || e.message().starts_with("no such table") =>
            {
                0
            }
            Err(error) => return Err(StoreError::of("reading the store's version")(error)),
        };
        if stored > 0 {
            let failed: i64 =
                sqlx::query_scalar("SELECT CAST(COUNT(*) AS BIGINT) FROM _sqlx_migrations WHERE NOT success")
                    .fetch_one(&self.pool)
                    .await
                    .map_err(StoreError::of("reading the store's version"))?;
            if failed > 0 {
                return Err(StoreError::HalfMigrated);
            }
        }
        if stored == ours { Ok(()) } else { Err(StoreError::OtherVersion { stored, ours }) }
    }

    fn migrator(&self) -> &'static Migrator {
        match self.engine {
            Engine::Sqlite => &SQLITE,
            Engine::Postgres => &POSTGRES,
        }
    }

    /// Which database this is.
    #[must_use]
    pub fn engine(&self) -> Engine {
        self.engine
    }

    /// A connection for reading.
    pub async fn read(&self) -> Result<ReadConn, StoreError> {
        self.pool.acquire().await.map_err(StoreError::of("taking a connection"))
    }

    /// A write transaction. On SQLite it takes the write lock at once: a transaction that reads first and writes later
    /// would otherwise fail with "busy" and no waiting could help it.
    pub async fn write(&self) -> Result<WriteTx, StoreError> {
        let permit = Arc::clone(&self.writer).acquire_owned().await.expect("the semaphore is never closed");
        let tx = match self.engine {
            Engine::Sqlite => self.pool.begin_with("BEGIN IMMEDIATE").await,
            Engine::Postgres => self.pool.begin().await,
        }
        .map_err(StoreError::of("beginning a transaction"))?;
        Ok(WriteTx { tx, _permit: permit })
    }

    /// After a deletion that must be one: lets go of copies the engine keeps for itself (SQLite's write-ahead log, dead rows
    /// in PostgreSQL), as far as readers at work allow.
    pub async fn forget_deleted(&self) -> Result<(), StoreError> {
        let text = match self.engine {
            Engine::Sqlite => "PRAGMA wal_checkpoint(TRUNCATE)",
            Engine::Postgres => "VACUUM data_keys, persons, face_pictures, face_templates, bundles, node_galleries",
        };
        let mut conn = self.read().await?;
        sqlx::raw_sql(text).execute(&mut *conn).await.map_err(StoreError::of("letting go of what was deleted"))?;
        Ok(())
    }

    /// Waits for work to end and closes every connection.
    pub async fn close(&self) {
        self.pool.close().await;
    }
}

/// A 32-byte hash out of a column.
pub(crate) fn hash(bytes: &[u8], column: &'static str) -> Result<Sha256, StoreError> {
    bytes.try_into().map(Sha256).map_err(|_| StoreError::Unreadable(column))
}

/// An id out of a column.
pub(crate) fn id(bytes: &[u8], column: &'static str) -> Result<Uuid, StoreError> {
    Uuid::from_slice(bytes).map_err(|_| StoreError::Unreadable(column))
}

/// Counts and sequence numbers as the databases hold them.
pub(crate) fn signed(n: u64) -> i64 {
    i64::try_from(n).unwrap_or(i64::MAX)
}

/// And back.
pub(crate) fn unsigned(n: i64) -> u64 {
    u64::try_from(n).unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::testing::each_engine;
    use sqlx::Row as _;

    #[tokio::test]
    async fn every_kind_of_value_survives_both_engines() {
        each_engine(|db| async move {
            let mut tx = db.write().await.unwrap();
            sqlx::query("INSERT INTO controllers (controller, title, created_at) VALUES ($1, $2, $3)")
                .bind("police")
                .bind("Công an tỉnh Lạng Sơn")
                .bind(1_i64)
                .execute(&mut *tx)
                .await
                .unwrap();
            sqlx::query(
                "INSERT INTO nodes (site, node, controller, created_at, revoked_at, birth) VALUES ($1, $2, $3, $4, $5, $6)",
            )
            .bind("square")
            .bind("node-1")
            .bind("police")
            .bind(2_i64)
            .bind(None::<i64>)
            .bind(None::<String>)
            .execute(&mut *tx)
            .await
            .unwrap();
            tx.commit().await.unwrap();
            let mut conn = db.read().await.unwrap();
            let row = sqlx::query("SELECT created_at, revoked_at, online, birth FROM nodes WHERE site = $1")
                .bind("square")
                .fetch_one(&mut *conn)
                .await
                .unwrap();
            assert_eq!(row.get::<i64, _>("created_at"), 2);
            assert_eq!(row.get::<Option<i64>, _>("revoked_at"), None);
            assert_eq!(row.get::<i64, _>("online"), 0);
            assert_eq!(row.get::<Option<String>, _>("birth"), None);
        })
        .await;
    }

    #[tokio::test]
    async fn an_empty_store_another_version_and_a_half_made_one_are_told_apart() {
        each_engine(|db| async move {
            db.check_version().await.unwrap();
            let version = async || db.check_version().await.unwrap_err();
            super::fixtures::sql(&db, "UPDATE _sqlx_migrations SET success = FALSE WHERE version = 1").await;
            assert!(matches!(version().await, super::StoreError::HalfMigrated));
            super::fixtures::sql(&db, "DELETE FROM _sqlx_migrations WHERE version > 2").await;
            super::fixtures::sql(&db, "UPDATE _sqlx_migrations SET success = TRUE").await;
            assert!(matches!(version().await, super::StoreError::OtherVersion { stored: 2, .. }));
            super::fixtures::sql(&db, "DROP TABLE _sqlx_migrations").await;
            assert!(matches!(version().await, super::StoreError::OtherVersion { stored: 0, .. }));
        })
        .await;
    }

    #[tokio::test]
    async fn a_dropped_transaction_leaves_nothing_and_frees_the_writer() {
        each_engine(|db| async move {
            for _ in 0..3 {
                let mut tx = db.write().await.unwrap();
                sqlx::query("INSERT INTO controllers (controller, title, created_at) VALUES ($1, $2, $3)")
                    .bind("police")
                    .bind("x")
                    .bind(1_i64)
                    .execute(&mut *tx)
                    .await
                    .unwrap();
            }
            let mut conn = db.read().await.unwrap();
            let rows: i64 = sqlx::query_scalar("SELECT COUNT(*) FROM controllers").fetch_one(&mut *conn).await.unwrap();
            assert_eq!(rows, 0);
        })
        .await;
    }
}
