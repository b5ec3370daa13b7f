//! The outbox beside a plain `Vec`: whatever is done, in whatever order, the file says what the model says.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use proptest::prelude::*;

use super::*;

#[derive(Debug, Clone)]
enum Step {
    /// A bucket of this revision.
    Count(u32),
    /// The end of a passage, a revised bucket and an update of a passage nobody ever opened, in one call.
    Together(u8),
    Open(u8),
    Update(u8),
    End(u8),
    Acknowledge(u64, u64),
    Crash,
    CloseLeftOpen,
}

fn step() -> impl Strategy<Value = Step> {
    prop_oneof![
        3 => (1u32..4).prop_map(Step::Count),
        2 => (0u8..4).prop_map(Step::Together),
        3 => (0u8..4).prop_map(Step::Open),
        3 => (0u8..4).prop_map(Step::Update),
        2 => (0u8..4).prop_map(Step::End),
        4 => (1u64..40, 0u64..8).prop_map(|(from, more)| Step::Acknowledge(from, from + more)),
        1 => Just(Step::Crash),
        1 => Just(Step::CloseLeftOpen),
    ]
}

/// What should be so.
#[derive(Default)]
struct Model {
    /// State of each event, by place (seq - 1).
    said: Vec<State>,
    acknowledged: BTreeSet<u64>,
    /// Open passages and their last revision.
    open: BTreeMap<u128, u32>,
}

impl Model {
    fn waiting(&self) -> Vec<u64> {
        (1..=self.said.len() as u64).filter(|seq| !self.acknowledged.contains(seq)).collect()
    }
}

/// What a power cut leaves: the files as they are at this moment, without any closing.
fn image(from: &Path, to: &Path) {
    for name in ["outbox.sqlite", "outbox.sqlite-wal"] {
        if from.join(name).exists() {
            std::fs::copy(from.join(name), to.join(name)).unwrap();
        }
    }
}

async fn run(steps: Vec<Step>) -> Result<(), TestCaseError> {
    let mut dir = tempfile::tempdir().unwrap();
    let mut outbox = open(dir.path()).await;
    let log_id = outbox.log_id();
    let mut model = Model::default();
    for (number, step) in steps.into_iter().enumerate() {
        match step {
            Step::Count(revision) => {
                let draft = EventDraft { revision, ..count_draft(1000 + number as u128) };
                outbox.append(vec![draft]).await.unwrap();
                model.said.push(State::Final);
            }
            Step::Together(which) => {
                let passage = u128::from(which);
                let ended = model.open.remove(&passage);
                let drafts = vec![
                    pass_draft(passage, ended.map_or(2, |r| r + 1), State::Final),
                    EventDraft { revision: 2, ..count_draft(1000 + number as u128) },
                    pass_draft(99, 2, State::Update),
                ];
                let made = outbox.append(drafts).await.unwrap();
                prop_assert_eq!(made.len(), 1 + usize::from(ended.is_some()));
                model.said.extend(made.iter().map(|_| State::Final));
            }
            Step::Open(which) => {
                let passage = u128::from(which);
                let made = outbox.append(vec![pass_draft(passage, 1, State::New)]).await;
                prop_assert_eq!(made.is_ok(), !model.open.contains_key(&passage));
                if made.is_ok() {
                    model.open.insert(passage, 1);
                    model.said.push(State::New);
                }
            }
            Step::Update(which) | Step::End(which) => {
                let passage = u128::from(which);
                let state = if matches!(step, Step::End(_)) { State::Final } else { State::Update };
                let revision = model.open.get(&passage).map_or(2, |r| r + 1);
                let made = outbox.append(vec![pass_draft(passage, revision, state)]).await;
                prop_assert_eq!(made.is_ok(), model.open.contains_key(&passage));
                if made.is_ok() {
                    model.said.push(state);
                    if state == State::Final {
                        model.open.remove(&passage);
                    } else {
                        model.open.insert(passage, revision);
                    }
                }
            }
            Step::Acknowledge(from, to) => {
                let last = model.said.len() as u64;
                let fresh = (from..=to.min(last)).filter(|s| model.acknowledged.insert(*s)).count();
                let done = outbox.acknowledge(ack(&outbox, &[(from, to)])).await.unwrap();
                prop_assert_eq!(done.forgotten, fresh as u64);
                prop_assert_eq!(done.beyond_end, to > last);
            }
            Step::Crash => {
                let next = tempfile::tempdir().unwrap();
                image(dir.path(), next.path());
                outbox = open(next.path()).await;
                dir = next;
            }
            Step::CloseLeftOpen => {
                let closed = outbox.close_left_open().await.unwrap();
                prop_assert_eq!(closed.len(), model.open.len());
                model.said.extend(model.open.values().map(|_| State::Final));
                model.open.clear();
            }
        }
        prop_assert_eq!(outbox.last_seq(), model.said.len() as u64);
        prop_assert_eq!(waiting(&outbox).await, model.waiting());
    }
    prop_assert_eq!(outbox.log_id(), log_id);
    let summary = outbox.ledger_summary().await.unwrap();
    prop_assert_eq!(summary.events, model.said.len() as u64);
    prop_assert_eq!(summary.unacknowledged, model.waiting().len() as u64);
    let finals = model.said.iter().filter(|s| **s == State::Final).count() as u64;
    let told: u64 = summary.by_kind.values().filter_map(|states| states.get("final")).sum();
    prop_assert_eq!(told, finals);
    drop(dir);
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]
    #[test]
    fn the_file_says_what_the_model_says(steps in proptest::collection::vec(step(), 1..60)) {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
        runtime.block_on(run(steps))?;
    }
}
