//! The columns a database really has, for the test that compares them with the data-class registry.

use std::collections::BTreeSet;

use super::{Db, Engine};

/// Every (table, column), but for the migrator's own table.
pub(crate) async fn columns(db: &Db) -> BTreeSet<(String, String)> {
    let text = match db.engine() {
        Engine::Sqlite => {
            "SELECT m.name AS t, p.name AS c FROM sqlite_master m JOIN pragma_table_info(m.name) p WHERE m.type = 'table'"
        }
        Engine::Postgres => {
            "SELECT CAST(table_name AS TEXT) AS t, CAST(column_name AS TEXT) AS c FROM information_schema.columns \
             WHERE table_schema = 'public'"
        }
    };
    let mut conn = db.read().await.expect("a test database is read");
    sqlx::query_as::<_, (String, String)>(text)
        .fetch_all(&mut *conn)
        .await
        .expect("a database knows its columns")
        .into_iter()
        .filter(|(table, _)| table != "_sqlx_migrations" && !table.starts_with("sqlite_"))
        .collect()
}
