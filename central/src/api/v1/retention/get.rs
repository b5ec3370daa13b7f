//! `GET /api/v1/retention`: the times in force by data class, what the next run removes of this controller, and what was removed.
//! Numbers and days, no content. The times stand in the program's registry of data classes (`privacy/registry.rs`); some of them a
//! body moves within bounds (`set.rs`), and for these it says what holds, since when and by whose word.

use std::collections::BTreeMap;
use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use serde::Serialize;
use utoipa::ToSchema;

use super::set::SettingView;
use crate::api::text::{Moment, stored_json};
use crate::api::{ApiError, People};
use crate::audit::{self, Entry};
use crate::auth::Authz;
use crate::privacy::{DataClass, InForce, Limits, REGISTRY, REJECTED_CONTENT_DAYS, REJECTED_RECORD_DAYS, Retention};
use crate::store::audit as records;
use crate::store::retention_next::{self, NextLimits};
use crate::store::retention_settings;

/// Removals shown, newest first.
const SHOWN: i64 = 100;

/// Retention.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct RetentionView {
    /// The registry's own times.
    pub classes: Vec<KeptView>,
    /// By class: what holds at this body, within which bounds, by whose word.
    pub settings: Vec<SettingView>,
    /// A rejected case keeps its content this many days.
    pub rejected_content_days: u32,
    /// And its bare record this many.
    pub rejected_record_days: u32,
    /// What the next run, within the hour, removes of this controller.
    pub next: Vec<NextView>,
    /// What was removed: of this controller, and of what belongs to none; newest first.
    pub removed: Vec<RemovedView>,
}

/// Stored columns of one class that are kept equally long.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct KeptView {
    /// `technical`, `count`, `plate`, `picture`, `suspicion`, `account`, `secret`, `audit`, `identity`, `access`, `biometric`.
    pub class: String,
    /// `after_use`, `days`, `case_rule`, `enrolled`, `unlimited`.
    pub rule: String,
    /// How many days, where the rule has any.
    pub days: Option<u32>,
    /// The tables.
    pub tables: Vec<String>,
    /// The database itself refuses every removal before this time.
    pub guarded: bool,
}

/// What goes next.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct NextView {
    /// As in the deletion log: `events`, `evidence`, …
    pub what: String,
    /// How many.
    pub rows: i64,
    /// The oldest of them.
    pub oldest: Option<Moment>,
}

/// A run that removed something.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct RemovedView {
    /// When.
    pub at: Moment,
    /// It belonged to no controller: sessions, tokens, accounts.
    pub shared: bool,
    /// How many of what, as the audit log has it.
    pub what: String,
}

/// Retention.
#[utoipa::path(get, path = "/api/v1/retention", tag = "retention",
    params(("controller" = Option<String>, Query, description = "Needed with roles at several")),
    responses((status = 200, description = "Times, what goes next, what went", body = RetentionView)))]
pub(crate) async fn get_retention(
    authz: Authz,
    State(people): State<Arc<People>>,
) -> Result<Json<RetentionView>, ApiError> {
    let controller = authz.controller();
    let mut tx = people.write().await?;
    audit::append(&mut tx, controller, people.now(), Entry::by(&authz, "retention.read")).await?;
    tx.commit().await?;
    let now = people.now();
    let set = retention_settings::of_controller(&mut *people.db().read().await?, controller.as_str()).await?;
    let limits = Limits::of(&InForce::of(&set, now), now);
    let of = NextLimits {
        passages: limits.passages,
        pictures: limits.pictures,
        cases: (limits.case_content, limits.case_record),
        arrivals: limits.access,
        consents: limits.shared.consents,
        lists: (limits.alerts, limits.lists),
        now,
    };
    let mut conn = people.db().read().await?;
    let waiting = retention_next::waiting(&mut conn, controller.as_str(), &of).await?;
    let mut next: Vec<NextView> = waiting
        .into_iter()
        .map(|waiting| NextView {
            what: waiting.what.to_owned(),
            rows: waiting.rows,
            oldest: waiting.oldest.map(Moment::of),
        })
        .collect();
    let day = audit::day_of(limits.audit);
    let (rows, first) = retention_next::audit_days_waiting(&mut conn, controller.as_str(), &day).await?;
    if rows > 0 {
        let oldest = first.and_then(|day| crate::api::text::moment(&format!("{day}T00:00:00+07:00")).ok());
        next.push(NextView { what: "audit".to_owned(), rows, oldest: oldest.map(Into::into) });
    }
    let mut removed = Vec::new();
    for (chain, shared) in [(controller.clone(), false), (audit::centre_itself(), true)] {
        for row in records::of_action(&mut conn, chain.as_str(), "retention.apply", SHOWN).await? {
            let what = stored_json(&row.record)["detail"].as_str().unwrap_or_default().to_owned();
            removed.push((row.at, RemovedView { at: Moment::of(row.at), shared, what }));
        }
    }
    removed.sort_by_key(|(at, _)| std::cmp::Reverse(*at));
    removed.truncate(usize::try_from(SHOWN).unwrap_or(usize::MAX));
    Ok(Json(RetentionView {
        classes: classes(),
        settings: DataClass::ALL.into_iter().map(|class| SettingView::of(class, &set, now)).collect(),
        rejected_content_days: REJECTED_CONTENT_DAYS,
        rejected_record_days: REJECTED_RECORD_DAYS,
        next,
        removed: removed.into_iter().map(|(_, view)| view).collect(),
    }))
}

/// The registry by class and time: tables that are kept equally long stand together.
fn classes() -> Vec<KeptView> {
    let mut all: BTreeMap<(&'static str, &'static str, Option<u32>), Vec<String>> = BTreeMap::new();
    for group in REGISTRY {
        let (rule, days) = match group.retention {
            Retention::AfterUse(days) => ("after_use", Some(days)),
            Retention::Days(days) => ("days", Some(days)),
            Retention::CaseRule => ("case_rule", None),
            Retention::Enrolled => ("enrolled", None),
            Retention::Unlimited => ("unlimited", None),
        };
        let tables = all.entry((group.class.as_str(), rule, days)).or_default();
        if !tables.iter().any(|table| table == group.table) {
            tables.push(group.table.to_owned());
        }
    }
    all.into_iter()
        .map(|((class, rule, days), tables)| KeptView {
            // The two the databases' triggers hold (migration 0003).
            guarded: tables.iter().any(|table| table == "audit" || table == "decisions"),
            class: class.to_owned(),
            rule: rule.to_owned(),
            days,
            tables,
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use contract::clock::DAY_US;
    use serde_json::json;
    use uuid::Uuid;

    use crate::api::testing::Bench;
    use crate::auth::Role;
    use crate::privacy::REGISTRY;
    use crate::store::fixtures;
    use crate::store::testing::each_engine;

    #[test]
    fn every_stored_table_stands_in_a_class() {
        let classes = super::classes();
        for group in REGISTRY {
            assert!(classes.iter().any(|c| c.tables.iter().any(|t| t == group.table)), "{}", group.table);
        }
        let audit = classes.iter().find(|c| c.class == "audit").unwrap();
        assert_eq!((audit.days, audit.guarded), (Some(730), true));
    }

    #[tokio::test]
    async fn what_goes_next_is_counted_for_this_body_alone() {
        each_engine(|db| async move {
            let bench = Bench::new(db).await;
            let old = bench.now().0 - 40 * DAY_US;
            // Their year is over: they end as time-barred.
            for (number, body) in [(1, "police"), (2, "police"), (3, "tourism")] {
                let (case, suspicion) = (Uuid::from_u128(number), Uuid::from_u128(number + 10));
                let at = old - i64::try_from(number).unwrap();
                fixtures::case(&bench.db, case, suspicion, body, &format!("2026-{number:06}"), at).await;
            }
            let auditor = bench.person("kiem-toan", Role::Auditor).await;
            let seen = auditor.get("/api/v1/retention").await;
            assert_eq!(seen.verdict(), "200");
            let seen = seen.json();
            assert_eq!(seen["next"].as_array().unwrap().len(), 1, "{}", seen["next"]);
            assert_eq!((&seen["next"][0]["what"], &seen["next"][0]["rows"]), (&json!("cases_time_barred"), &json!(2)));
            assert_eq!(seen["next"][0]["oldest"]["utc"], json!(contract::clock::UtcMicros(old - 2).to_rfc3339()));
            assert_eq!(seen["removed"], json!([]));
            assert_eq!(seen["rejected_content_days"], json!(30));
        })
        .await;
    }
}
