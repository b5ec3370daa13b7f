//! An administrator's work and its limits, as a browser would send it, on both databases.

use contract::clock::MINUTE_US;
use serde_json::{Value, json};
use uuid::Uuid;

use crate::api::testing::{Bench, Client, PASSWORD};
use crate::audit;
use crate::auth::{AccountKind, Role, disable, reset_second_factor, set_roles};
use crate::store::testing::each_engine;
use crate::store::{fixtures, totp, users};

async fn items(client: &Client<'_>) -> Vec<Value> {
    let answer = client.get("/api/v1/users").await;
    assert_eq!(answer.verdict(), "200");
    answer.json()["items"].as_array().unwrap().clone()
}

async fn id_of(client: &Client<'_>, name: &str) -> String {
    let found = items(client).await.into_iter().find(|user| user["name"] == name).unwrap();
    found["id"].as_str().unwrap().to_owned()
}

#[tokio::test]
async fn a_new_account_gets_a_password_once_and_must_choose_another() {
    each_engine(|db| async move {
        let bench = Bench::new(db).await;
        let administrator = bench.administrator("quan-tri", &["police"]).await;
        let asked = json!({ "name": "Can-Bo-02", "roles": ["desk", "traffic_officer"] });
        let added = administrator.post("/api/v1/users", &asked).await;
        assert_eq!(added.verdict(), "200", "{}", added.json());
        let password = added.json()["password"].as_str().unwrap().to_owned();
        let again = administrator.post("/api/v1/users", &asked).await;
        assert_eq!(again.verdict(), "409 name_taken");
        for (name, roles, verdict) in [
            ("x", json!(["desk"]), "400 bad_name"),
            ("can-bo-03", json!([]), "400 no_role"),
            ("can-bo-03", json!(["root"]), "400 bad_body"),
        ] {
            let refused = administrator.post("/api/v1/users", &json!({ "name": name, "roles": roles })).await;
            assert_eq!(refused.verdict(), verdict, "{name}");
        }
        // No list shows the password, and no record of the audit log.
        let listed = administrator.get("/api/v1/users").await;
        assert!(!String::from_utf8_lossy(&listed.bytes).contains(&password));
        let account = items(&administrator).await.into_iter().find(|user| user["name"] == "can-bo-02").unwrap();
        assert_eq!(account["roles"], json!(["desk", "traffic_officer"]));
        assert_eq!(account["password_must_change"], json!(true));

        let client = bench.client(bench.try_sign_in("can-bo-02", &password).await);
        assert_eq!(client.get("/api/v1/session").await.json()["must"], json!("change_password"));
        for path in ["/api/v1/suspicions", "/api/v1/gates", "/api/v1/sites"] {
            assert_eq!(client.get(path).await.verdict(), "403 password_change_needed", "{path}");
        }
        let change = async |current: &str, new: &str| {
            client.post("/api/v1/session/password", &json!({ "current": current, "new": new })).await.verdict()
        };
        assert_eq!(change("wrong", "Lam-Son-1418-y-z").await, "403 wrong_password");
        assert_eq!(change(&password, &password).await, "400 same_password");
        assert_eq!(change(&password, "ngan").await, "400 password_short");
        assert_eq!(change(&password, "Lam-Son-Can-Bo-02").await, "400 password_name");
        assert_eq!(client.get("/api/v1/gates").await.verdict(), "403 password_change_needed");
        let other = bench.client(bench.try_sign_in("can-bo-02", &password).await);
        assert_eq!(change(&password, "Lam-Son-1418-y-z").await, "200");
        assert_eq!(client.get("/api/v1/gates").await.verdict(), "200");
        assert_eq!(other.get("/api/v1/session").await.verdict(), "401 session_ended", "other sessions end");
        assert_eq!(bench.try_sign_in("can-bo-02", &password).await.verdict(), "401 wrong_credentials");
        assert_eq!(bench.try_sign_in("can-bo-02", "Lam-Son-1418-y-z").await.verdict(), "200");
    })
    .await;
}

#[tokio::test]
async fn guessing_at_the_current_password_locks_as_guessing_at_sign_in_does() {
    each_engine(|db| async move {
        let bench = Bench::new(db).await;
        let client = bench.person("can-bo-01", Role::Desk).await;
        let guess = json!({ "current": "wrong", "new": "Lam-Son-1418-y-z" });
        for _ in 0..5 {
            assert_eq!(client.post("/api/v1/session/password", &guess).await.verdict(), "403 wrong_password");
        }
        let right = json!({ "current": PASSWORD, "new": "Lam-Son-1418-y-z" });
        assert_eq!(client.post("/api/v1/session/password", &right).await.verdict(), "429 locked_out");
    })
    .await;
}

#[tokio::test]
async fn an_administrator_without_a_second_factor_may_only_enrol_it_and_a_code_counts_once() {
    each_engine(|db| async move {
        let bench = Bench::new(db).await;
        bench.account("quan-tri", AccountKind::Person, &[("police", Role::Administrator)]).await;
        let client = bench.sign_in("quan-tri").await;
        assert_eq!(client.get("/api/v1/session").await.json()["must"], json!("enrol_second_factor"));
        for path in ["/api/v1/users", "/api/v1/nodes", "/api/v1/sites"] {
            assert_eq!(client.get(path).await.verdict(), "403 second_factor_needed", "{path}");
        }
        let confirm = json!({ "code": "000000" });
        assert_eq!(client.post("/api/v1/session/totp/proof", &confirm).await.verdict(), "409 no_second_factor");
        // Begun twice, the first secret is worth nothing.
        client.post("/api/v1/session/totp", &json!({})).await;
        let old = bench.sign_in("quan-tri").await;
        let secret = client.enrol().await;
        assert_eq!(client.get("/api/v1/users").await.verdict(), "200");
        assert_eq!(client.post("/api/v1/session/totp", &json!({})).await.verdict(), "409 has_second_factor");
        assert_eq!(old.get("/api/v1/session").await.verdict(), "401 session_ended", "begun without the second factor");

        let sign_in = async |code: Option<&str>| {
            let body = json!({ "user": "quan-tri", "password": PASSWORD, "code": code });
            bench.send("POST", "/api/v1/session", &[], Some(&body)).await
        };
        assert_eq!(bench.try_sign_in("quan-tri", PASSWORD).await.verdict(), "401 code_needed");
        let used = secret.code_at(bench.now());
        assert_eq!(sign_in(Some(&used)).await.verdict(), "401 wrong_code", "it confirmed the enrolment");
        bench.clock.advance_us(MINUTE_US);
        let code = secret.code_at(bench.now());
        assert_eq!(sign_in(Some(&code)).await.verdict(), "200");
        assert_eq!(sign_in(Some(&code)).await.verdict(), "401 wrong_code", "a code counts once");
        bench.clock.advance_us(MINUTE_US);
        // A right code with a wrong password tells nothing of either.
        let body = json!({ "user": "quan-tri", "password": "wrong", "code": secret.code_at(bench.now()) });
        assert_eq!(bench.send("POST", "/api/v1/session", &[], Some(&body)).await.verdict(), "401 wrong_credentials");
        assert_eq!(sign_in(Some(&secret.code_at(bench.now()))).await.verdict(), "200");
        // Wrong codes lock as wrong passwords do; that a code was asked for does not.
        for _ in 0..6 {
            assert_eq!(sign_in(None).await.verdict(), "401 code_needed");
        }
        bench.clock.advance_us(MINUTE_US);
        for _ in 0..5 {
            assert_eq!(sign_in(Some("000000")).await.verdict(), "401 wrong_code");
        }
        assert_eq!(sign_in(Some(&secret.code_at(bench.now()))).await.verdict(), "429 locked_out");

        // At the machine it is taken away, and enrolled anew.
        bench.clock.advance_us(20 * MINUTE_US);
        let user = users::by_name(&mut bench.db.read().await.unwrap(), "quan-tri").await.unwrap().unwrap().user_id;
        assert!(reset_second_factor(&bench.db, &*bench.clock, user).await.unwrap());
        assert_eq!(client.get("/api/v1/session").await.verdict(), "401 session_ended");
        let client = bench.sign_in("quan-tri").await;
        assert_eq!(client.get("/api/v1/users").await.verdict(), "403 second_factor_needed");
        client.enrol().await;
        assert_eq!(client.get("/api/v1/users").await.verdict(), "200");
    })
    .await;
}

#[tokio::test]
async fn a_locked_account_is_out_at_once_and_a_reset_gives_a_password_once() {
    each_engine(|db| async move {
        let bench = Bench::new(db).await;
        let administrator = bench.administrator("quan-tri", &["police"]).await;
        let client = bench.person("can-bo-01", Role::Desk).await;
        let id = id_of(&administrator, "can-bo-01").await;
        let act = async |verb: &str| administrator.post(&format!("/api/v1/users/{id}/{verb}"), &json!({})).await;
        assert_eq!(act("lock").await.verdict(), "204");
        assert_eq!(client.get("/api/v1/gates").await.verdict(), "401 session_ended");
        assert_eq!(bench.try_sign_in("can-bo-01", PASSWORD).await.verdict(), "401 wrong_credentials");
        assert!(items(&administrator).await.iter().any(|u| u["name"] == "can-bo-01" && !u["locked_at"].is_null()));
        assert_eq!(act("unlock").await.verdict(), "204");
        let client = bench.sign_in("can-bo-01").await;
        for _ in 0..5 {
            bench.try_sign_in("can-bo-01", "wrong").await;
        }
        let reset = act("password").await;
        assert_eq!(client.get("/api/v1/gates").await.verdict(), "401 session_ended");
        // The lock of wrong passwords is lifted with it.
        let password = reset.json()["password"].as_str().unwrap().to_owned();
        let client = bench.client(bench.try_sign_in("can-bo-01", &password).await);
        assert_eq!(client.get("/api/v1/gates").await.verdict(), "403 password_change_needed");

        let open = administrator.get(&format!("/api/v1/users/{id}/sessions")).await.json();
        assert_eq!(open["items"].as_array().unwrap().len(), 1);
        let session = json!({ "session": open["items"][0]["id"] });
        let end = format!("/api/v1/users/{id}/sessions/end");
        assert_eq!(administrator.post(&end, &session).await.verdict(), "204");
        assert_eq!(administrator.post(&end, &session).await.verdict(), "404 not_found", "it is over");
        assert_eq!(client.get("/api/v1/session").await.verdict(), "401 session_ended");
        bench.client(bench.try_sign_in("can-bo-01", &password).await);
        bench.client(bench.try_sign_in("can-bo-01", &password).await);
        assert_eq!(administrator.post(&end, &json!({})).await.verdict(), "204");
        let open = administrator.get(&format!("/api/v1/users/{id}/sessions")).await.json();
        assert_eq!(open["items"], json!([]));
        assert_eq!(
            administrator.post(&format!("/api/v1/users/{}/lock", Uuid::nil()), &json!({})).await.verdict(),
            "404 not_found"
        );

        // Each is on record, and the chain holds.
        let day = audit::day_of(bench.now());
        let mut conn = bench.db.read().await.unwrap();
        let rows = crate::store::audit::page(&mut conn, "police", &day, 0, 200).await.unwrap();
        for action in ["users.lock", "users.unlock", "users.password", "users.sessions", "users.sessions.end"] {
            assert!(rows.iter().any(|row| row.action == action && row.record.contains("can-bo-01")), "{action}");
        }
        assert!(!rows.iter().any(|row| row.record.contains(&password)));
        assert_eq!(audit::verify_day(&mut conn, &"police".parse().unwrap(), &day).await.unwrap(), []);
    })
    .await;
}

#[tokio::test]
async fn nobody_raises_himself_and_a_body_keeps_its_last_administrator() {
    each_engine(|db| async move {
        let bench = Bench::new(db).await;
        let administrator = bench.administrator("quan-tri", &["police"]).await;
        let own = id_of(&administrator, "quan-tri").await;
        let own_id: Uuid = own.parse().unwrap();
        let roles = json!({ "roles": ["administrator", "desk"] });
        for (verb, body) in [("roles", &roles), ("lock", &json!({})), ("unlock", &json!({})), ("password", &json!({}))]
        {
            let refused = administrator.post(&format!("/api/v1/users/{own}/{verb}"), body).await;
            assert_eq!(refused.verdict(), "403 own_account", "{verb}");
        }
        // A second one is added and becomes the last when the first is locked at the machine.
        let asked = json!({ "name": "quan-tri-2", "roles": ["administrator"] });
        let added = administrator.post("/api/v1/users", &asked).await.json();
        let second = added["id"].as_str().unwrap().to_owned();
        let second_id: Uuid = second.parse().unwrap();
        disable(&bench.db, &*bench.clock, second_id).await.unwrap();
        let last = disable(&bench.db, &*bench.clock, own_id).await;
        assert!(matches!(last, Err(crate::auth::AuthError::LastAdministrator)), "{last:?}");
        let desk = crate::auth::Grant { controller: "police".parse().unwrap(), role: Role::Desk };
        let stripped = set_roles(&bench.db, own_id, &[desk]).await;
        assert!(matches!(stripped, Err(crate::auth::AuthError::LastAdministrator)), "{stripped:?}");
        assert_eq!(items(&administrator).await.len(), 2, "and nothing was done by halves");
        assert_eq!(administrator.post(&format!("/api/v1/users/{second}/unlock"), &json!({})).await.verdict(), "204");
        // Now there are two: each may go, but not both.
        let desk = json!({ "roles": ["desk"] });
        assert_eq!(administrator.post(&format!("/api/v1/users/{second}/roles"), &desk).await.verdict(), "204");
        assert_eq!(items(&administrator).await.iter().filter(|u| u["roles"] == json!(["desk"])).count(), 1);
        let none = administrator.post(&format!("/api/v1/users/{second}/roles"), &json!({ "roles": [] })).await;
        assert_eq!(none.verdict(), "400 no_role");
    })
    .await;
}

#[tokio::test]
async fn an_administrator_has_no_hand_in_another_body() {
    each_engine(|db| async move {
        let bench = Bench::new(db).await;
        let administrator = bench.administrator("quan-tri", &["police"]).await;
        bench.account("hai-noi", AccountKind::Person, &[("police", Role::Desk), ("tourism", Role::Tourism)]).await;
        bench.account("du-lich", AccountKind::Person, &[("tourism", Role::Tourism)]).await;
        let names: Vec<Value> = items(&administrator).await.into_iter().map(|u| u["name"].clone()).collect();
        assert_eq!(names, [json!("hai-noi"), json!("quan-tri")]);
        let both = id_of(&administrator, "hai-noi").await;
        for verb in ["lock", "unlock", "password", "sessions/end"] {
            let refused = administrator.post(&format!("/api/v1/users/{both}/{verb}"), &json!({})).await;
            assert_eq!(refused.verdict(), "403 other_bodies", "{verb}");
        }
        let asked = json!({ "name": "moi", "roles": ["desk"] });
        let elsewhere = administrator.post("/api/v1/users?controller=tourism", &asked).await;
        assert_eq!(elsewhere.verdict(), "403 forbidden");
        // What is his own he may take: the rest stays.
        let away = administrator.post(&format!("/api/v1/users/{both}/roles"), &json!({ "roles": [] })).await;
        assert_eq!(away.verdict(), "204");
        assert_eq!(items(&administrator).await.len(), 1);
        let held = users::grants(&mut bench.db.read().await.unwrap(), both.parse().unwrap()).await.unwrap();
        assert_eq!(held, [("tourism".to_owned(), "tourism".to_owned())]);
    })
    .await;
}

#[tokio::test]
async fn the_database_refuses_what_the_service_would_not_ask_for() {
    each_engine(|db| async move {
        let bench = Bench::new(db).await;
        bench.administrator("quan-tri", &["police"]).await;
        let by = users::by_name(&mut bench.db.read().await.unwrap(), "quan-tri").await.unwrap().unwrap().user_id;
        let officer = bench.account("can-bo-01", AccountKind::Person, &[("police", Role::Desk)]).await;
        let program = bench.account("may-1", AccountKind::Service, &[("police", Role::Desk)]).await;
        let unenrolled = bench.account("quan-tri-2", AccountKind::Person, &[("police", Role::Administrator)]).await;
        let give = async |user: Uuid, at: &str, role: &str, by: Uuid| {
            let mut tx = bench.db.write().await.unwrap();
            users::grant_by(&mut tx, user, (at, role), by).await.is_ok()
        };
        assert!(give(officer, "police", "auditor", by).await);
        assert!(!give(by, "police", "auditor", by).await, "to oneself");
        assert!(!give(officer, "tourism", "auditor", by).await, "at another body");
        assert!(!give(by, "police", "auditor", officer).await, "by somebody who is no administrator");
        assert!(!give(officer, "police", "auditor", unenrolled).await, "by an administrator without a second factor");
        assert!(!give(program, "police", "administrator", by).await, "to a program");

        let raised = fixtures::refused(&bench.db, "UPDATE user_roles SET role = 'administrator'").await;
        assert!(raised.contains("never changed"), "{raised}");

        // A code never counts again, and a secret in force is not exchanged.
        let step = totp::of(&mut bench.db.read().await.unwrap(), by).await.unwrap().unwrap().last_step;
        let mut tx = bench.db.write().await.unwrap();
        assert!(!totp::spend(&mut tx, by, step).await.unwrap());
        assert!(totp::insert(&mut tx, by, b"other", 1).await.is_err());
        drop(tx);
        let mut tx = bench.db.write().await.unwrap();
        assert!(!totp::remove(&mut tx, by, true).await.unwrap(), "only one that is not in force");
    })
    .await;
}

#[tokio::test]
async fn a_page_that_asks_by_itself_does_not_keep_its_session_alive() {
    each_engine(|db| async move {
        let bench = Bench::new(db).await;
        let client = bench.person("can-bo-01", Role::Desk).await;
        let by_itself = async |path: &str| {
            let headers = [("cookie", client.cookie.as_str()), ("x-chilang-background", "1")];
            bench.send("GET", path, &headers, None).await.verdict()
        };
        // By hand it lives on.
        for _ in 0..3 {
            bench.clock.advance_us(10 * MINUTE_US);
            assert_eq!(client.get("/api/v1/gates").await.verdict(), "200");
        }
        for _ in 0..14 {
            bench.clock.advance_us(MINUTE_US);
            assert_eq!(by_itself("/api/v1/gates").await, "200");
        }
        bench.clock.advance_us(MINUTE_US);
        assert_eq!(by_itself("/api/v1/gates").await, "401 session_ended");
        assert_eq!(client.get("/api/v1/gates").await.verdict(), "401 session_ended");
    })
    .await;
}
