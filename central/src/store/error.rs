//! What can go wrong in the store, and whether trying again can help. Never carries values of a row.

/// A store operation failed.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// The database is away, locked, full or restarting: the same operation may succeed later.
    #[error("the store is out of reach while {doing}")]
    OutOfReach {
        /// What we were doing.
        doing: &'static str,
        /// Why.
        #[source]
        source: sqlx::Error,
    },
    /// The database refuses this operation; trying again will not help.
    #[error("the store refuses {doing}")]
    Refused {
        /// What we were doing.
        doing: &'static str,
        /// Why.
        #[source]
        source: sqlx::Error,
    },
    /// A value in the store is not of its shape.
    #[error("the store holds something unreadable in {0}")]
    Unreadable(&'static str),
    /// The address names no engine we know.
    #[error("the store's address must begin with sqlite: or postgres://")]
    UnknownEngine,
    /// The tables are those of another version of this program.
    #[error(
        "the store is at version {stored} and this program works with {ours}: bring it up to date with `central migrate` \
         (or start `central serve`) of the newer program, or use the program that belongs to the store"
    )]
    OtherVersion {
        /// The store's.
        stored: i64,
        /// The program's.
        ours: i64,
    },
    /// A change of the tables broke off.
    #[error(
        "a change of the store's tables broke off half way: restore the last backup, then run `central migrate` again"
    )]
    HalfMigrated,
    /// The tables could not be brought up to date.
    #[error("the store's tables could not be brought up to date")]
    Migrate {
        /// Why.
        #[source]
        source: sqlx::migrate::MigrateError,
    },
}

impl StoreError {
    /// For `map_err`: sorts an sqlx error into retry and give up.
    pub fn of(doing: &'static str) -> impl FnOnce(sqlx::Error) -> Self {
        move |source| {
            if may_pass(&source) { Self::OutOfReach { doing, source } } else { Self::Refused { doing, source } }
        }
    }

    /// May the same operation succeed later, with nothing changed on our side?
    #[must_use]
    pub fn worth_retrying(&self) -> bool {
        match self {
            Self::OutOfReach { .. } => true,
            Self::Refused { .. }
            | Self::Unreadable(_)
            | Self::UnknownEngine
            | Self::OtherVersion { .. }
            | Self::HalfMigrated => false,
            Self::Migrate { source } => {
                matches!(source, sqlx::migrate::MigrateError::Execute(e) if may_pass(e))
            }
        }
    }

    /// Is it the fault of what was to be written, and of nothing else? A table that is not there, a right that was taken
    /// away, a database that only reads are the store's faults: what was to be written is good and must not be let go.
    #[must_use]
    pub fn is_of_the_data(&self) -> bool {
        match self {
            Self::Refused { source: sqlx::Error::Encode(_), .. } => true,
            Self::Refused { source, .. } => source
                .as_database_error()
                .and_then(sqlx::error::DatabaseError::code)
                .is_some_and(|code| code_is_of_the_data(&code)),
            _ => false,
        }
    }

    /// Is it this sentence that one of our own triggers refused with?
    #[must_use]
    pub fn is_refusal(&self, sentence: &str) -> bool {
        match self {
            Self::Refused { source, .. } => {
                source.as_database_error().is_some_and(|error| error.message().contains(sentence))
            }
            _ => false,
        }
    }

    /// Was it a row that is there already?
    #[must_use]
    pub fn is_unique_violation(&self) -> bool {
        match self {
            Self::Refused { source, .. } => {
                source.as_database_error().is_some_and(sqlx::error::DatabaseError::is_unique_violation)
            }
            _ => false,
        }
    }
}

fn may_pass(error: &sqlx::Error) -> bool {
    match error {
        sqlx::Error::Io(_)
        | sqlx::Error::Tls(_)
        | sqlx::Error::PoolTimedOut
        | sqlx::Error::PoolClosed
        | sqlx::Error::WorkerCrashed
        // The connection's own trouble, whatever was to be written.
        | sqlx::Error::BeginFailed
        | sqlx::Error::InvalidSavePointStatement
        | sqlx::Error::Protocol(_) => true,
        sqlx::Error::Database(e) => e.code().is_some_and(|code| code_may_pass(&code)),
        _ => false,
    }
}

fn code_may_pass(code: &str) -> bool {
    // SQLSTATE has five characters. 08 connection, 40 serialisation and deadlock, 53 resources (disk, memory,
    // connections), 55P03 lock, 57 operator intervention (shutdown, crash, starting up), 58 system error.
    if code.len() == 5 && !code.starts_with("SQL") {
        return matches!(&code[..2], "08" | "40" | "53" | "57" | "58") || code == "55P03";
    }
    // SQLite's extended codes hold the primary code in the low byte: busy, locked, I/O, full, cannot open.
    code.parse::<u32>().is_ok_and(|n| matches!(n & 0xff, 5 | 6 | 10 | 13 | 14))
}

fn code_is_of_the_data(code: &str) -> bool {
    // 22 a value, 23 a constraint (our triggers refuse with 23001), 54 a limit of the program.
    if code.len() == 5 && !code.starts_with("SQL") {
        return matches!(&code[..2], "22" | "23" | "54");
    }
    // SQLite: too big, constraint (our triggers too), mismatch.
    code.parse::<u32>().is_ok_and(|n| matches!(n & 0xff, 18..=20))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn outages_are_told_from_refusals() {
        for code in ["57P01", "57P03", "53100", "40001", "08006", "5", "517", "13", "778"] {
            assert!(code_may_pass(code), "{code}");
        }
        for code in ["23505", "42703", "22021", "19", "2067", "1", "XX000"] {
            assert!(!code_may_pass(code), "{code}");
        }
    }

    #[test]
    fn faults_of_the_data_are_told_from_faults_of_the_store() {
        for code in ["22021", "23505", "23001", "54000", "18", "19", "2067", "1811", "20"] {
            assert!(code_is_of_the_data(code), "{code}");
        }
        // Another schema, a lost right, a database that only reads: nothing of that is an event's fault.
        for code in ["42P01", "42703", "42501", "25006", "1", "8", "26", "57P01", "5", "XX000"] {
            assert!(!code_is_of_the_data(code), "{code}");
        }
    }
}
