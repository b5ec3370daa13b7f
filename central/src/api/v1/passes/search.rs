//! `POST /api/v1/passes/search`: vehicles at one place within at most 24 hours. A search, so that a plate never stands in a
//! URL; on record before the answer leaves. Under a grant: the plate of the grant's case, at its places, in its week, for its two
//! officers; the record names the grant.

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use contract::clock::UtcMicros;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;

use super::PassView;
use crate::api::extract::Body;
use crate::api::text::moment;
use crate::api::v1::grants::grant_of;
use crate::api::{ApiError, People, cursor};
use crate::audit::{self, Entry};
use crate::auth::{AccountKind, Authz};
use crate::store::passes_read::{self, GrantedSearch, PassSearch};
use crate::store::plate_grants;
use crate::vehicles::{GrantFault, PassQuery, Sought};

/// What is looked for.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct PassSearchRequest {
    /// One place; with a grant one of its own, or left out.
    pub site: Option<String>,
    /// First moment, RFC 3339; with a grant within its window, or left out.
    pub from: Option<String>,
    /// Moment after the last, RFC 3339; at most 24 hours later. With a grant within its window, or left out.
    pub to: Option<String>,
    /// A grant: its case's plate is looked for at its places, in its window.
    pub grant_id: Option<Uuid>,
    /// A whole plate; not with a grant.
    pub key: Option<String>,
    /// The last five characters of a plate; not with a grant.
    pub last5: Option<String>,
    /// Rows of a page, 1..200; 50 if not given.
    pub limit: Option<i64>,
    /// `next` of the page before.
    pub cursor: Option<String>,
}

/// A page of passages, newest first.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct PassPage {
    /// The passages.
    pub items: Vec<PassView>,
    /// Cursor of the next page.
    pub next: Option<String>,
}

/// Look for vehicles.
#[utoipa::path(post, path = "/api/v1/passes/search", tag = "passes", request_body = PassSearchRequest,
    params(("controller" = Option<String>, Query, description = "Needed with roles at several")),
    responses((status = 200, description = "A page of passages", body = PassPage),
        (status = 400, description = "More than one place, more than 24 hours, a wildcard, outside of the grant", body = crate::api::error::ErrorEnvelope),
        (status = 403, description = "The grant is other officers'", body = crate::api::error::ErrorEnvelope),
        (status = 404, description = "No such grant", body = crate::api::error::ErrorEnvelope),
        (status = 409, description = "The grant is over", body = crate::api::error::ErrorEnvelope)))]
pub(crate) async fn search_passes(
    authz: Authz,
    State(people): State<Arc<People>>,
    Body(asked): Body<PassSearchRequest>,
) -> Result<Json<PassPage>, ApiError> {
    let after = asked.cursor.as_deref().map(cursor::decode).transpose()?;
    let limit = cursor::limit(asked.limit);
    if let Some(grant) = asked.grant_id {
        return under_grant(&people, &authz, grant, &asked, (after, limit)).await.map(Json);
    }
    let given = |text: &Option<String>, field: &str| {
        let told = format!("Nội dung gửi lên không đúng cấu trúc: thiếu trường (trường {field}).");
        text.clone().ok_or_else(|| ApiError::bad_request("bad_body", told))
    };
    let (site, from, to) = (given(&asked.site, "site")?, given(&asked.from, "from")?, given(&asked.to, "to")?);
    let query = PassQuery::read(&site, &from, &to, asked.key.as_deref(), asked.last5.as_deref())?;
    let (key, last5) = match &query.sought {
        Sought::Anything => ("", ""),
        Sought::Key(key) => (key.as_str(), ""),
        Sought::Last5(tail) => ("", tail.as_str()),
    };
    let within = &query.within;
    let mut tx = people.write().await?;
    let entry = Entry::by(&authz, "passes.search")
        .with_place(within.site.as_str(), within.from, within.to)
        .with_subject(query.subject());
    audit::append(&mut tx, authz.controller(), people.now(), entry).await?;
    let mut rows = passes_read::search(
        &mut tx,
        &PassSearch {
            controller: authz.controller().as_str(),
            site: within.site.as_str(),
            from: within.from.0,
            to: within.to.0,
            key,
            last5,
            after,
            limit: limit + 1,
        },
    )
    .await?;
    tx.commit().await?;
    let next = cursor::cut(&mut rows, limit, |row| (row.first_seen, row.passage_id));
    Ok(Json(PassPage { items: rows.iter().map(PassView::from).collect(), next }))
}

/// A search under a grant.
async fn under_grant(
    people: &People,
    authz: &Authz,
    id: Uuid,
    asked: &PassSearchRequest,
    (after, limit): (Option<(i64, Uuid)>, i64),
) -> Result<PassPage, ApiError> {
    if asked.key.is_some() || asked.last5.is_some() {
        return Err(GrantFault::HasItsPlate.into());
    }
    let (controller, now) = (authz.controller(), people.now());
    let mut tx = people.write().await?;
    let row = plate_grants::get(&mut tx, controller.as_str(), id).await?.ok_or_else(ApiError::not_found)?;
    // Its two officers, in person and still in that office: the table of roles lets a desk and a program search one day.
    let session = authz.session();
    let officer = authz.roles().iter().any(|role| role.may_decide_suspicions());
    if !officer || session.kind != AccountKind::Person || !session.interactive {
        return Err(GrantFault::NotYours.into());
    }
    grant_of(&row)?.gives(session.user_id, now)?;
    let key = row.plate_key.as_deref().ok_or(GrantFault::Over)?;
    let from = asked.from.as_deref().map(moment).transpose()?.unwrap_or(UtcMicros(row.from));
    let to = asked.to.as_deref().map(moment).transpose()?.unwrap_or(UtcMicros(row.to));
    let site = asked.site.as_deref().unwrap_or_default();
    let within = row.from <= from.0 && from < to && to.0 <= row.to;
    if !within || (asked.site.is_some() && !row.sites.iter().any(|known| known == site)) {
        return Err(GrantFault::Outside.into());
    }
    let places = if site.is_empty() { row.sites.join(" ") } else { site.to_owned() };
    let mut entry = Entry::by(authz, "passes.search_granted")
        .with_object(id)
        .with_subject(Some(key))
        .with_detail(format!("grant {id}, case {}, places {places}", row.case_number));
    entry.window = Some(audit::Window { from, to });
    audit::append(&mut tx, controller, now, entry).await?;
    let search = GrantedSearch {
        controller: controller.as_str(),
        grant: id,
        site,
        from: from.0,
        to: to.0,
        key,
        after,
        limit: limit + 1,
    };
    let mut rows = passes_read::search_granted(&mut tx, &search).await?;
    tx.commit().await?;
    let next = cursor::cut(&mut rows, limit, |row| (row.first_seen, row.passage_id));
    Ok(PassPage { items: rows.iter().map(PassView::from).collect(), next })
}

#[cfg(test)]
mod tests {
    use contract::clock::{HOUR_US, UtcMicros};
    use serde_json::{Value, json};
    use uuid::Uuid;

    use crate::api::testing::{Bench, NOW};
    use crate::audit;
    use crate::auth::{AccountKind, Role};
    use crate::store::testing::each_engine;
    use crate::store::{audit as audit_table, fixtures};

    fn question(more: Value) -> Value {
        let mut body = json!({ "site": "road-1", "from": "2026-11-23T00:00:00Z", "to": "2026-11-23T02:00:00Z" });
        for (name, value) in more.as_object().unwrap() {
            body[name] = value.clone();
        }
        body
    }

    async fn keys(client: &crate::api::testing::Client<'_>, more: Value) -> Vec<String> {
        let answer = client.post("/api/v1/passes/search", &question(more)).await;
        assert_eq!(answer.verdict(), "200", "{}", answer.json());
        answer.json()["items"]
            .as_array()
            .unwrap()
            .iter()
            .map(|p| p["plate"]["key"].as_str().unwrap().to_owned())
            .collect()
    }

    #[tokio::test]
    async fn a_search_stays_in_its_place_its_day_and_its_controller() {
        each_engine(|db| async move {
            let bench = Bench::new(db).await;
            let now = UtcMicros::from_rfc3339(NOW).unwrap().0;
            for (n, controller, site, at, key) in [
                (1, "police", "road-1", now, "12A12345"),
                (2, "police", "road-1", now - HOUR_US, "12A54321"),
                (3, "police", "road-2", now, "12A11111"),
                (4, "police", "road-1", now - 3 * HOUR_US, "12A22222"),
                (5, "tourism", "road-1", now, "12A33333"),
            ] {
                fixtures::pass(&bench.db, Uuid::from_u128(n), controller, site, at, key).await;
            }
            let client = bench.person("can-bo-01", Role::TrafficOfficer).await;
            assert_eq!(keys(&client, json!({})).await, ["12A12345", "12A54321"]);
            assert_eq!(keys(&client, json!({ "key": "12a-123.45" })).await, ["12A12345"]);
            assert_eq!(keys(&client, json!({ "last5": "54321" })).await, ["12A54321"]);
            assert!(keys(&client, json!({ "key": "12A1234" })).await.is_empty());
            // One passage of another controller is not there at all.
            let foreign = format!("/api/v1/passes/{}", Uuid::from_u128(5));
            assert_eq!(client.get(&foreign).await.verdict(), "404 not_found");
            assert_eq!(client.get("/api/v1/passes/not-an-id").await.verdict(), "404 not_found");
        })
        .await;
    }

    #[tokio::test]
    async fn longer_wider_and_wilder_questions_are_refused() {
        each_engine(|db| async move {
            let bench = Bench::new(db).await;
            let client = bench.person("can-bo-01", Role::TrafficOfficer).await;
            for (more, verdict) in [
                (json!({ "to": "2026-11-24T00:00:01Z" }), "400 window_too_long"),
                (json!({ "site": "road-1,road-2" }), "400 one_site"),
                (json!({ "site": ["road-1", "road-2"] }), "400 bad_body"),
                (json!({ "sites": ["road-2"] }), "400 bad_body"),
                (json!({ "site": "*" }), "400 one_site"),
                (json!({ "key": "12A*" }), "400 wildcard"),
                (json!({ "last5": "%2345" }), "400 wildcard"),
                (json!({ "cursor": "garbage" }), "400 bad_cursor"),
                (json!({ "controller": "tourism" }), "400 bad_body"),
            ] {
                let answer = client.post("/api/v1/passes/search", &question(more.clone())).await;
                assert_eq!(answer.verdict(), verdict, "{more}");
            }
            let elsewhere = client.post("/api/v1/passes/search?controller=tourism", &question(json!({}))).await;
            assert_eq!(elsewhere.verdict(), "403 forbidden");
        })
        .await;
    }

    #[tokio::test]
    async fn pages_follow_one_another_without_gap_or_overlap() {
        each_engine(|db| async move {
            let bench = Bench::new(db).await;
            let now = UtcMicros::from_rfc3339(NOW).unwrap().0;
            for n in 0..7_i64 {
                // Three share one moment, so that the id decides.
                let at = now - HOUR_US / 2 + if n < 3 { 0 } else { n };
                let id = Uuid::from_u128(u128::from(n.unsigned_abs()) + 1);
                fixtures::pass(&bench.db, id, "police", "road-1", at, &format!("12A1000{n}")).await;
            }
            let client = bench.person("can-bo-01", Role::TrafficOfficer).await;
            let (mut seen, mut cursor) = (Vec::new(), Value::Null);
            loop {
                let mut body = question(json!({ "limit": 2 }));
                if !cursor.is_null() {
                    body["cursor"] = cursor.clone();
                }
                let page = client.post("/api/v1/passes/search", &body).await.json();
                let items = page["items"].as_array().unwrap();
                assert!(items.len() <= 2);
                seen.extend(items.iter().map(|p| p["plate"]["key"].as_str().unwrap().to_owned()));
                cursor = page["next"].clone();
                if cursor.is_null() {
                    break;
                }
            }
            let expected: Vec<_> = [6, 5, 4, 3, 2, 1, 0].map(|n| format!("12A1000{n}")).into();
            assert_eq!(seen, expected);
        })
        .await;
    }

    #[tokio::test]
    async fn a_search_is_on_record_with_everything_and_a_refused_one_tells_nothing() {
        each_engine(|db| async move {
            let bench = Bench::new(db).await;
            let client = bench.person("can-bo-01", Role::TrafficOfficer).await;
            keys(&client, json!({ "key": "12A-123.45" })).await;
            let mut conn = bench.db.read().await.unwrap();
            let rows = audit_table::page(&mut conn, "police", "2026-11-23", 0, 1_000).await.unwrap();
            let mut record: Value = serde_json::from_str(&rows.last().unwrap().record).unwrap();
            record["actor"]["user"] = json!("[id]");
            record["actor"]["session"] = json!("[id]");
            insta::allow_duplicates! { insta::assert_json_snapshot!(record, @r#"
            {
              "schema": "chilang.audit/1",
              "controller": "police",
              "day": "2026-11-23",
              "seq": 2,
              "at": 1795396500000000,
              "actor": {
                "user": "[id]",
                "name": "can-bo-01",
                "kind": "person",
                "role": "traffic_officer",
                "session": "[id]"
              },
              "action": "passes.search",
              "purpose": "vehicle_search",
              "site": "road-1",
              "window": {
                "from": 1795392000000000,
                "to": 1795399200000000
              },
              "subject": "12A12345"
            }
            "#); }
            let faults = audit::verify_day(&mut conn, &"police".parse().unwrap(), "2026-11-23").await.unwrap();
            assert_eq!(faults, []);
        })
        .await;
    }

    #[tokio::test]
    async fn no_record_no_answer() {
        each_engine(|db| async move {
            let bench = Bench::new(db).await;
            let now = UtcMicros::from_rfc3339(NOW).unwrap().0;
            fixtures::pass(&bench.db, Uuid::from_u128(1), "police", "road-1", now, "12A12345").await;
            let client = bench.person("can-bo-01", Role::TrafficOfficer).await;
            // A store that can't take the record must not let the data out.
            fixtures::sql(&bench.db, "ALTER TABLE audit RENAME TO audit_away").await;
            let answer = client.post("/api/v1/passes/search", &question(json!({}))).await;
            assert_eq!(answer.verdict(), "500 internal");
            assert!(!String::from_utf8_lossy(&answer.bytes).contains("12A"));
        })
        .await;
    }

    #[tokio::test]
    async fn a_passage_and_its_picture_are_shown_to_those_who_may() {
        each_engine(|db| async move {
            let bench = Bench::new(db).await;
            let now = UtcMicros::from_rfc3339(NOW).unwrap().0;
            let passage = Uuid::from_u128(1);
            fixtures::pass(&bench.db, passage, "police", "road-1", now, "12A12345").await;
            bench.picture(passage, "police", "plate_crop", b"old crop", 1).await;
            bench.picture(passage, "police", "plate_crop", b"new crop", 3).await;
            let client = bench.person("can-bo-01", Role::Desk).await;
            let detail = client.get(&format!("/api/v1/passes/{passage}")).await.json();
            insta::allow_duplicates! { insta::assert_json_snapshot!(detail, @r#"
            {
              "passage_id": "00000000-0000-0000-0000-000000000001",
              "revision": 3,
              "state": "final",
              "end": "left",
              "site": "road-1",
              "node": "n1",
              "camera": "cam-1",
              "class": "car",
              "first_seen": {
                "utc": "2026-11-23T01:15:00Z",
                "text": "23/11/2026 08:15:00"
              },
              "last_seen": {
                "utc": "2026-11-23T01:15:00Z",
                "text": "23/11/2026 08:15:00"
              },
              "plate": {
                "key": "12A12345",
                "text": "12A12345",
                "class": "car5",
                "country_class": "vn_civil",
                "colour": "white",
                "confidence": 0.9
              },
              "unreadable": false,
              "correction": null,
              "body": {
                "class": "car"
              },
              "evidence": [
                {
                  "role": "plate_crop",
                  "sha256": "dd0d5e3ff4ffa65e97e65a4ef68b07b56c1bf6ba04a723291f95d80c69c8ef53",
                  "bytes": 8,
                  "state": "stored",
                  "captured_at": {
                    "utc": "1970-01-01T00:00:00.000001Z",
                    "text": "01/01/1970 07:00:00"
                  }
                }
              ]
            }
            "#); }
            let picture = client.get(&format!("/api/v1/passes/{passage}/evidence/plate_crop")).await;
            assert_eq!(&picture.bytes[..], b"new crop");
            assert_eq!(picture.headers["content-type"], "image/jpeg");
            let none = client.get(&format!("/api/v1/passes/{passage}/evidence/frame")).await;
            assert_eq!(none.verdict(), "404 not_found");
            // The tourism office, at its own controller and at this one.
            bench
                .account("du-lich", AccountKind::Person, &[("tourism", Role::Tourism), ("police", Role::Tourism)])
                .await;
            let tourism = bench.sign_in("du-lich").await;
            for path in [
                format!("/api/v1/passes/{passage}?controller=police"),
                format!("/api/v1/passes/{passage}/evidence/plate_crop?controller=police"),
            ] {
                assert_eq!(tourism.get(&path).await.verdict(), "403 forbidden");
            }
        })
        .await;
    }
}
