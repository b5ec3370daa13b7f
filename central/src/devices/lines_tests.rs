//! Drawings on rules that hold more than lines.

use proptest::prelude::*;

use super::*;

fn cameras() -> CamerasContent {
    let camera = |name: &str, purpose: &str| {
        json!({ "name": name, "title": "Máy", "controller": "police", "purpose": purpose, "uri": "rtsp://10.0.0.5/a",
                "legal_basis": "Quyết định 1", "sign": { "text": "CÓ CAMERA", "since": "2026-11-01" } })
    };
    serde_json::from_value(json!({ "cameras": [camera("road-1", "traffic"), camera("gate-1", "face_access")] }))
        .unwrap()
}

fn camera(name: &str) -> CameraSpec {
    cameras().cameras.into_iter().find(|c| c.name.as_str() == name).unwrap()
}

fn segment(ax: f64, ay: f64, bx: f64, by: f64) -> Value {
    json!({ "a": { "x": ax, "y": ay }, "b": { "x": bx, "y": by } })
}

/// Two lines on the road, one of them a rule's; a door's line and a zone at the gate; a field nobody here knows.
fn rules() -> Value {
    json!({
        "lines": [
            { "name": "way", "camera": "road-1", "title": "Một chiều", "counts": "vehicles",
              "segment": segment(0.1, 0.5, 0.9, 0.5), "colour": "red" },
            { "name": "door", "camera": "gate-1", "title": "Cửa", "counts": "persons", "segment": segment(0.2, 0.8, 0.8, 0.8) },
            { "name": "back", "camera": "road-1", "title": "Sau", "counts": "vehicles", "segment": segment(0.1, 0.7, 0.9, 0.7) },
        ],
        "wrong_way": [{ "name": "wrong-way", "version": 1, "camera": "road-1", "line": "way", "forbidden": "out",
                        "violation_car": "C-WRONGWAY", "violation_motorcycle": "M-WRONGWAY" }],
        "gates": [{ "name": "main", "title": "Cổng chính", "camera": "gate-1", "door_line": "door", "face_alone": true,
                    "approach": [{ "x": 0.2, "y": 0.2 }, { "x": 0.8, "y": 0.2 }, { "x": 0.5, "y": 0.9 }] }],
        "later": { "version": 2 },
    })
}

fn line(id: &str, name: &str, points: &[[f64; 2]]) -> DrawnLine {
    DrawnLine { id: id.to_owned(), name: name.to_owned(), points: points.to_vec() }
}

fn way() -> DrawnLine {
    line("way", "Một chiều", &[[0.1, 0.5], [0.9, 0.5]])
}

fn draw(on: &str, lines: Vec<DrawnLine>, zones: Vec<DrawnZone>) -> Result<Value, Vec<String>> {
    redraw(&rules(), &cameras(), &camera(on), &Drawing { lines, zones })
        .map_err(|faults| faults.into_iter().map(|f| format!("{}: {}", f.key, f.en)).collect())
}

#[test]
fn what_is_in_force_is_shown_with_what_rests_on_it() {
    let typed: RulesContent = serde_json::from_value(rules()).unwrap();
    let road = in_force(&typed, &camera("road-1"));
    assert_eq!((road.counts, road.zones.len()), ("vehicles", 0));
    assert_eq!(road.lines[0].points, [[0.1, 0.5], [0.9, 0.5]], "no noise of the conversion");
    assert_eq!(road.lines[0].used_by, [UsedBy { kind: "wrong_way", name: "wrong-way".to_owned() }]);
    assert_eq!(road.lines[1].used_by, []);
    let gate = in_force(&typed, &camera("gate-1"));
    assert_eq!(gate.lines[0].used_by, [UsedBy { kind: "door", name: "main".to_owned() }]);
    assert_eq!((gate.counts, gate.zones[0].id.as_str(), gate.zones[0].points.len()), ("persons", "main", 3));
}

#[test]
fn a_drawing_changes_its_camera_and_nothing_else() {
    // As it was: not a byte changes, fields nobody knows included.
    let back = line("back", "Sau", &[[0.1, 0.7], [0.9, 0.7]]);
    let same = draw("road-1", vec![way(), back], vec![]).unwrap();
    let sorted = |value: &Value| {
        let mut lines = value["lines"].as_array().unwrap().clone();
        lines.sort_by_key(|line| line["name"].to_string());
        lines
    };
    assert_eq!(sorted(&same), sorted(&rules()));
    // One line moved, one taken away, one new.
    let new = line("toll", " Trạm thu phí ", &[[0.3, 0.3], [0.333_333_333, 0.6]]);
    let changed = draw("road-1", vec![line("way", "Đường Trần Phú", &[[0.2, 0.5], [0.9, 0.6]]), new], vec![]).unwrap();
    let names: Vec<_> = changed["lines"].as_array().unwrap().iter().map(|l| l["name"].as_str().unwrap()).collect();
    assert_eq!(names, ["door", "way", "toll"]);
    assert_eq!(changed["lines"][1]["colour"], "red", "a field nobody here knows stays");
    assert_eq!(changed["lines"][1]["title"], "Đường Trần Phú");
    assert_eq!(
        changed["lines"][2],
        json!({ "name": "toll", "camera": "road-1", "title": "Trạm thu phí", "counts": "vehicles",
        "segment": segment(0.3, 0.3, 0.33333, 0.6) })
    );
    for key in ["wrong_way", "gates", "later"] {
        assert_eq!(changed[key], rules()[key], "{key}");
    }
    // A zone: its corners alone.
    let zone = DrawnZone { id: "main".to_owned(), points: vec![[0.1, 0.1], [0.9, 0.1], [0.9, 0.9], [0.1, 0.9]] };
    let changed = draw("gate-1", vec![line("door", "Cửa", &[[0.2, 0.8], [0.8, 0.8]])], vec![zone]).unwrap();
    let mut expected = rules()["gates"].clone();
    expected[0]["approach"] =
        json!([{ "x": 0.1, "y": 0.1 }, { "x": 0.9, "y": 0.1 }, { "x": 0.9, "y": 0.9 }, { "x": 0.1, "y": 0.9 }]);
    assert_eq!(changed["gates"], expected);
}

#[test]
fn every_fault_is_named_at_once_with_its_key() {
    let zone = |id: &str, points: &[[f64; 2]]| DrawnZone { id: id.to_owned(), points: points.to_vec() };
    let found = draw(
        "gate-1",
        vec![
            line("Cửa", "", &[[0.1, 0.1], [0.9, 1.1]]),
            line("door", "Cửa", &[[0.8, 0.8], [0.2, 0.8]]),
            line("door", "Cửa", &[[0.5, 0.5], [0.51, 0.5]]),
            line("more", "Nữa", &[[0.5, 0.5], [0.6, 0.6], [0.7, 0.7]]),
        ],
        vec![
            zone("other", &[[0.1, 0.1], [0.9, 0.1]]),
            zone("main", &[[0.1, 0.1], [0.9, 0.1], [0.5, 0.1]]),
            zone("main", &[[0.1, 0.1], [0.9, 0.9], [0.9, 0.1], [0.1, 0.8]]),
        ],
    )
    .unwrap_err();
    let keys: Vec<&str> = found.iter().map(|f| f.split(": ").next().unwrap()).collect();
    assert_eq!(
        keys,
        [
            "lines[0].id",
            "lines[0].name",
            "lines[0].points",
            "lines[2].id",
            "lines[2].points",
            "lines[3].points",
            "lines[1].points",
            "zones[0].id",
            "zones[0].points",
            "zones[1].points",
            "zones[2].id",
            "zones[2].points",
        ],
        "{found:?}"
    );
}

#[test]
fn what_something_rests_on_is_neither_taken_away_nor_turned_round() {
    let gone = draw("road-1", vec![], vec![]).unwrap_err();
    assert!(gone.len() == 1 && gone[0].starts_with("lines: line way cannot be taken away"), "{gone:?}");
    let turned = draw("road-1", vec![line("way", "Một chiều", &[[0.9, 0.5], [0.1, 0.5]])], vec![]).unwrap_err();
    assert!(turned.len() == 1 && turned[0].starts_with("lines[0].points: cannot be turned round"), "{turned:?}");
    let renamed = draw("road-1", vec![line("way-2", "Một chiều", &[[0.1, 0.5], [0.9, 0.5]])], vec![]).unwrap_err();
    assert_eq!(renamed.len(), 1, "another id is another line: {renamed:?}");
    assert!(
        draw("road-1", vec![way(), line("back", "Sau", &[[0.9, 0.7], [0.1, 0.7]])], vec![]).is_ok(),
        "nothing rests on it"
    );
}

#[test]
fn lines_are_tried_without_the_rules_and_with_the_same_eye() {
    let tried = trial(&[way()]).unwrap();
    assert_eq!((tried[0].line.as_str(), tried[0].segment.a), ("way", Point::new(0.1, 0.5)));
    assert_eq!(trial(&[line("way", "x", &[[0.1, 0.5]])]).unwrap_err()[0].key, "lines[0].points");
    let many: Vec<_> = (0..=TRIAL_LINES).map(|n| line(&format!("l{n}"), "x", &[[0.1, 0.5], [0.9, 0.5]])).collect();
    assert_eq!(trial(&many).unwrap_err()[0].key, "lines");
}

proptest! {
    /// Whatever is drawn is either refused with a reason or taken by every node, and reads back as it was drawn.
    #[test]
    fn what_is_taken_reads_back_as_drawn_and_no_node_refuses_it(
        lines in prop::collection::vec(("[a-z]{1,4}", prop::array::uniform4(-0.1f64..1.1)), 0..6),
        corners in prop::collection::vec(prop::array::uniform2(-0.05f64..1.05), 0..8),
    ) {
        let mut drawn = vec![line("door", "Cửa", &[[0.2, 0.8], [0.8, 0.8]])];
        drawn.extend(lines.iter().map(|(id, [a, b, c, d])| line(id, "Vạch", &[[*a, *b], [*c, *d]])));
        let zones = if corners.is_empty() { vec![] } else { vec![DrawnZone { id: "main".to_owned(), points: corners.clone() }] };
        let drawing = Drawing { lines: drawn.clone(), zones };
        match redraw(&rules(), &cameras(), &camera("gate-1"), &drawing) {
            Err(faults) => prop_assert!(faults.iter().all(|f| f.key.starts_with("lines") || f.key.starts_with("zones")), "{:?}", faults),
            Ok(changed) => {
                let typed: RulesContent = serde_json::from_value(changed).unwrap();
                prop_assert_eq!(content_faults(&cameras(), &typed), vec![]);
                let there = in_force(&typed, &camera("gate-1"));
                prop_assert_eq!(there.lines.len(), drawn.len());
                for (there, drawn) in there.lines.iter().zip(&drawn) {
                    for (p, q) in there.points.iter().flatten().zip(drawn.points.iter().flatten()) {
                        prop_assert!((p - q).abs() < 2e-5, "{} {}", p, q);
                    }
                }
            }
        }
    }
}
