//! Events that come through a site's own centre, and what guards decided there.

use super::*;
use crate::correlation::{Projection, project};
use crate::store::{arrivals, fixtures, fleet, site_nodes};
use contract::clock::SystemClock;
use contract::event::Body;

/// Speaks for the site of the golden events.
fn speaker() -> NodeAddress {
    "chi-lang-square/centre".parse().unwrap()
}

fn speakers_key() -> SigningKey {
    SigningKey::from_seed([4; 32])
}

/// The node of the golden events, behind its site; the speaker; and a node of the same site that speaks for itself.
fn behind_a_site() -> Registered {
    let mut all = registered();
    let controllers = all.nodes[&node()].controllers.clone();
    all.nodes.get_mut(&node()).unwrap().via = Some(speaker());
    let mut add = |name: &str, seed: u8, forwards: bool| {
        let (address, key): (NodeAddress, _) = (name.parse().unwrap(), SigningKey::from_seed([seed; 32]));
        let known = KnownKey { node: address.clone(), public_key: key.public_key().to_vec(), revoked: false };
        all.keys.insert(key.id(), known);
        all.nodes.insert(address, KnownNode { forwards, via: None, controllers: controllers.clone(), revoked: false });
    };
    add("chi-lang-square/centre", 4, true);
    add("chi-lang-square/plain", 5, false);
    all
}

fn through(via: &str, message: &Message) -> Message {
    let Topic::Event { from, camera, kind } = message.topic.parse().unwrap() else { panic!("no event") };
    let topic = Topic::ForwardedEvent { via: via.parse().unwrap(), node: from.node, camera, kind };
    Message { topic: topic.to_string(), ..message.clone() }
}

/// What a guard decided, as the speaker or somebody else tells it.
fn decision(teller: &NodeAddress, seq: u64) -> Envelope {
    let mut e = event("decision", 1_000 + seq);
    (e.node, e.log_id, e.seq) = (teller.clone(), LogId(Uuid::from_u128(0xD0)), seq);
    let Body::Decision(body) = &mut e.body else { panic!("no decision") };
    body.gate_node = node();
    e
}

fn why(message: &Message, registered: &Registered) -> Option<Reason> {
    verify(message, registered).err().map(|apart| apart.reason)
}

#[test]
fn a_node_behind_a_site_is_heard_through_it_and_no_other_way() {
    let all = behind_a_site();
    let own = message(&event("pass", 1));
    let taken = verify(&through("chi-lang-square/centre", &own), &all).unwrap();
    assert_eq!((taken.bytes, taken.via), (own.payload.clone(), Some(speaker())));
    for (what, message, reason) in [
        ("it says it itself", own.clone(), Reason::ForeignPrefix),
        ("a node that does not forward", through("chi-lang-square/plain", &own), Reason::ForeignPrefix),
        ("a site nobody knows", through("chi-lang-square/nobody", &own), Reason::UnknownNode),
        ("another site's speaker", through("other/node-1", &own), Reason::ForeignPrefix),
        (
            "the speaker signed in its name",
            through("chi-lang-square/centre", &message_signed_by(&event("pass", 1), &speakers_key())),
            Reason::UnknownKey,
        ),
    ] {
        assert_eq!(why(&message, &all), Some(reason), "{what}");
    }
    // Who spoke for the site once and may not any more; a word of the store that contradicts itself is none either.
    let mut no_more = behind_a_site();
    no_more.nodes.get_mut(&speaker()).unwrap().forwards = false;
    assert_eq!(why(&through("chi-lang-square/centre", &own), &no_more), Some(Reason::ForeignPrefix));
    let mut gone = behind_a_site();
    gone.nodes.get_mut(&speaker()).unwrap().revoked = true;
    assert_eq!(why(&through("chi-lang-square/centre", &own), &gone), Some(Reason::Revoked));
}

#[test]
fn only_who_speaks_for_a_site_tells_decisions() {
    let all = behind_a_site();
    assert_eq!(why(&message_signed_by(&decision(&speaker(), 1), &speakers_key()), &all), None);
    let by_a_node = message(&decision(&node(), 1));
    assert_eq!(why(&through("chi-lang-square/centre", &by_a_node), &all), Some(Reason::Contradiction));
    let plain: NodeAddress = "chi-lang-square/plain".parse().unwrap();
    let by_another = message_signed_by(&decision(&plain, 1), &SigningKey::from_seed([5; 32]));
    assert_eq!(why(&by_another, &all), Some(Reason::Contradiction));
}

async fn store(bench: &Bench, messages: &[Message]) -> Vec<Ack> {
    let all = behind_a_site();
    let take = |m: &Message| Work { what: verify(m, &all), lane: Lane::Live, received_us: 0, share: None };
    let batch: Vec<Work> = messages.iter().map(take).collect();
    let outcome = store_batch(&bench.db, &batch, &bench.clock, &bench.ids).await.unwrap();
    outcome
        .acks
        .into_iter()
        .map(|(to, ack)| {
            assert_eq!(to, speaker(), "whoever forwards is answered");
            ack
        })
        .collect()
}

/// What was told once more, under `NEW_ID`, with one column changed.
fn told_again(changed: &str, value: &str) -> String {
    let columns = "controller, site, node, gate, verdict, passage_id, revision, look, request_id, ask_id, reason, note, officer, \
                   decided_at, told_by, event_id, received_at";
    let values: Vec<&str> =
        columns.split(", ").map(str::trim).map(|column| if column == changed { value } else { column }).collect();
    format!(
        "INSERT INTO site_decisions (decision_id, {columns}) SELECT NEW_ID, {} FROM site_decisions",
        values.join(", ")
    )
}

async fn put_up(db: &Db) {
    let mut tx = db.write().await.unwrap();
    let controller = golden("access").controller;
    fleet::ensure_controller(&mut tx, &controller, NOW).await.unwrap();
    fleet::insert_node(&mut tx, &speaker(), &controller, NOW).await.unwrap();
    site_nodes::set_forwards(&mut tx, &speaker()).await.unwrap();
    assert!(site_nodes::put_node_behind(&mut tx, &node(), &speaker(), &controller, NOW).await.unwrap());
    tx.commit().await.unwrap();
}

async fn alarms(db: &Db) -> i64 {
    testing::number(db, "COUNT(*)", "arrivals WHERE unknown_acts > 0").await
}

#[tokio::test]
async fn a_door_that_acted_before_its_decision_was_told_alarms_until_it_is() {
    each_engine(|db| async move {
        put_up(&db).await;
        let bench = Bench::new(db.clone());
        let access = event("access", 1);
        let passage = access.passage_id.0;
        let [Projection::Arrival(arrival)] = &project(&access)[..] else { panic!("no arrival") };
        let contract::event::DoorCause::Decision(named) = arrival.body.acts[0].cause else { panic!("no decision") };
        store(&bench, &[through("chi-lang-square/centre", &message(&access))]).await;
        assert_eq!((alarms(&db).await, bench.number("COUNT(*)", "door_acts").await), (1, 0));

        let mut told = decision(&speaker(), 1);
        let Body::Decision(body) = &mut told.body else { panic!("no decision") };
        (body.decision, body.verdict) = (named, contract::event::GuardVerdict::Admit);
        body.passage = Some(access.passage_id);
        let message = message_signed_by(&told, &speakers_key());
        store(&bench, std::slice::from_ref(&message)).await;
        assert_eq!((alarms(&db).await, bench.number("COUNT(*)", "door_acts").await), (0, 1));

        // The same again changes nothing, and is answered as what it is.
        let again = store(&bench, &[message]).await;
        assert_eq!(again[0].ranges[0].verdict, Verdict::Duplicate);
        assert_eq!(bench.number("COUNT(*)", "site_decisions").await, 1);
        // The database holds the same by itself.
        for (text, why) in [
            ("UPDATE site_decisions SET verdict = 'open'".to_owned(), "never changed"),
            (told_again("told_by", "'plain'"), "by whoever speaks for that site"),
            (told_again("event_id", &fixtures::blob(&db, &[9; 16])), "by whoever speaks for that site"),
        ] {
            let said = fixtures::refused(&db, &text.replace("NEW_ID", &fixtures::blob(&db, &[8; 16]))).await;
            assert!(said.contains(why), "{text}: {said}");
        }
        let now = SystemClock::new().now().0.to_string();
        let fresh = told_again("received_at", &now).replace("NEW_ID", &fixtures::blob(&db, &[8; 16]));
        fixtures::sql(&db, &fresh).await;
        let said = fixtures::refused(&db, &format!("DELETE FROM site_decisions WHERE received_at = {now}")).await;
        assert!(said.contains("never deleted before their time"), "{said}");
        let mut conn = db.read().await.unwrap();
        let acts = arrivals::acts_of(&mut conn, passage).await.unwrap();
        assert_eq!(acts[0].decision, Some(named.0));
        let decided = crate::store::gate_decisions::of_arrival(&mut conn, passage).await.unwrap();
        assert!(decided.iter().all(|d| d.by == "bao-ve-01"), "{decided:?}");
    })
    .await;
}

#[tokio::test]
async fn a_word_that_turns_somebody_away_explains_no_open_door() {
    each_engine(|db| async move {
        put_up(&db).await;
        let bench = Bench::new(db.clone());
        let access = event("access", 1);
        let [Projection::Arrival(arrival)] = &project(&access)[..] else { panic!("no arrival") };
        let contract::event::DoorCause::Decision(named) = arrival.body.acts[0].cause else { panic!("no decision") };
        let mut told = decision(&speaker(), 1);
        let Body::Decision(body) = &mut told.body else { panic!("no decision") };
        (body.decision, body.passage) = (named, Some(access.passage_id));
        store(&bench, &[message_signed_by(&told, &speakers_key())]).await;
        store(&bench, &[through("chi-lang-square/centre", &message(&access))]).await;
        assert_eq!((alarms(&db).await, bench.number("COUNT(*)", "door_acts").await), (1, 0));
    })
    .await;
}
