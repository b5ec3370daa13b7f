//! What a guard says without deciding: that somebody is being looked into, that an alert was seen. Every desk learns of it, and
//! no door does.

use super::*;

fn gates_of(answer: &Value) -> &Value {
    &answer["items"][0]
}

#[tokio::test]
async fn who_is_being_looked_into_is_told_to_every_desk_and_answers_nothing() {
    each_engine(|db| async move {
        let gate = Gate::new(db).await;
        let (first, second) =
            (gate.bench.person("bao-ve-1", Role::Desk).await, gate.bench.person("bao-ve-2", Role::Desk).await);
        gate.stored(&gate.event(1, |_, _| {})).await;
        let mut heard = gate.bench.live.join(None).coming;
        let said = first.post(&at("/verify"), &json!({})).await.json();
        assert_eq!((&said["by"], &said["arrival"]), (&json!("bao-ve-1"), &json!(PASSAGE.to_string())));
        assert_eq!(gate.bench.commands.sent.lock().unwrap().len(), 0, "nothing goes down");
        let told: Value = serde_json::from_str(&heard.try_recv().unwrap().data).unwrap();
        assert_eq!((&told["decided"], &told["by"]), (&json!("verifying"), &json!("bao-ve-1")));

        // Of two guards the later one has it; both stand on record, beside what is decided then.
        gate.bench.clock.advance_us(1_000_000);
        assert_eq!(second.post(&at("/verify"), &json!({})).await.verdict(), "200");
        let gates = first.get("/api/v1/gates").await.json();
        assert_eq!(gates_of(&gates)["verifying"].as_array().unwrap().len(), 1, "{gates}");
        assert_eq!(gates_of(&gates)["verifying"][0]["by"], "bao-ve-2");
        gate.bench.clock.advance_us(1_000_000);
        let refuse = json!({ "revision": 1, "look": Sha256::of(FACE).to_string(), "reason": "no_papers" });
        assert_eq!(second.post(&at("/refuse"), &refuse).await.verdict(), "200");
        let detail = first.get(&at("")).await.json();
        let words: Vec<_> =
            detail["decisions"].as_array().unwrap().iter().map(|d| (d["verdict"].clone(), d["by"].clone())).collect();
        let word = |verdict: &str, by: &str| (json!(verdict), json!(by));
        let all = [word("verifying", "bao-ve-1"), word("verifying", "bao-ve-2"), word("refuse", "bao-ve-2")];
        assert_eq!(words, all);
        let mut last = Value::Null;
        while let Ok(event) = heard.try_recv() {
            last = serde_json::from_str(&event.data).unwrap();
        }
        assert_eq!(
            (&last["decided"], &last["by"]),
            (&json!("refuse"), &json!("bao-ve-2")),
            "a decision is told at once"
        );

        gate.stored(&gate.event(2, |event, body| {
            (event.state, event.end) = (State::Final, Some(End::Left));
            (body.request, body.look) = (None, None);
        }))
        .await;
        assert_eq!(first.post(&at("/verify"), &json!({})).await.verdict(), "409 arrival_over");
        gate.bench.account("may-1", AccountKind::Service, &[("police", Role::Desk)]).await;
        let program = gate.bench.sign_in("may-1").await;
        assert_eq!(program.post(&at("/verify"), &json!({})).await.verdict(), "403 person_needed");
        gate.bench.account("bao-ve-3", AccountKind::Person, &[("tourism", Role::Desk)]).await;
        let foreign = gate.bench.sign_in("bao-ve-3").await;
        assert_eq!(foreign.post(&at("/verify"), &json!({})).await.verdict(), "404 not_found");
        assert_eq!(number(&gate.bench.db, "COUNT(*)", "audit WHERE action = 'arrivals.verify'").await, 2);
    })
    .await;
}

#[tokio::test]
async fn of_two_guards_at_once_one_is_told_also_where_the_node_asks_nothing() {
    each_engine(|db| async move {
        let gate = Gate::new(db).await;
        let (first, second) =
            (gate.bench.person("bao-ve-1", Role::Desk).await, gate.bench.person("bao-ve-2", Role::Desk).await);
        gate.stored(&gate.event(1, |_, body| (body.request, body.look) = (None, None))).await;
        let quoted = json!({ "revision": 1, "look": null });
        let decided = first.post(&at("/admit"), &quoted).await.json()["decision"].clone();
        gate.bench.clock.advance_us(1_000_000);
        let refuse = |decided: &Value| json!({ "revision": 1, "look": null, "reason": "safety", "decided": decided });
        assert_eq!(second.post(&at("/refuse"), &refuse(&Value::Null)).await.verdict(), "409 already_decided");
        // Whoever saw the other's word may say otherwise, and both stand on record; so may the guard who said it.
        assert_eq!(second.post(&at("/refuse"), &refuse(&decided)).await.verdict(), "200");
        gate.bench.clock.advance_us(1_000_000);
        assert_eq!(first.post(&at("/admit"), &quoted).await.verdict(), "409 already_decided");
        let mine = second.post(&at("/admit"), &quoted).await.json()["decision"].clone();
        assert!(mine.is_string(), "one's own word is corrected by another one");
        assert_eq!(number(&gate.bench.db, "COUNT(*)", "gate_decisions").await, 3);
    })
    .await;
}

#[tokio::test]
async fn an_alert_stays_on_every_desk_until_a_guard_has_seen_it_and_one_more_is_a_new_one() {
    each_engine(|db| async move {
        let gate = Gate::new(db).await;
        let client = gate.bench.person("bao-ve-1", Role::Desk).await;
        let over = |tailgaters: u32| {
            move |event: &mut Envelope, body: &mut AccessBody| {
                (event.state, event.end) = (State::Final, Some(End::Left));
                (body.request, body.look, body.tailgaters) = (None, None, tailgaters);
            }
        };
        gate.stored(&gate.event(1, over(0))).await;
        let alerts = async || gates_of(&client.get("/api/v1/gates").await.json())["alerts"].clone();
        assert_eq!(alerts().await, json!([]));
        let seen = async |tailgaters: u32| {
            let body = json!({ "tailgaters": tailgaters, "unknown_acts": 0 });
            client.post(&at("/alert-seen"), &body).await.verdict()
        };
        assert_eq!(seen(0).await, "409 arrival_changed", "there is nothing to have seen");
        gate.stored(&gate.event(2, over(1))).await;
        assert_eq!(alerts().await[0]["tailgaters"], 1);
        gate.stored(&gate.event(3, over(2))).await;
        assert_eq!(seen(1).await, "409 arrival_changed", "somebody more came through meanwhile");
        assert_eq!(seen(2).await, "204");
        assert_eq!(alerts().await, json!([]), "the arrival is over, and its alert was seen");
        gate.stored(&gate.event(4, over(3))).await;
        assert_eq!(alerts().await[0]["tailgaters"], 3);
        gate.bench.clock.advance_us(13 * HOUR_US);
        let client = gate.bench.sign_in("bao-ve-1").await;
        assert_eq!(gates_of(&client.get("/api/v1/gates").await.json())["alerts"], json!([]), "a shift later");
        assert_eq!(number(&gate.bench.db, "COUNT(*)", "audit WHERE action = 'arrivals.alert_seen'").await, 1);
    })
    .await;
}

#[tokio::test]
async fn a_camera_that_went_dark_is_seen_at_the_desk() {
    each_engine(|db| async move {
        let gate = Gate::new(db).await;
        let client = gate.bench.person("bao-ve-1", Role::Desk).await;
        let camera = async || gates_of(&client.get("/api/v1/gates").await.json())["camera_now"].clone();
        assert_eq!(camera().await, Value::Null, "it never said how it is");
        fixtures::trouble(&gate.bench.db).await;
        let name = client.get("/api/v1/gates").await.json()["items"][0]["camera"].as_str().unwrap().to_owned();
        fixtures::sql(&gate.bench.db, &format!("UPDATE camera_health SET camera = '{name}', node = 'n1'")).await;
        let heard = format!("UPDATE ledgers SET last_heard_at = {}", gate.bench.now().0);
        fixtures::sql(&gate.bench.db, &heard).await;
        let now = camera().await;
        assert_eq!(now["state"], "offline", "{now}");
        assert!(now["state_text"].as_str().unwrap().starts_with("Camera mất kết nối từ"), "{now}");
    })
    .await;
}

#[tokio::test]
async fn each_rule_about_marks_is_the_databases_own_too() {
    each_engine(|db| async move {
        let gate = Gate::new(db.clone()).await;
        let client = gate.bench.person("bao-ve-1", Role::Desk).await;
        gate.stored(&gate.event(1, |_, body| body.tailgaters = 2)).await;
        assert_eq!(client.post(&at("/verify"), &json!({})).await.verdict(), "200");
        let columns =
            "mark_id, controller, passage_id, kind, tailgaters, unknown_acts, marked_by, session_id, marked_at";
        let again = |id: u8, changes: &[(&str, &str)]| {
            let id = fixtures::blob(&db, &[id; 16]);
            let values: Vec<String> = columns
                .split(", ")
                .map(|column| match column {
                    "mark_id" => id.clone(),
                    _ => changes.iter().find(|(c, _)| *c == column).map_or(column, |(_, v)| v).to_owned(),
                })
                .collect();
            format!(
                "INSERT INTO desk_marks ({columns}) SELECT {} FROM desk_marks WHERE kind = 'verifying' LIMIT 1",
                values.join(", ")
            )
        };
        let refused = async |text: &str, why: &str| {
            let said = fixtures::refused(&db, text).await;
            assert!(said.contains(why), "{text}: {said}");
        };
        for (off, on) in [
            ("UPDATE users SET kind = 'service'", "UPDATE users SET kind = 'person'"),
            ("UPDATE users SET disabled_at = 1", "UPDATE users SET disabled_at = NULL"),
            ("UPDATE sessions SET ended_at = 1", "UPDATE sessions SET ended_at = NULL"),
            ("UPDATE sessions SET interactive = 0", "UPDATE sessions SET interactive = 1"),
            ("UPDATE user_roles SET role = 'registrar'", "UPDATE user_roles SET role = 'desk'"),
        ] {
            fixtures::sql(&db, off).await;
            refused(&again(2, &[]), "a named guard in an interactive session").await;
            fixtures::sql(&db, on).await;
        }
        let seen = |tailgaters| [("kind", "'alert_seen'"), ("tailgaters", tailgaters), ("unknown_acts", "0")];
        refused(&again(2, &seen("1")), "about the arrival as it is").await;
        fixtures::sql(&db, &again(3, &seen("2"))).await;
        fixtures::sql(&db, "UPDATE arrivals SET replayed = 1").await;
        refused(&again(2, &seen("2")), "about the arrival as it is").await;
        fixtures::sql(&db, "UPDATE arrivals SET replayed = 0, state = 'final'").await;
        refused(&again(2, &[]), "about the arrival as it is").await;
        fixtures::sql(&db, &again(2, &seen("2"))).await;
        let now = contract::clock::Clock::now(&contract::clock::SystemClock::new()).0.to_string();
        fixtures::sql(&db, &again(4, &[seen("2")[0], seen("2")[1], seen("2")[2], ("marked_at", &now)])).await;
        refused(&format!("DELETE FROM desk_marks WHERE marked_at = {now}"), "never deleted before their time").await;
        refused("UPDATE desk_marks SET marked_at = 1", "never changed").await;
    })
    .await;
}

#[tokio::test]
async fn a_registrar_learns_the_gates_and_places_and_of_nobody_who_stands_there() {
    each_engine(|db| async move {
        let gate = Gate::new(db).await;
        let desk = gate.bench.person("bao-ve-1", Role::Desk).await;
        let registrar = gate.bench.person("dang-ky-1", Role::Registrar).await;
        gate.stored(&gate.event(1, |_, body| body.tailgaters = 1)).await;
        assert_eq!(desk.post(&at("/verify"), &json!({})).await.verdict(), "200");
        let seen = desk.get("/api/v1/gates").await.json();
        for what in ["arrivals", "verifying", "alerts"] {
            assert_eq!(gates_of(&seen)[what].as_array().unwrap().len(), 1, "{what}");
        }
        let names = registrar.get("/api/v1/gates").await.json();
        let named = gates_of(&names);
        assert_eq!(
            (&named["gate"], &named["title"], &named["site"]),
            (&json!("main"), &json!("Cổng chính"), &json!("road-1"))
        );
        for what in ["arrivals", "verifying", "alerts"] {
            assert_eq!(named[what], json!([]), "{what}");
        }
        assert_eq!(named["camera_now"], Value::Null);
        assert_eq!(registrar.get("/api/v1/sites").await.json()["items"], json!([{ "site": "road-1" }]));
        for (method, path) in [("GET", at("")), ("GET", at("/look")), ("POST", "/api/v1/arrivals/search".to_owned())] {
            let answer = registrar.send(method, &path, Some(&json!({}))).await;
            assert_eq!(answer.verdict(), "403 forbidden", "{method} {path}");
        }
    })
    .await;
}
