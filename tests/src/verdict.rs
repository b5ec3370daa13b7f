//! Whether what arrived is what happened. Three accounts that were written independently are compared: the renderer's
//! truth (before anything ran), the node's append-only ledger, and the centre's rows. Nothing here knows how any of them
//! came about, and nothing is forgiven in silence: every shortfall is a sentence.

use std::collections::BTreeMap;
use std::path::Path;

use anyhow::{Context as _, Result};
use sample_video::truth::{Class, Passage, Truth};
use serde::{Deserialize, Serialize};

use crate::checkout::program;
use crate::process::run;
use crate::verdict_gates::{CentreArrival, GateComparison, gates};

/// Of the plates the truth names, this share must be read right. The samples hold dirty, blurred and slanted ones on
/// purpose; a machine that plays cameras at real speed reads at most two shots a second.
pub const LEAST_PLATE_SHARE: f64 = 0.6;
/// So many texts that nothing settled may be wrong: the samples hold plates that cannot be read, on purpose.
pub const MOST_WRONG_PLATES: usize = 1;
/// Crossings of a line may differ from the truth by this share of them, and by two in any case: what the method without
/// weights reaches on the samples so far (docs/roadmap.md). On the square it counts 12 of 10 out in a replay, and 11 to 14 in
/// plays at real speed, where each run sees other frames. A line in the field is accepted at 5 %.
pub const COUNT_TOLERANCE: f64 = 0.4;

/// `edge-node ledger`.
#[derive(Debug, Clone, Deserialize)]
pub struct NodeLedger {
    /// The ledger.
    pub log_id: String,
    /// Events made.
    pub events: u64,
    /// Last number.
    pub last_seq: u64,
    /// Events by kind and state.
    pub by_kind: BTreeMap<String, BTreeMap<String, u64>>,
    /// Passages without an end.
    pub passages_open: u64,
    /// Events the centre has not acknowledged.
    pub unacknowledged: u64,
    /// Pictures by state.
    pub evidence: BTreeMap<String, u64>,
}

impl NodeLedger {
    /// Does the centre have everything, pictures too?
    #[must_use]
    pub fn all_is_said(&self) -> bool {
        let waiting =
            ["at_edge", "wanted", "uploading"].iter().filter_map(|state| self.evidence.get(*state)).sum::<u64>();
        self.unacknowledged == 0 && waiting == 0
    }
}

/// `central ledger --json`, as far as the verdict needs it.
#[derive(Debug, Clone, Deserialize)]
pub struct CentreLedger {
    /// By node.
    pub nodes: Vec<CentreNode>,
    /// Passages by kind.
    pub passages: BTreeMap<String, CentrePassages>,
    /// Sums by line.
    pub counts: Vec<CentreCount>,
    /// Vehicles' passages that are over.
    pub passes: Vec<CentrePass>,
    /// Cases.
    pub cases: Vec<CentreCase>,
    /// People who came to a gate.
    #[serde(default)]
    pub arrivals: Vec<CentreArrival>,
    /// Pictures by state.
    pub evidence: BTreeMap<String, u64>,
    /// Quarantined messages by reason.
    pub quarantine: BTreeMap<String, u64>,
}

impl CentreLedger {
    /// What of it came from one node, for a comparison with that node's own account.
    #[must_use]
    pub fn of_node(&self, node: &str) -> Self {
        let mut own = self.clone();
        own.nodes.retain(|n| n.node == node);
        own
    }
}

/// One node in the centre.
#[derive(Debug, Clone, Deserialize)]
pub struct CentreNode {
    /// `site/node`.
    pub node: String,
    /// Rows by kind.
    pub events: BTreeMap<String, u64>,
    /// Different numbers among them.
    pub distinct: u64,
    /// Its ledgers.
    pub ledgers: Vec<CentreLog>,
}

/// One ledger in the centre.
#[derive(Debug, Clone, Deserialize)]
pub struct CentreLog {
    /// Which.
    pub log_id: String,
    /// Rows.
    pub rows: u64,
    /// What was made and is not there.
    #[serde(default)]
    pub gaps: Vec<(u64, u64)>,
}

/// Passages of one kind in the centre.
#[derive(Debug, Clone, Deserialize)]
pub struct CentrePassages {
    /// How many.
    pub passages: u64,
    /// Without an end.
    pub without_final: u64,
    /// With more than one.
    pub with_more_than_one: u64,
}

/// One line in the centre.
#[derive(Debug, Clone, Deserialize)]
pub struct CentreCount {
    /// The camera.
    pub camera: String,
    /// The line.
    pub line: String,
    /// In.
    #[serde(rename = "in")]
    pub entered: u64,
    /// Out.
    pub out: u64,
    /// In doubt.
    pub doubtful: u64,
}

/// One vehicle's passage in the centre.
#[derive(Debug, Clone, Deserialize)]
pub struct CentrePass {
    /// The camera.
    pub camera: String,
    /// The plate's key.
    pub plate_key: Option<String>,
    /// Frames that read exactly this.
    #[serde(default)]
    pub plate_agreeing_reads: u32,
    /// A weak character was changed.
    #[serde(default)]
    pub plate_corrected: bool,
}

/// One case in the centre.
#[derive(Debug, Clone, Deserialize)]
pub struct CentreCase {
    /// The camera.
    pub camera: String,
    /// The behaviour.
    pub violation: String,
    /// The plate's key.
    pub plate_key: Option<String>,
}

/// Reads both ledgers of a run from what it left on disk.
pub fn read_ledgers(dir: &Path) -> Result<(NodeLedger, CentreLedger)> {
    let node = read("edge-node", &["ledger"], &dir.join("edge-node/edge-node.toml"))?;
    Ok((node, centre_ledger(&dir.join("central/central.toml"))?))
}

/// What the centre with this configuration holds.
pub fn centre_ledger(config: &Path) -> Result<CentreLedger> {
    let site = crate::set::NODE.split('/').next().unwrap_or_default();
    read("central", &["ledger", "--json", "--plates-of", site], config)
}

fn read<T: serde::de::DeserializeOwned>(name: &str, args: &[&str], config: &Path) -> Result<T> {
    let config = config.to_string_lossy();
    let mut all = args.to_vec();
    all.extend(["--config", &config]);
    let text = run(&program(name)?, &all)?;
    serde_json::from_str(&text).with_context(|| format!("reading what `{name} ledger` printed"))
}

/// One line of the truth beside what was counted.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct CountComparison {
    /// The camera.
    pub camera: String,
    /// The line.
    pub line: String,
    /// In, by the truth.
    pub truth_in: u64,
    /// In, as counted.
    #[serde(rename = "in")]
    pub counted_in: u64,
    /// Out, by the truth.
    pub truth_out: u64,
    /// Out, as counted.
    #[serde(rename = "out")]
    pub counted_out: u64,
    /// In doubt.
    pub doubtful: u64,
}

/// Plates read.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct PlateComparison {
    /// Passages with a plate, by the truth.
    pub of: u64,
    /// Read exactly.
    pub right: u64,
    /// Texts on final passes that no vehicle carries.
    pub wrong: u64,
    /// Of these, texts that two or more frames agreed on without correction: the service was sure, and was wrong.
    pub surely_wrong: u64,
    /// Those the truth names that were not read.
    pub missed: Vec<String>,
}

/// The outcome.
#[derive(Debug, Clone, Serialize)]
pub struct Verdict {
    /// Everything that was owed is there.
    pub passed: bool,
    /// What is not, in sentences.
    pub shortfalls: Vec<String>,
    /// Rows in the centre by kind.
    pub events: BTreeMap<String, u64>,
    /// Plates.
    pub plates: PlateComparison,
    /// Lines.
    pub counts: Vec<CountComparison>,
    /// Visits to the gates: a self-match of one portrait, no measure of accuracy.
    pub gates: Vec<GateComparison>,
    /// Suspicions that became cases.
    pub suspicions: u64,
    /// Suspicions the truth knows.
    pub suspicions_truth: u64,
    /// Events the node made that the centre does not have.
    pub lost: u64,
    /// Rows beyond one for each event, and finals beyond one for each passage.
    pub duplicates: u64,
    /// Pictures by state.
    pub evidence: BTreeMap<String, u64>,
    /// Quarantined messages by reason.
    pub quarantine: BTreeMap<String, u64>,
}

/// Compares the three accounts.
#[must_use]
pub fn judge(truths: &[Truth], node: &NodeLedger, centre: &CentreLedger) -> Verdict {
    let mut shortfalls = Vec::new();
    let (lost, duplicates) = ledgers(node, centre, &mut shortfalls);
    let plates = plates(truths, centre, &mut shortfalls);
    let counts = counts(truths, centre, &mut shortfalls);
    let gates = gates(truths, &centre.arrivals, &mut shortfalls);
    let (suspicions, suspicions_truth) = suspicions(truths, centre, &mut shortfalls);
    if !centre.quarantine.is_empty() {
        shortfalls.push(format!("messages in quarantine: {:?}", centre.quarantine));
    }
    let waiting: u64 = centre.evidence.iter().filter(|(state, _)| *state != "stored").map(|(_, n)| n).sum();
    if waiting > 0 || centre.evidence.is_empty() {
        shortfalls.push(format!("pictures that are not stored: {:?}", centre.evidence));
    }
    let mut events: BTreeMap<String, u64> = BTreeMap::new();
    for (kind, rows) in centre.nodes.iter().flat_map(|n| &n.events) {
        *events.entry(kind.clone()).or_default() += rows;
    }
    Verdict {
        passed: shortfalls.is_empty(),
        shortfalls,
        events,
        plates,
        counts,
        gates,
        suspicions,
        suspicions_truth,
        lost,
        duplicates,
        evidence: centre.evidence.clone(),
        quarantine: centre.quarantine.clone(),
    }
}

/// How many events are lost, and how many rows or finals are there more than once; every difference is a sentence.
pub fn ledgers(node: &NodeLedger, centre: &CentreLedger, shortfalls: &mut Vec<String>) -> (u64, u64) {
    let logs: Vec<&CentreLog> = centre.nodes.iter().flat_map(|n| &n.ledgers).collect();
    let rows: u64 = logs.iter().map(|l| l.rows).sum();
    let distinct: u64 = centre.nodes.iter().map(|n| n.distinct).sum();
    let lost = node.events.saturating_sub(distinct);
    let doubled_finals: u64 = centre.passages.values().map(|p| p.with_more_than_one).sum();
    let duplicates = rows.saturating_sub(distinct) + doubled_finals;
    let open: u64 = centre.passages.values().map(|p| p.without_final).sum();
    if node.events == 0 {
        shortfalls.push("the node made no event at all".to_owned());
    }
    if lost > 0 {
        shortfalls.push(format!("{lost} of {} events the node made are not in the centre", node.events));
    }
    if distinct > node.events {
        shortfalls.push(format!("the centre has {distinct} events, the node made only {}", node.events));
    }
    if duplicates > 0 {
        shortfalls.push(format!("{duplicates} rows or finals are there more than once"));
    }
    if open > 0 || node.passages_open > 0 {
        shortfalls.push(format!("passages without a final: {open} in the centre, {} on the node", node.passages_open));
    }
    for (kind, states) in &node.by_kind {
        let made: u64 = states.values().sum();
        let there: u64 = centre.nodes.iter().filter_map(|n| n.events.get(kind)).sum();
        if made != there {
            shortfalls.push(format!("{kind}: the node made {made}, the centre has {there} rows"));
        }
    }
    (lost, duplicates)
}

/// How many suspicions of a wrong way there are, and how many the truth has; they must be of the same cameras, and none may name
/// a vehicle that went the right way.
fn suspicions(truths: &[Truth], centre: &CentreLedger, shortfalls: &mut Vec<String>) -> (u64, u64) {
    let cases: Vec<&CentreCase> = centre.cases.iter().filter(|c| c.violation.ends_with("WRONGWAY")).collect();
    let mut of_truth = 0;
    for truth in truths {
        let owed = truth.passages.iter().filter(|p| p.wrong_way).count();
        let mine: Vec<&&CentreCase> = cases.iter().filter(|c| c.camera == truth.camera).collect();
        of_truth += owed;
        if mine.len() != owed {
            shortfalls.push(format!(
                "{}: {} suspicions of a wrong way, the truth has {owed}",
                truth.camera,
                mine.len()
            ));
        }
        for key in mine.iter().filter_map(|case| case.plate_key.as_deref()) {
            let carries = |p: &&Passage| p.plate.as_ref().is_some_and(|plate| plate.key == key);
            if truth.passages.iter().find(carries).is_some_and(|p| !p.wrong_way) {
                shortfalls.push(format!("{}: a vehicle that went the right way is suspected", truth.camera));
            }
        }
    }
    let known = |case: &&&CentreCase| truths.iter().any(|truth| truth.camera == case.camera);
    if let Some(case) = cases.iter().find(|case| !known(case)) {
        shortfalls.push(format!("a suspicion at {}, of which the truth knows nothing", case.camera));
    }
    (cases.len() as u64, of_truth as u64)
}

fn plates(truths: &[Truth], centre: &CentreLedger, shortfalls: &mut Vec<String>) -> PlateComparison {
    let carried: Vec<(&str, &str)> = truths
        .iter()
        .flat_map(|t| t.passages.iter().filter_map(|p| Some((t.camera.as_str(), p.plate.as_ref()?.key.as_str()))))
        .collect();
    let read: Vec<(&CentrePass, &str)> =
        centre.passes.iter().filter_map(|p| Some((p, p.plate_key.as_deref()?))).collect();
    let missed: Vec<String> = carried
        .iter()
        .filter(|(camera, key)| !read.iter().any(|(p, k)| p.camera == *camera && k == key))
        .map(|(_, key)| (*key).to_owned())
        .collect();
    let wrong: Vec<&(&CentrePass, &str)> =
        read.iter().filter(|(p, k)| !carried.iter().any(|(camera, key)| p.camera == *camera && k == key)).collect();
    let surely_wrong = wrong.iter().filter(|(p, _)| p.plate_agreeing_reads >= 2 && !p.plate_corrected).count() as u64;
    let of = carried.len() as u64;
    let right = of - missed.len() as u64;
    if (right as f64) < LEAST_PLATE_SHARE * of as f64 {
        shortfalls
            .push(format!("{right} of {of} plates were read, at least {:.0} % are owed", LEAST_PLATE_SHARE * 100.0));
    }
    if surely_wrong > 0 {
        shortfalls.push(format!("{surely_wrong} plates were read with certainty that no vehicle carries"));
    }
    if wrong.len() > MOST_WRONG_PLATES {
        shortfalls.push(format!("{} plates were read that no vehicle carries", wrong.len()));
    }
    let vehicles = truths.iter().flat_map(|t| &t.passages).filter(|p| p.class != Class::Person).count();
    let most = vehicles + vehicles / 4 + 1;
    if centre.passes.len() > most {
        shortfalls.push(format!("{} passages of vehicles, the truth has {vehicles}", centre.passes.len()));
    }
    PlateComparison { of, right, wrong: wrong.len() as u64, surely_wrong, missed }
}

fn counts(truths: &[Truth], centre: &CentreLedger, shortfalls: &mut Vec<String>) -> Vec<CountComparison> {
    let mut compared = Vec::new();
    for truth in truths {
        for line in &truth.lines {
            let of = |direction| {
                let crossing = |p: &Passage| {
                    p.crossings.iter().filter(|c| c.line == line.name && c.direction == direction).count()
                };
                truth.passages.iter().map(crossing).sum::<usize>() as u64
            };
            let (truth_in, truth_out) = (of(contract::event::Direction::In), of(contract::event::Direction::Out));
            let mine = centre.counts.iter().filter(|c| c.camera == truth.camera && c.line == line.name);
            let (mut counted_in, mut counted_out, mut doubtful) = (0, 0, 0);
            for count in mine {
                counted_in += count.entered;
                counted_out += count.out;
                doubtful += count.doubtful;
            }
            for (way, owed, counted) in [("in", truth_in, counted_in), ("out", truth_out, counted_out)] {
                let allowed = (owed as f64 * COUNT_TOLERANCE).max(2.0);
                if (owed.abs_diff(counted) as f64) > allowed {
                    shortfalls
                        .push(format!("{}/{} {way}: counted {counted}, the truth has {owed}", truth.camera, line.name));
                }
            }
            let (camera, line) = (truth.camera.clone(), line.name.clone());
            compared.push(CountComparison { camera, line, truth_in, counted_in, truth_out, counted_out, doubtful });
        }
    }
    compared
}
