//! Opening the file: the lock, the pragmas, the tables, and what happens to a damaged predecessor.

use std::fs::{File, OpenOptions, Permissions};
use std::io;
use std::os::unix::fs::{OpenOptionsExt as _, PermissionsExt as _};
use std::path::{Path, PathBuf};

use contract::clock::UtcMicros;
use contract::ids::LogId;
use sqlx::sqlite::{
    SqliteAutoVacuum, SqliteConnectOptions, SqliteConnection, SqliteJournalMode, SqlitePool, SqlitePoolOptions,
    SqliteSynchronous,
};
use sqlx::{Connection as _, Row as _};
use uuid::Uuid;

use super::{OutboxError, OutboxOptions, database};
use crate::events::Minter;
use crate::evidence::{PRIVATE_FILE, private_folder};

/// `CHLG`: tells an outbox from any other SQLite file.
const APPLICATION_ID: i64 = 0x4348_4c47;
/// Version of the tables.
const TABLES_VERSION: i64 = 1;

const TABLES: &str = "
CREATE TABLE log (
    one INTEGER PRIMARY KEY CHECK (one = 1),
    log_id BLOB NOT NULL,
    node TEXT NOT NULL,
    created_at INTEGER NOT NULL
);
-- Everything that was ever said; nothing here is changed or deleted while the file lives.
CREATE TABLE ledger (
    seq INTEGER PRIMARY KEY,
    event_id BLOB NOT NULL,
    passage_id BLOB NOT NULL,
    kind TEXT NOT NULL,
    state TEXT NOT NULL
);
-- What the centre has not acknowledged.
CREATE TABLE outbox (
    seq INTEGER PRIMARY KEY,
    topic TEXT NOT NULL,
    bytes BLOB NOT NULL,
    signature TEXT NOT NULL,
    made_at INTEGER NOT NULL
);
-- Passages without a final, with the last thing said of them.
CREATE TABLE open_passage (
    passage_id BLOB PRIMARY KEY,
    revision INTEGER NOT NULL,
    draft TEXT NOT NULL
) WITHOUT ROWID;
-- Events the centre keeps apart.
CREATE TABLE quarantined (seq INTEGER PRIMARY KEY, reason TEXT NOT NULL);
-- Pictures: state is at_edge, wanted, uploading, stored or lost.
CREATE TABLE evidence (
    sha256 BLOB PRIMARY KEY,
    role TEXT NOT NULL,
    bytes INTEGER NOT NULL,
    seq INTEGER NOT NULL,
    state TEXT NOT NULL,
    attempts INTEGER NOT NULL DEFAULT 0,
    next_try_at INTEGER NOT NULL DEFAULT 0,
    stored_at INTEGER,
    reason TEXT
) WITHOUT ROWID;
CREATE INDEX evidence_by_state ON evidence (state, next_try_at);
";

/// An open file.
pub(super) struct Opened {
    pub(super) connection: SqliteConnection,
    pub(super) reader: SqlitePool,
    pub(super) log_id: LogId,
    pub(super) last_seq: u64,
    /// Events not acknowledged.
    pub(super) waiting: u64,
    pub(super) set_aside: Option<PathBuf>,
    /// Held while the outbox lives.
    pub(super) lock: File,
}

/// What opening an existing file found.
enum Found {
    Usable(SqliteConnection, Ledger),
    Torn,
}

/// Where a file's ledger stands.
#[derive(Clone, Copy)]
struct Ledger {
    log_id: LogId,
    last_seq: u64,
    waiting: u64,
}

pub(super) async fn open(options: &OutboxOptions, minter: &Minter, now: UtcMicros) -> Result<Opened, OutboxError> {
    keep_private(&options.path)?;
    let lock = lock(&options.path)?;
    let mut set_aside = None;
    let (connection, ledger) = match open_file(options, minter, now).await? {
        Found::Usable(connection, ledger) => (connection, ledger),
        Found::Torn => {
            set_aside = Some(put_aside(&options.path, now)?);
            keep_private(&options.path)?;
            match open_file(options, minter, now).await? {
                Found::Usable(connection, ledger) => (connection, ledger),
                Found::Torn => {
                    return Err(OutboxError::Foreign {
                        path: options.path.clone(),
                        reason: "a new file is damaged at once: the disk does not keep what is written".to_owned(),
                    });
                }
            }
        }
    };
    let reader = SqlitePoolOptions::new()
        .max_connections(2)
        .connect_with(connect_options(&options.path).read_only(true).create_if_missing(false))
        .await
        .map_err(database("opening it for reading"))?;
    let Ledger { log_id, last_seq, waiting } = ledger;
    Ok(Opened { connection, reader, log_id, last_seq, waiting, set_aside, lock })
}

/// Options for any connection to the file.
pub(super) fn connect_options(path: &Path) -> SqliteConnectOptions {
    SqliteConnectOptions::new()
        .filename(path)
        .busy_timeout(std::time::Duration::from_secs(10))
        .synchronous(SqliteSynchronous::Full)
}

/// The file holds plates and places: it is the owner's alone, and SQLite gives its log and the log's index the same
/// rights. So is the folder it lies in, which is the node's own.
fn keep_private(path: &Path) -> Result<(), OutboxError> {
    let failed = |source| OutboxError::Io { doing: "keeping others out", source };
    if let Some(folder) = path.parent().filter(|folder| !folder.as_os_str().is_empty()) {
        private_folder(folder).map_err(failed)?;
    }
    let mut made = OpenOptions::new();
    made.write(true).create(true).truncate(false).mode(PRIVATE_FILE);
    let file = made.open(path).map_err(failed)?;
    file.set_permissions(Permissions::from_mode(PRIVATE_FILE)).map_err(failed)
}

fn lock(path: &Path) -> Result<File, OutboxError> {
    let lock_path = with_suffix(path, ".lock");
    let file = OpenOptions::new()
        .write(true)
        .create(true)
        .truncate(false)
        .mode(PRIVATE_FILE)
        .open(lock_path)
        .map_err(|source| OutboxError::Io { doing: "making the lock file", source })?;
    match rustix::fs::flock(&file, rustix::fs::FlockOperation::NonBlockingLockExclusive) {
        Ok(()) => Ok(file),
        Err(rustix::io::Errno::WOULDBLOCK) => Err(OutboxError::InUse(path.to_owned())),
        Err(errno) => Err(OutboxError::Io { doing: "taking the lock", source: errno.into() }),
    }
}

async fn open_file(options: &OutboxOptions, minter: &Minter, now: UtcMicros) -> Result<Found, OutboxError> {
    let mut connect = connect_options(&options.path)
        .create_if_missing(true)
        .journal_mode(SqliteJournalMode::Wal)
        .pragma("journal_size_limit", "16777216");
    // A new file gives room back (`Writer::give_room_back`); of an old one the pragma would only rewrite the header.
    if std::fs::metadata(&options.path).is_ok_and(|file| file.len() == 0) {
        connect = connect.auto_vacuum(SqliteAutoVacuum::Incremental);
    }
    if let Some(pages) = options.max_page_count {
        connect = connect.pragma("max_page_count", pages.to_string());
    }
    let mut connection = match SqliteConnection::connect_with(&connect).await {
        Ok(connection) => connection,
        Err(error) if is_torn(&error) => return Ok(Found::Torn),
        Err(error) => return Err(database("opening the file")(error)),
    };
    match look(&mut connection, options, minter, now).await {
        Ok(Some(ledger)) => Ok(Found::Usable(connection, ledger)),
        Ok(None) => {
            let _ = connection.close().await;
            Ok(Found::Torn)
        }
        Err(OutboxError::Database { source, .. }) if is_torn(&source) => {
            let _ = connection.close().await;
            Ok(Found::Torn)
        }
        Err(error) => {
            let _ = connection.close().await;
            Err(error)
        }
    }
}

/// Id and end of the ledger; `None` when the content is damaged.
async fn look(
    connection: &mut SqliteConnection,
    options: &OutboxOptions,
    minter: &Minter,
    now: UtcMicros,
) -> Result<Option<Ledger>, OutboxError> {
    let reading = || database("reading the file's header");
    let application: i64 =
        sqlx::query_scalar("PRAGMA application_id").fetch_one(&mut *connection).await.map_err(reading())?;
    let version: i64 = sqlx::query_scalar("PRAGMA user_version").fetch_one(&mut *connection).await.map_err(reading())?;
    let tables: i64 =
        sqlx::query_scalar("SELECT COUNT(*) FROM sqlite_master").fetch_one(&mut *connection).await.map_err(reading())?;
    if application == 0 && version == 0 && tables == 0 {
        let log_id = create(connection, options, minter, now).await?;
        return Ok(Some(Ledger { log_id, last_seq: 0, waiting: 0 }));
    }
    let foreign = |reason: String| OutboxError::Foreign { path: options.path.clone(), reason };
    if application != APPLICATION_ID {
        return Err(foreign("it is a database of another program".to_owned()));
    }
    if version != TABLES_VERSION {
        return Err(foreign(format!("its tables have version {version}, this program knows {TABLES_VERSION}")));
    }
    let verdict: String = sqlx::query_scalar("PRAGMA quick_check(1)")
        .fetch_one(&mut *connection)
        .await
        .map_err(database("checking its pages"))?;
    if verdict != "ok" {
        return Ok(None);
    }
    let log = sqlx::query("SELECT log_id, node FROM log WHERE one = 1")
        .fetch_optional(&mut *connection)
        .await
        .map_err(database("reading whose it is"))?;
    let Some(log) = log else { return Ok(None) };
    let owner: String = log.get("node");
    if owner != options.node.to_string() {
        return Err(OutboxError::OtherNode { path: options.path.clone(), owner });
    }
    let Ok(log_id) = Uuid::from_slice(log.get::<&[u8], _>("log_id")) else { return Ok(None) };
    let ledger = sqlx::query(
        "SELECT COUNT(*) AS events, COALESCE(MAX(seq), 0) AS last, (SELECT COUNT(*) FROM outbox) AS waiting FROM ledger",
    )
    .fetch_one(&mut *connection)
    .await
    .map_err(database("reading the end of the ledger"))?;
    let (events, last): (i64, i64) = (ledger.get("events"), ledger.get("last"));
    // A ledger with holes is not the one this program wrote: going on in it would hide what is gone.
    if events != last {
        return Ok(None);
    }
    let unsigned = |n: i64| u64::try_from(n).unwrap_or(0);
    Ok(Some(Ledger { log_id: LogId(log_id), last_seq: unsigned(last), waiting: unsigned(ledger.get("waiting")) }))
}

async fn create(
    connection: &mut SqliteConnection,
    options: &OutboxOptions,
    minter: &Minter,
    now: UtcMicros,
) -> Result<LogId, OutboxError> {
    let log_id = minter.new_log_id(now);
    let creating = || database("making its tables");
    let mut transaction = connection.begin().await.map_err(creating())?;
    sqlx::raw_sql(TABLES).execute(&mut *transaction).await.map_err(creating())?;
    sqlx::query("INSERT INTO log (one, log_id, node, created_at) VALUES (1, $1, $2, $3)")
        .bind(log_id.0.as_bytes().as_slice())
        .bind(options.node.to_string())
        .bind(now.0)
        .execute(&mut *transaction)
        .await
        .map_err(creating())?;
    let stamps = sqlx::AssertSqlSafe(format!(
        "PRAGMA application_id = {APPLICATION_ID}; PRAGMA user_version = {TABLES_VERSION}"
    ));
    sqlx::raw_sql(stamps).execute(&mut *transaction).await.map_err(creating())?;
    transaction.commit().await.map_err(creating())?;
    Ok(log_id)
}

/// SQLite's words for a file that is not, or no longer, a database.
fn is_torn(error: &sqlx::Error) -> bool {
    extended_code(error).is_some_and(|code| matches!(code & 0xff, 11 | 26))
}

/// SQLite's extended result code; its low byte is the primary one.
pub(super) fn extended_code(error: &sqlx::Error) -> Option<u32> {
    error.as_database_error()?.code()?.parse().ok()
}

fn put_aside(path: &Path, now: UtcMicros) -> Result<PathBuf, OutboxError> {
    let moving = |source: io::Error| OutboxError::Io { doing: "setting a damaged file aside", source };
    let torn = with_suffix(path, &format!(".torn-{}", now.0));
    std::fs::rename(path, &torn).map_err(moving)?;
    for suffix in ["-wal", "-shm"] {
        match std::fs::rename(with_suffix(path, suffix), with_suffix(&torn, suffix)) {
            Err(e) if e.kind() != io::ErrorKind::NotFound => return Err(moving(e)),
            _ => {}
        }
    }
    Ok(torn)
}

fn with_suffix(path: &Path, suffix: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(suffix);
    PathBuf::from(name)
}
