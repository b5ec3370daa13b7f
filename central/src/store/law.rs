//! Rules and checklists as dated rows. The committed files are written into the store when its tables are brought up to date;
//! a row an office entered itself is never overwritten.

use contract::clock::UtcMicros;
use sqlx::AnyConnection;
use sqlx::any::AnyRow;

use super::{Db, StoreError, columns, rows};
use crate::cases::{ANY, Item, Rule, committed_items, committed_rules};

/// Writes what the committed files say.
pub(super) async fn load_committed(db: &Db) -> Result<(), StoreError> {
    let rules = committed_rules().expect("a test reads the committed rules");
    let items = committed_items().expect("a test reads the committed checklist");
    let mut tx = db.write().await?;
    rows::insert(
        &mut tx,
        (
            "INSERT INTO legal_rules (code, valid_from, valid_to, vehicle, behaviour_vi, behaviour_en, legal_ref, statute_vi, \
             fine_min, fine_max, points, note_vi, origin)",
            13,
            " ON CONFLICT (code, valid_from) DO UPDATE SET valid_to = excluded.valid_to, vehicle = excluded.vehicle, \
             behaviour_vi = excluded.behaviour_vi, behaviour_en = excluded.behaviour_en, legal_ref = excluded.legal_ref, \
             statute_vi = excluded.statute_vi, fine_min = excluded.fine_min, fine_max = excluded.fine_max, \
             points = excluded.points, note_vi = excluded.note_vi WHERE legal_rules.origin = 'committed'",
        ),
        &rules,
        |query, r| {
            query
                .bind(r.code.clone())
                .bind(r.valid_from.0)
                .bind(r.valid_to.map(|t| t.0))
                .bind(r.vehicle.clone())
                .bind(r.behaviour_vi.clone())
                .bind(r.behaviour_en.clone())
                .bind(r.legal_ref.clone())
                .bind(r.statute_vi.clone())
                .bind(r.fine_min)
                .bind(r.fine_max)
                .bind(r.points)
                .bind(r.note_vi.clone())
                .bind("committed")
        },
        "writing the committed rules",
    )
    .await?;
    rows::insert(
        &mut tx,
        (
            "INSERT INTO exemption_items (item, code, valid_from, valid_to, place, text_vi, text_en, source, origin)",
            9,
            " ON CONFLICT (item, code, valid_from) DO UPDATE SET valid_to = excluded.valid_to, place = excluded.place, \
             text_vi = excluded.text_vi, text_en = excluded.text_en, source = excluded.source \
             WHERE exemption_items.origin = 'committed'",
        ),
        &items,
        |query, i| {
            query
                .bind(i.item.clone())
                .bind(i.code.clone())
                .bind(i.valid_from.0)
                .bind(i.valid_to.map(|t| t.0))
                .bind(i.place)
                .bind(i.text_vi.clone())
                .bind(i.text_en.clone())
                .bind(i.source.clone())
                .bind("committed")
        },
        "writing the committed checklist",
    )
    .await?;
    tx.commit().await
}

/// The rule of a behaviour that was in force at `at`.
pub async fn rule(conn: &mut AnyConnection, code: &str, at: UtcMicros) -> Result<Option<Rule>, StoreError> {
    sqlx::query(
        "SELECT code, valid_from, valid_to, vehicle, behaviour_vi, behaviour_en, legal_ref, statute_vi, fine_min, fine_max, \
         points, note_vi FROM legal_rules WHERE code = $1 AND valid_from <= $2 AND (valid_to IS NULL OR valid_to > $2) \
         ORDER BY valid_from DESC LIMIT 1",
    )
    .bind(code.to_owned())
    .bind(at.0)
    .fetch_optional(conn)
    .await
    .map_err(StoreError::of("reading a rule"))?
    .as_ref()
    .map(read_rule)
    .transpose()
}

fn read_rule(row: &AnyRow) -> Result<Rule, StoreError> {
    Ok(Rule {
        code: columns::value(row, "code")?,
        valid_from: UtcMicros(columns::value(row, "valid_from")?),
        valid_to: columns::value::<Option<i64>>(row, "valid_to")?.map(UtcMicros),
        vehicle: columns::value(row, "vehicle")?,
        behaviour_vi: columns::value(row, "behaviour_vi")?,
        behaviour_en: columns::value(row, "behaviour_en")?,
        legal_ref: columns::value(row, "legal_ref")?,
        statute_vi: columns::value(row, "statute_vi")?,
        fine_min: columns::value(row, "fine_min")?,
        fine_max: columns::value(row, "fine_max")?,
        points: columns::value(row, "points")?,
        note_vi: columns::value(row, "note_vi")?,
    })
}

/// What was to be asked of a behaviour at `at`, in its order.
pub async fn items(conn: &mut AnyConnection, code: &str, at: UtcMicros) -> Result<Vec<Item>, StoreError> {
    sqlx::query(
        "SELECT item, code, valid_from, valid_to, place, text_vi, text_en, source FROM exemption_items \
         WHERE (code = $1 OR code = $2) AND valid_from <= $3 AND (valid_to IS NULL OR valid_to > $3) ORDER BY place, item",
    )
    .bind(code.to_owned())
    .bind(ANY)
    .bind(at.0)
    .fetch_all(conn)
    .await
    .map_err(StoreError::of("reading a checklist"))?
    .iter()
    .map(|row| {
        Ok(Item {
            item: columns::value(row, "item")?,
            code: columns::value(row, "code")?,
            valid_from: UtcMicros(columns::value(row, "valid_from")?),
            valid_to: columns::value::<Option<i64>>(row, "valid_to")?.map(UtcMicros),
            place: columns::value(row, "place")?,
            text_vi: columns::value(row, "text_vi")?,
            text_en: columns::value(row, "text_en")?,
            source: columns::value(row, "source")?,
        })
    })
    .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::fixtures;
    use crate::store::testing::each_engine;

    #[tokio::test]
    async fn the_rule_of_the_day_is_read_and_an_offices_own_row_outlives_the_next_start() {
        each_engine(|db| async move {
            let at = |text: &str| UtcMicros::from_rfc3339(text).unwrap();
            let (before, after) = (at("2026-08-14T16:59:59Z"), at("2026-08-14T17:00:00Z"));
            let mut conn = db.read().await.unwrap();
            let of = async |conn: &mut AnyConnection, code: &str, at| rule(conn, code, at).await.unwrap();
            assert_eq!(of(&mut conn, "C-FORBID", before).await.unwrap().legal_ref, "168/2024 Đ6 k5 i");
            assert_eq!(of(&mut conn, "C-FORBID", after).await.unwrap().legal_ref, "168/2024 Đ6 k5 i (+238/2026 Đ19.3)");
            assert_eq!(of(&mut conn, "C-FORBID", at("2024-12-31T16:59:59Z")).await, None);
            assert_eq!(of(&mut conn, "C-NOTHING", after).await, None);
            let names: Vec<String> =
                items(&mut conn, "C-WRONGWAY", after).await.unwrap().into_iter().map(|i| i.item).collect();
            assert_eq!(names, ["plate", "priority", "directive", "arrangement"]);
            drop(conn);
            fixtures::sql(&db, "UPDATE legal_rules SET origin = 'office', statute_vi = 'x' WHERE code = 'C-RED'").await;
            fixtures::sql(&db, "UPDATE legal_rules SET statute_vi = 'x' WHERE code = 'M-RED'").await;
            load_committed(&db).await.unwrap();
            let mut conn = db.read().await.unwrap();
            assert_eq!(of(&mut conn, "C-RED", after).await.unwrap().statute_vi, "x");
            assert_eq!(of(&mut conn, "M-RED", after).await.unwrap().statute_vi, "");
        })
        .await;
    }
}
