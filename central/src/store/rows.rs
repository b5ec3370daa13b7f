//! Many rows in one statement. The number of rows a statement takes is a power of four, so that a handful of prepared
//! statements serves every size of batch; neither engine's limit of parameters is ever near.

use sqlx::AnyConnection;
use sqlx::any::AnyArguments;
use sqlx::query::Query;

use super::StoreError;

pub(super) type AnyQuery<'q> = Query<'q, sqlx::Any, AnyArguments>;

/// Binds a number that may be absent. sqlx 0.9.0 has the two kinds of absent float the wrong way round for PostgreSQL: an
/// absent f64 is declared as FLOAT4. The statement is prepared with that, kept, and refuses the next number that is there.
/// So an absent one is bound as f32, which is declared as FLOAT8. A test stores both, in both orders, on both engines.
pub(super) fn bind_number<'q>(query: AnyQuery<'q>, number: Option<f64>) -> AnyQuery<'q> {
    match number {
        Some(number) => query.bind(number),
        None => query.bind(None::<f32>),
    }
}

const SIZES: [usize; 4] = [64, 16, 4, 1];

/// Inserts `rows`: `head` ends before the values, `tail` follows them (`ON CONFLICT …`). Gives back the rows affected.
pub(super) async fn insert<T>(
    conn: &mut AnyConnection,
    (head, columns, tail): (&str, usize, &str),
    rows: &[T],
    bind: impl for<'q> Fn(AnyQuery<'q>, &'q T) -> AnyQuery<'q>,
    doing: &'static str,
) -> Result<u64, StoreError> {
    let mut affected = 0;
    let mut rest = rows;
    while !rest.is_empty() {
        let size = SIZES.into_iter().find(|s| *s <= rest.len()).unwrap_or(1);
        let (now, later) = rest.split_at(size);
        rest = later;
        // The text is made of constants and numbers only.
        let text = format!("{head} VALUES {}{tail}", placeholders(size, columns));
        let mut query = sqlx::query(sqlx::AssertSqlSafe(text));
        for row in now {
            query = bind(query, row);
        }
        affected += query.execute(&mut *conn).await.map_err(StoreError::of(doing))?.rows_affected();
    }
    Ok(affected)
}

fn placeholders(rows: usize, columns: usize) -> String {
    let row = |r: usize| {
        let numbers: Vec<String> = (1..=columns).map(|c| format!("${}", r * columns + c)).collect();
        format!("({})", numbers.join(", "))
    };
    (0..rows).map(row).collect::<Vec<_>>().join(", ")
}

#[test]
fn placeholders_are_numbered_through() {
    assert_eq!(placeholders(2, 3), "($1, $2, $3), ($4, $5, $6)");
}
