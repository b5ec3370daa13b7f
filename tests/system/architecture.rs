//! The shape of the source tree, as a test: which stage may know which, where SQL, topics and GStreamer may stand, that
//! every file says what it is for. A new arrow is a new line here, and wants a reason in its commit.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use stage::checkout::root;

/// The node's stages as `lib.rs` lists them: the order of the data (design section 3), then what every stage may need.
const EDGE_NODE_ORDER: &[&str] = &[
    "camera",
    "activity",
    "frame",
    "picture",
    "inference",
    "detection",
    "tracking",
    "recognition",
    "gallery",
    "rules",
    "viewing",
    "gate",
    "evidence",
    "events",
    "outbox",
    "uplink",
    "pipeline",
    "config",
    "health",
    "telemetry",
    "cli",
];
/// These are no stages: what is handed on, and the node's own affairs.
const EDGE_NODE_ASIDE: &[&str] = &["frame", "picture", "config", "health", "telemetry"];

/// The centre's parts as `lib.rs` lists them.
const CENTRAL_ORDER: &[&str] = &[
    "ingest",
    "correlation",
    "people",
    "visits",
    "vehicles",
    "cases",
    "counting",
    "devices",
    "fleet",
    "forward",
    "evidence",
    "store",
    "auth",
    "audit",
    "privacy",
    "jobs",
    "live",
    "api",
    "telemetry",
    "config",
    "app",
    "cli",
];

/// Who knows whom on the node. A stage may use itself, `contract`, and what stands behind its name.
const EDGE_NODE: &[(&str, &[&str])] = &[
    ("picture", &[]),
    ("frame", &["picture"]),
    ("camera", &["frame", "picture"]),
    ("activity", &["picture"]),
    ("inference", &["picture"]),
    ("detection", &["picture", "inference", "activity"]),
    ("tracking", &["detection"]),
    ("recognition", &["picture", "frame", "inference", "detection", "tracking"]),
    ("gallery", &["recognition"]),
    ("rules", &["tracking", "detection"]),
    // A still of a frame, and lines tried on the ways of tracks.
    ("viewing", &["frame", "picture", "tracking", "rules", "detection"]),
    // It holds fresh frames and pictures, follows faces, and asks how a face turned.
    ("gate", &["frame", "picture", "tracking", "recognition", "telemetry"]),
    ("evidence", &["picture", "telemetry"]),
    ("events", &["tracking", "gate"]),
    ("outbox", &["events", "evidence", "telemetry"]),
    // Galleries and orders come down through it.
    ("uplink", &["outbox", "events", "evidence", "gallery", "gate", "viewing", "telemetry"]),
    ("health", &["events", "camera", "activity", "outbox", "evidence", "telemetry"]),
    ("telemetry", &[]),
    // Settings stand beside their stage; config.rs composes them.
    ("config", &["uplink", "telemetry", "evidence", "gate"]),
];

/// These know every stage: that is what they are for.
const EDGE_NODE_WIRES: &[&str] = &["pipeline", "cli", "main"];

/// Who knows whom in the centre.
const CENTRAL: &[(&str, &[&str])] = &[
    ("ingest", &["correlation", "store", "fleet", "live", "telemetry"]),
    ("correlation", &["store"]),
    // An enrolment is on record, goes to nodes as a bundle, and wants two registrars.
    ("people", &["store", "auth", "audit", "fleet", "telemetry"]),
    // Rules of a decision and the way of an order: values only.
    ("visits", &[]),
    ("vehicles", &["store"]),
    ("cases", &["store", "auth"]),
    ("counting", &["store"]),
    // A wish goes down the way an order goes.
    ("devices", &["visits"]),
    // An enrolment is on record.
    ("fleet", &["store", "evidence", "telemetry", "audit", "auth"]),
    // A guard's decision goes up in the transaction that stores it.
    ("forward", &["store", "fleet", "evidence", "telemetry"]),
    ("evidence", &["store"]),
    ("store", &["cases", "correlation", "auth", "audit", "vehicles", "counting", "ingest"]),
    ("privacy", &["auth", "store"]),
    ("auth", &["store"]),
    ("audit", &["store", "auth"]),
    ("jobs", &["store", "auth", "audit", "evidence", "fleet", "ingest", "people", "privacy", "telemetry"]),
    ("live", &["auth"]),
    (
        "api",
        &[
            "auth", "audit", "cases", "counting", "devices", "evidence", "fleet", "forward", "live", "people",
            "privacy", "store", "vehicles", "visits",
        ],
    ),
    ("telemetry", &[]),
    ("config", &["telemetry", "evidence", "audit", "people", "forward"]),
];

const CENTRAL_WIRES: &[&str] = &["app", "cli", "main"];

/// Every Rust file of the workspace, with its path from the root.
fn sources() -> Vec<(PathBuf, String)> {
    fn walk(dir: &Path, found: &mut Vec<PathBuf>) {
        for entry in fs::read_dir(dir).into_iter().flatten().flatten() {
            let path = entry.path();
            if path.is_dir() {
                walk(&path, found);
            } else if path.extension().is_some_and(|e| e == "rs") {
                found.push(path);
            }
        }
    }
    let mut found = Vec::new();
    for crate_dir in ["contract", "courier", "edge-node", "central", "sample-video", "benches", "tests"] {
        walk(&root().join(crate_dir), &mut found);
    }
    found.sort();
    assert!(found.len() > 50, "only {} source files were found: is the root right?", found.len());
    let relative = |p: PathBuf| p.strip_prefix(root()).map(Path::to_path_buf).unwrap_or(p);
    found.into_iter().map(|p| (relative(p.clone()), fs::read_to_string(&p).unwrap())).collect()
}

/// `edge-node/src/rules/lines.rs` → `rules`.
fn stage_of(path: &Path, crate_dir: &str) -> Option<String> {
    let inside = path.strip_prefix(Path::new(crate_dir).join("src")).ok()?;
    let first = inside.components().next()?.as_os_str().to_string_lossy().into_owned();
    // `identity_tests.rs` is a part of `identity`.
    Some(first.trim_end_matches(".rs").trim_end_matches("_tests").to_owned())
}

/// The names behind every `crate::`, also inside `crate::{a, b}`; comments do not count.
fn used(text: &str) -> BTreeSet<String> {
    let code: String = text.lines().filter(|l| !l.trim_start().starts_with("//")).collect::<Vec<_>>().join("\n");
    let mut names = BTreeSet::new();
    for (at, _) in code.match_indices("crate::") {
        // `$crate::` and `other_crate::` are something else.
        if code[..at].ends_with(|c: char| c.is_alphanumeric() || c == '_' || c == '$') {
            continue;
        }
        let rest = &code[at + "crate::".len()..];
        let word = |t: &str| t.chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect::<String>();
        if let Some(list) = rest.strip_prefix('{') {
            let mut depth = 0;
            let mut start = true;
            for (i, c) in list.char_indices() {
                match c {
                    '{' => depth += 1,
                    '}' if depth == 0 => break,
                    '}' => depth -= 1,
                    ',' if depth == 0 => start = true,
                    c if start && (c.is_alphabetic() || c == '_') && depth == 0 => {
                        names.insert(word(&list[i..]));
                        start = false;
                    }
                    _ => {}
                }
            }
        } else {
            names.insert(word(rest));
        }
    }
    names
}

fn forbidden_arrows(crate_dir: &str, table: &[(&str, &[&str])], wires: &[&str]) -> Vec<String> {
    let table: BTreeMap<&str, &[&str]> = table.iter().copied().collect();
    let mut faults = Vec::new();
    for (path, text) in sources() {
        let Some(stage) = stage_of(&path, crate_dir) else {
            continue;
        };
        if stage == "lib" || wires.contains(&stage.as_str()) {
            continue;
        }
        let Some(allowed) = table.get(stage.as_str()) else {
            faults.push(format!("{}: the stage {stage} is not in the table", path.display()));
            continue;
        };
        for name in used(&text) {
            let known = table.contains_key(name.as_str()) || wires.contains(&name.as_str());
            if known && name != stage && !allowed.contains(&name.as_str()) {
                faults.push(format!("{}: {stage} → {name}", path.display()));
            }
        }
    }
    faults
}

#[test]
fn a_stage_of_the_node_knows_only_what_the_table_allows() {
    let faults = forbidden_arrows("edge-node", EDGE_NODE, EDGE_NODE_WIRES);
    assert!(faults.is_empty(), "arrows that are not allowed:\n{}", faults.join("\n"));
}

#[test]
fn a_stage_of_the_centre_knows_only_what_the_table_allows() {
    let faults = forbidden_arrows("central", CENTRAL, CENTRAL_WIRES);
    assert!(faults.is_empty(), "arrows that are not allowed:\n{}", faults.join("\n"));
}

#[test]
fn the_arrow_finder_sees_what_it_must() {
    let text = "use crate::a::B;\nuse crate::{c::D, e};\n// crate::f\nlet x = crate::g::h();\nmacro $crate::i";
    let names: Vec<String> = used(text).into_iter().collect();
    assert_eq!(names, ["a", "c", "e", "g"]);
}

#[test]
fn every_file_says_what_it_is_for_and_none_is_endless() {
    let mut faults = Vec::new();
    for (path, text) in sources() {
        if !text.starts_with("//!") {
            faults.push(format!("{} does not open with //!", path.display()));
        }
        let lines = text.lines().count();
        if lines > 800 {
            faults.push(format!("{} has {lines} lines", path.display()));
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

#[test]
fn the_stages_stand_in_the_order_of_the_data() {
    for (lib, order) in [("edge-node/src/lib.rs", EDGE_NODE_ORDER), ("central/src/lib.rs", CENTRAL_ORDER)] {
        let text = fs::read_to_string(root().join(lib)).unwrap();
        let listed: Vec<&str> =
            text.lines().filter_map(|line| line.strip_prefix("pub mod ")?.strip_suffix(';')).collect();
        assert_eq!(listed, order, "{lib}");
    }
    // An arrow never points down the list.
    let place = |stage: &str| EDGE_NODE_ORDER.iter().position(|s| *s == stage).unwrap();
    for (stage, known) in EDGE_NODE.iter().filter(|(stage, _)| !EDGE_NODE_ASIDE.contains(stage)) {
        for other in known.iter().filter(|other| !EDGE_NODE_ASIDE.contains(other)) {
            assert!(place(other) < place(stage), "{stage} knows {other}, which comes after it");
        }
    }
}

#[test]
fn the_contract_touches_no_file_no_network_and_no_runtime() {
    let words = ["std::fs", "std::net", "tokio", "sqlx", "std::env"];
    for (path, text) in sources().into_iter().filter(|(path, _)| path.starts_with("contract/src")) {
        let code = text.split("#[cfg(test)]").next().unwrap_or_default();
        let code: Vec<&str> = code.lines().filter(|line| !line.trim_start().starts_with("//")).collect();
        for word in words {
            assert!(!code.iter().any(|line| line.contains(word)), "{} holds {word}", path.display());
        }
    }
}

#[test]
fn sql_topics_and_gstreamer_stand_where_they_belong() {
    let here = Path::new("tests/system/architecture.rs");
    let places: [(&str, &[&str]); 4] = [
        // A template leaves the process on one way only: somebody handed the picture in to be enrolled.
        ("into_enrolment_values", &["edge-node/src/recognition"]),
        ("sqlx::query", &["central/src/store", "edge-node/src/outbox", "tests"]),
        ("\"chilang/v1", &["contract/", "central/src/fleet", "tests/src/broker.rs", "docs"]),
        ("use gstreamer", &["edge-node/src/camera", "sample-video/", "edge-node/src/cli/doctor.rs"]),
    ];
    let mut faults = Vec::new();
    for (path, text) in sources() {
        for (word, allowed) in places {
            let at_home = path == here || allowed.iter().any(|place| path.starts_with(place));
            if !at_home && text.contains(word) {
                faults.push(format!("{} holds {word}", path.display()));
            }
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}
