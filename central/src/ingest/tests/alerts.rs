//! Wanted plates: an alert is made with the pass that meets an entry, and its event is told apart for the live feed.

use super::*;
use crate::ingest::commit::fresh;
use crate::store::fixtures;
use contract::clock::DAY_US;

const ENTRY: Uuid = Uuid::from_u128(0x71);

/// The golden plate is wanted at the golden place for two days around now.
async fn bench(db: Db) -> Bench {
    let (place, time) = (("traffic-police", "chi-lang-square"), (NOW.0 - DAY_US, NOW.0 + DAY_US));
    fixtures::listed(&db, (ENTRY, "wanted", "12A12345"), place, time).await;
    Bench::new(db)
}

/// The events that made an alert.
async fn alerted(bench: &Bench, events: &[Envelope]) -> Vec<u64> {
    let batch: Vec<Work> = events.iter().map(|e| work(&message(e))).collect();
    let outcome = store_batch(&bench.db, &batch, &bench.clock, &bench.ids).await.unwrap();
    fresh(&batch, &outcome).iter().filter(|c| c.alerted).map(|c| c.envelope.seq).collect()
}

fn revised(seq: u64, passage: u128, revision: u32) -> Envelope {
    let mut e = event("pass", seq);
    e.passage_id = PassageId(Uuid::from_u128(passage));
    e.revision = revision;
    e.state = State::Update;
    e.end = None;
    e
}

#[tokio::test]
async fn a_passage_makes_one_alert_of_an_entry_in_however_many_revisions_and_batches_it_comes() {
    each_engine(|db| async move {
        let bench = bench(db).await;
        assert_eq!(alerted(&bench, &[revised(1, 1, 1), revised(2, 1, 2), event("count", 3)]).await, [2]);
        assert_eq!(alerted(&bench, &[revised(4, 1, 3), revised(5, 1, 1)]).await, Vec::<u64>::new());
        assert_eq!(alerted(&bench, &[revised(1, 1, 1)]).await, Vec::<u64>::new(), "delivered again");
        assert_eq!(bench.number("COUNT(*)", "plate_alerts").await, 1);
        // More passages than one statement looks at.
        let many: Vec<Envelope> = (100..170).map(|n| revised(n, u128::from(n), 1)).collect();
        assert_eq!(alerted(&bench, &many).await.len(), 70);
        assert_eq!(bench.number("COUNT(*)", "plate_alerts").await, 71);
    })
    .await;
}

#[tokio::test]
async fn an_alert_that_is_refused_costs_no_event() {
    each_engine(|db| async move {
        let bench = bench(db).await;
        // Whatever the database has against an alert: here every id is the same one.
        let (first, second) = (revised(1, 1, 1), revised(2, 2, 1));
        for (n, e) in [&first, &second].into_iter().enumerate() {
            fixtures::event(&bench.db, e, NOW, Uuid::from_u128(0x91)).await;
            let passes = i64::try_from(n).unwrap() + 1;
            assert_eq!(bench.number("COUNT(*)", "passes").await, passes);
            assert_eq!(bench.number("COUNT(*)", "plate_alerts").await, 1);
        }
    })
    .await;
}
