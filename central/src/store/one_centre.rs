//! One centre at a time on one database. Two of them would throw each other off the broker for ever, each would acknowledge what
//! the other stores, and a newer one would change the tables underneath an older one. PostgreSQL holds an advisory lock as
//! long as the connection that took it lives; a store in a file is guarded by a file beside it (`app/one_centre.rs`).

use std::time::Duration;

use sqlx::{AnyConnection, ConnectOptions as _, Connection as _};

use super::{Db, Engine, StoreError};

/// "Chi Lăng" in the space of advisory locks, which are the database's own.
const LOCK: i64 = 0x4368_694c_616e_6701;
/// How often the connection is looked at.
const LOOK: Duration = Duration::from_secs(5);

/// The right to serve from a database.
#[derive(Debug)]
pub struct ServeLock {
    db: Db,
    held: Option<AnyConnection>,
}

impl Db {
    /// Takes the right to serve from this database; `None` while another centre has it.
    pub async fn try_serve_lock(&self) -> Result<Option<ServeLock>, StoreError> {
        let held = match self.engine {
            Engine::Sqlite => None,
            Engine::Postgres => match take(self).await? {
                Some(conn) => Some(conn),
                None => return Ok(None),
            },
        };
        Ok(Some(ServeLock { db: self.clone(), held }))
    }
}

impl ServeLock {
    /// Keeps the right through restarts of the database, which forgets it. Ends only when another centre has taken it.
    pub async fn keep(mut self) {
        loop {
            tokio::time::sleep(LOOK).await;
            let Some(conn) = &mut self.held else {
                if self.db.engine == Engine::Sqlite {
                    continue;
                }
                match take(&self.db).await {
                    Ok(Some(conn)) => self.held = Some(conn),
                    Ok(None) => return,
                    Err(_) => {}
                }
                continue;
            };
            if conn.ping().await.is_err() {
                self.held = None;
            }
        }
    }
}

async fn take(db: &Db) -> Result<Option<AnyConnection>, StoreError> {
    let doing = "taking the right to serve from the store";
    let mut conn = db.pool.connect_options().connect().await.map_err(StoreError::of(doing))?;
    // A machine that vanished without a word must not hold it for two hours.
    for text in ["SET tcp_keepalives_idle = 20", "SET tcp_keepalives_interval = 10", "SET tcp_keepalives_count = 3"] {
        sqlx::query(text).execute(&mut conn).await.map_err(StoreError::of(doing))?;
    }
    let taken: i64 = sqlx::query_scalar("SELECT CAST(CASE WHEN pg_try_advisory_lock($1) THEN 1 ELSE 0 END AS BIGINT)")
        .bind(LOCK)
        .fetch_one(&mut conn)
        .await
        .map_err(StoreError::of(doing))?;
    Ok((taken == 1).then_some(conn))
}

#[cfg(test)]
mod tests {
    use crate::store::Engine;
    use crate::store::testing::each_engine;

    #[tokio::test]
    async fn of_two_centres_on_one_database_the_second_is_refused_until_the_first_is_gone() {
        each_engine(|db| async move {
            let first = db.try_serve_lock().await.unwrap().expect("nobody serves yet");
            if db.engine() == Engine::Sqlite {
                return;
            }
            assert!(db.try_serve_lock().await.unwrap().is_none());
            drop(first);
            let again = async {
                while db.try_serve_lock().await.unwrap().is_none() {
                    tokio::task::yield_now().await;
                }
            };
            tokio::time::timeout(std::time::Duration::from_secs(10), again).await.expect("it is free again");
        })
        .await;
    }
}
