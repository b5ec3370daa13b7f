//! What cameras, lines and rules must say to make sense together, in one place for both ways they come: in a stand-alone
//! node's own file, and in bundles from above. It looks at a value tree, so that faults of meaning are found beside
//! faults of shape, and answers with every fault and its key.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Value, json};

use super::{CamerasContent, RulesContent};
use crate::settings::{self, Fault};

/// What a camera's address may begin with.
const SCHEMES: [&str; 3] = ["rtsp://", "file:", "test:"];

/// Every fault of meaning in a tree with the lists `cameras`, `lines`, `wrong_way` and `gates`. A list that is not there is empty;
/// a value of the wrong type is left to the schema.
#[must_use]
pub fn meaning_faults(tree: &Value) -> Vec<Fault> {
    let mut faults = Vec::new();
    duplicates(tree, &mut faults);
    for (key, camera) in list(tree, "cameras") {
        check_camera(&key, camera, &mut faults);
    }
    for (key, line) in list(tree, "lines") {
        check_line(&key, line, &mut faults);
    }
    for (key, gate) in list(tree, "gates") {
        check_gate(&key, gate, &mut faults);
    }
    references(tree, &mut faults);
    for (key, rule) in list(tree, "wrong_way") {
        let moment = |name: &str| rule.get(name).and_then(Value::as_i64);
        if let (Some(from), Some(to)) = (moment("valid_from"), moment("valid_to"))
            && from >= to
        {
            faults.push(Fault::new(
                format!("{key}.valid_to"),
                "phải sau valid_from",
                "must be later than valid_from: the rule would never hold",
            ));
        }
    }
    faults
}

/// Every fault, of shape and of meaning, in what comes from above: ranges too, which a typed value alone does not keep.
#[must_use]
pub fn content_faults(cameras: &CamerasContent, rules: &RulesContent) -> Vec<Fault> {
    let shape =
        |content: Value, schema: schemars::Schema| settings::check(&content, &settings::strict(schema.to_value()));
    let mut faults = shape(json!(cameras), schemars::schema_for!(CamerasContent));
    faults.extend(shape(json!(rules), schemars::schema_for!(RulesContent)));
    let tree =
        json!({ "cameras": cameras.cameras, "lines": rules.lines, "wrong_way": rules.wrong_way, "gates": rules.gates });
    faults.extend(meaning_faults(&tree));
    for (key, camera) in list(&tree, "cameras") {
        let path = text(camera, "uri").and_then(file_path);
        if path.is_some_and(|path| !path.starts_with('/')) {
            faults.push(Fault::new(
                format!("{key}.uri"),
                "phải là đường dẫn đầy đủ: file:/…",
                "must be a whole path, file:/…: nobody above knows the node's folders",
            ));
        }
    }
    faults.sort_by(|a, b| a.key.cmp(&b.key));
    faults.dedup();
    faults
}

/// The path in a `file:` address, however many slashes stand before it; `None` for other addresses.
#[must_use]
pub fn file_path(uri: &str) -> Option<&str> {
    let path = uri.strip_prefix("file:")?;
    Some(path.strip_prefix("//").unwrap_or(path))
}

fn list<'a>(tree: &'a Value, name: &'a str) -> impl Iterator<Item = (String, &'a Value)> {
    let items = tree.get(name).and_then(Value::as_array).map(Vec::as_slice).unwrap_or_default();
    items.iter().enumerate().map(move |(i, item)| (format!("{name}[{i}]"), item))
}

fn text<'a>(item: &'a Value, key: &str) -> Option<&'a str> {
    item.get(key).and_then(Value::as_str)
}

/// A text that says something.
fn given(text: Option<&str>) -> bool {
    text.is_some_and(|text| !text.trim().is_empty())
}

fn duplicates(tree: &Value, faults: &mut Vec<Fault>) {
    let unique: [(&str, &[&str]); 4] = [
        ("cameras", &["name"]),
        ("lines", &["camera", "name"]),
        ("wrong_way", &["camera", "name"]),
        ("gates", &["name"]),
    ];
    for (name, keys) in unique {
        let mut seen = BTreeSet::new();
        for (key, item) in list(tree, name) {
            let id: Vec<Option<&str>> = keys.iter().map(|k| text(item, k)).collect();
            if id.iter().all(Option::is_some) && !seen.insert(id) {
                faults.push(Fault::new(format!("{key}.name"), "tên bị trùng", "the name is given twice"));
            }
        }
    }
}

fn check_camera(key: &str, camera: &Value, faults: &mut Vec<Fault>) {
    if text(camera, "purpose") == Some("face_access") {
        if !given(text(camera, "legal_basis")) {
            faults.push(Fault::new(
                format!("{key}.legal_basis"),
                "camera nhận dạng khuôn mặt phải ghi căn cứ pháp lý",
                "a camera for faces needs its legal basis",
            ));
        }
        if !given(camera.get("sign").and_then(|sign| text(sign, "text"))) {
            faults.push(Fault::new(
                format!("{key}.sign"),
                "camera nhận dạng khuôn mặt phải có biển báo",
                "a camera for faces needs a sign that tells people",
            ));
        }
    }
    let Some(uri) = text(camera, "uri") else { return };
    if uri.starts_with("rtsps://") {
        faults.push(Fault::new(
            format!("{key}.uri"),
            "chưa hỗ trợ rtsps://; dùng rtsp:// trong mạng riêng của camera",
            "rtsps:// is not supported yet: use rtsp:// on a network of the cameras' own",
        ));
    } else if !SCHEMES.iter().any(|scheme| uri.starts_with(scheme)) {
        faults.push(Fault::new(
            format!("{key}.uri"),
            "chỉ nhận rtsp://, file:, test:",
            "must begin with rtsp://, file: or test:",
        ));
    }
    let authority = uri.split_once("://").map_or("", |(_, rest)| rest.split(['/', '?']).next().unwrap_or_default());
    if authority.contains('@') {
        faults.push(Fault::new(
            format!("{key}.uri"),
            "không ghi mật khẩu trong địa chỉ; dùng credential và [secrets]",
            "no password in the address: use credential and [secrets]",
        ));
    }
    let by_name = text(camera, "decoder").is_some_and(|decoder| decoder != "auto" && decoder != "software");
    if by_name && uri.starts_with("file:") {
        faults.push(Fault::new(
            format!("{key}.decoder"),
            "tệp chỉ nhận auto hoặc software",
            "a file is decoded with auto or software: an element is chosen for rtsp:// only",
        ));
    }
}

fn check_line(key: &str, line: &Value, faults: &mut Vec<Fault>) {
    let Some(segment) = line.get("segment") else { return };
    let at = |end: &str, axis: &str| segment.get(end).and_then(|p| p.get(axis)).and_then(Value::as_f64);
    let ends = [("a", "x"), ("a", "y"), ("b", "x"), ("b", "y")].map(|(end, axis)| at(end, axis));
    if ends.iter().flatten().any(|v| !(0.0..=1.0).contains(v)) {
        faults.push(Fault::new(format!("{key}.segment"), "tọa độ phải từ 0 đến 1", "coordinates lie between 0 and 1"));
    }
    if ends.iter().all(Option::is_some) && ends[..2] == ends[2..] {
        faults.push(Fault::new(
            format!("{key}.segment"),
            "hai đầu vạch trùng nhau",
            "both ends of the line are the same point",
        ));
    }
}

fn check_gate(key: &str, gate: &Value, faults: &mut Vec<Fault>) {
    let Some(corners) = gate.get("approach").and_then(Value::as_array) else { return };
    let points: Vec<(f64, f64)> =
        corners.iter().filter_map(|c| Some((c.get("x")?.as_f64()?, c.get("y")?.as_f64()?))).collect();
    if points.iter().any(|(x, y)| !(0.0..=1.0).contains(x) || !(0.0..=1.0).contains(y)) {
        faults.push(Fault::new(format!("{key}.approach"), "tọa độ phải từ 0 đến 1", "coordinates lie between 0 and 1"));
    }
    // The shoelace formula; a zone of less than a thousandth of the picture holds no face.
    let next = points.iter().cycle().skip(1);
    let twice: f64 = points.iter().zip(next).map(|((x, y), (u, v))| x * v - u * y).sum();
    if points.len() >= 3 && points.len() == corners.len() && twice.abs() < 0.002 {
        faults.push(Fault::new(
            format!("{key}.approach"),
            "vùng tiếp cận không có diện tích",
            "the approach zone has no area: no face would ever lie in it",
        ));
    }
}

/// What names something else must find it, and find it fit for its use.
fn references(tree: &Value, faults: &mut Vec<Fault>) {
    let purposes: BTreeMap<&str, Option<&str>> =
        list(tree, "cameras").filter_map(|(_, c)| Some((text(c, "name")?, text(c, "purpose")))).collect();
    let known_lines: BTreeSet<(Option<&str>, &str)> =
        list(tree, "lines").filter_map(|(_, l)| Some((text(l, "camera"), text(l, "name")?))).collect();
    for (key, item) in list(tree, "lines").chain(list(tree, "wrong_way")).chain(list(tree, "gates")) {
        if text(item, "camera").is_some_and(|camera| !purposes.contains_key(camera)) {
            faults.push(Fault::new(
                format!("{key}.camera"),
                "không có camera nào tên này",
                "there is no camera of this name",
            ));
        }
    }
    for (key, line) in list(tree, "lines") {
        let purpose = text(line, "camera").and_then(|camera| purposes.get(camera).copied().flatten());
        let followed = purpose.map(|purpose| if purpose == "traffic" { "vehicles" } else { "persons" });
        if let (Some(followed), Some(counts)) = (followed, text(line, "counts"))
            && followed != counts
        {
            faults.push(Fault::new(
                format!("{key}.counts"),
                format!("camera này chỉ theo dõi {followed}; vạch sẽ không bao giờ đếm được"),
                format!("a camera of this purpose follows {followed} only: the line would never count anything"),
            ));
        }
    }
    for (key, gate) in list(tree, "gates") {
        let purpose = text(gate, "camera").and_then(|camera| purposes.get(camera).copied().flatten());
        if purpose.is_some_and(|purpose| purpose != "face_access") {
            faults.push(Fault::new(
                format!("{key}.camera"),
                "camera này không dùng để nhận dạng ở cổng (purpose = face_access)",
                "the camera is not for faces: nobody is recognised on it",
            ));
        }
        let Some(line) = text(gate, "door_line") else { continue };
        if !known_lines.contains(&(text(gate, "camera"), line)) {
            faults.push(Fault::new(
                format!("{key}.door_line"),
                "camera này không có vạch tên này",
                "there is no line of this name on this camera",
            ));
        }
    }
    for (key, rule) in list(tree, "wrong_way") {
        let purpose = text(rule, "camera").and_then(|camera| purposes.get(camera).copied().flatten());
        if purpose.is_some_and(|purpose| purpose != "traffic") {
            faults.push(Fault::new(
                format!("{key}.camera"),
                "camera này không dùng cho giao thông (purpose = traffic)",
                "the camera is not for traffic: no vehicle of it is followed",
            ));
        }
        let Some(line) = text(rule, "line") else { continue };
        if !known_lines.contains(&(text(rule, "camera"), line)) {
            faults.push(Fault::new(
                format!("{key}.line"),
                "camera này không có vạch tên này",
                "there is no line of this name on this camera",
            ));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn whole() -> (CamerasContent, RulesContent) {
        let cameras = json!({ "cameras": [
            { "name": "road-1", "title": "Đường 1", "controller": "traffic-police", "purpose": "traffic",
              "uri": "rtsp://10.0.0.5:554/a", "decoder": "vah264dec" },
            { "name": "gate-1", "title": "Cổng", "controller": "office", "purpose": "face_access", "uri": "file:/clips/a.mp4",
              "legal_basis": "Quyết định 1", "sign": { "text": "CÓ CAMERA", "since": "2026-11-01" } },
        ]});
        let line = |name: &str, camera: &str, counts: &str| {
            json!({ "name": name, "camera": camera, "title": "Vạch", "counts": counts,
                    "segment": { "a": { "x": 0.1, "y": 0.5 }, "b": { "x": 0.9, "y": 0.5 } } })
        };
        let rules = json!({
            "lines": [line("way", "road-1", "vehicles"), line("back", "road-1", "vehicles"), line("in", "gate-1", "persons")],
            "wrong_way": [{ "name": "wrong-way", "version": 1, "camera": "road-1", "line": "way", "forbidden": "out",
                            "violation_car": "C-WRONGWAY", "violation_motorcycle": "M-WRONGWAY",
                            "valid_from": 10, "valid_to": 20 }],
            "gates": [{ "name": "main", "title": "Cổng chính", "camera": "gate-1", "door_line": "in",
                        "approach": [{ "x": 0.2, "y": 0.2 }, { "x": 0.8, "y": 0.2 }, { "x": 0.5, "y": 0.9 }] }]
        });
        (serde_json::from_value(cameras).unwrap(), serde_json::from_value(rules).unwrap())
    }

    #[test]
    fn each_fault_of_what_comes_from_above_is_found_and_a_whole_one_has_none() {
        let (cameras, rules) = whole();
        assert_eq!(content_faults(&cameras, &rules), []);
        let check = |expected: &str, change: &dyn Fn(&mut CamerasContent, &mut RulesContent)| {
            let (mut c, mut r) = (cameras.clone(), rules.clone());
            change(&mut c, &mut r);
            let found: Vec<String> = content_faults(&c, &r).iter().map(|f| format!("{}: {}", f.key, f.en)).collect();
            assert!(found.len() == 1 && found[0].starts_with(expected), "{expected}: {found:?}");
        };
        check("cameras[0].uri: no password", &|c, _| c.cameras[0].uri = "rtsp://me:it@10.0.0.5/a".to_owned());
        check("cameras[0].uri: rtsps:// is not", &|c, _| c.cameras[0].uri = "rtsps://10.0.0.5/a".to_owned());
        check("cameras[0].uri: must begin", &|c, _| c.cameras[0].uri = "http://10.0.0.5/a".to_owned());
        check("cameras[1].uri: must be a whole path", &|c, _| c.cameras[1].uri = "file://a.mp4".to_owned());
        check("cameras[1].decoder: a file", &|c, _| c.cameras[1].decoder = "vah264dec".to_owned());
        check("cameras[1].legal_basis: ", &|c, _| c.cameras[1].legal_basis = Some(" ".to_owned()));
        check("cameras[1].sign: ", &|c, _| c.cameras[1].sign.as_mut().unwrap().text.clear());
        check("cameras[1].sign: ", &|c, _| c.cameras[1].sign = None);
        check("cameras[0].analysed_fps: less", &|c, _| c.cameras[0].analysed_fps = 0);
        check("cameras[0].latency_ms: greater", &|c, _| c.cameras[0].latency_ms = 5001);
        check("cameras[2].name: the name is given twice", &|c, _| c.cameras.push(c.cameras[0].clone()));
        check("lines[3].name: the name is given twice", &|_, r| r.lines.push(r.lines[0].clone()));
        check("lines[1].camera: there is no camera", &|_, r| r.lines[1].camera = "road-9".parse().unwrap());
        check("lines[1].counts: a camera of this purpose follows vehicles only", &|_, r| {
            r.lines[1].counts = super::super::LineCounts::Persons;
        });
        check("lines[2].counts: a camera of this purpose follows persons only", &|_, r| {
            r.lines[2].counts = super::super::LineCounts::Vehicles;
        });
        check("lines[1].segment: both ends", &|_, r| r.lines[1].segment.b = r.lines[1].segment.a);
        check("lines[1].segment: coordinates", &|_, r| r.lines[1].segment.b.x = 1.5);
        check("wrong_way[0].line: there is no line", &|_, r| r.wrong_way[0].line = "other".parse().unwrap());
        check("wrong_way[0].camera: the camera is not for traffic", &|_, r| {
            r.wrong_way[0].camera = "gate-1".parse().unwrap();
            r.wrong_way[0].line = "in".parse().unwrap();
        });
        check("gates[1].name: the name is given twice", &|_, r| r.gates.push(r.gates[0].clone()));
        check("gates[0].camera: there is no camera", &|_, r| {
            r.gates[0].camera = "gate-9".parse().unwrap();
            r.gates[0].door_line = None;
        });
        check("gates[0].camera: the camera is not for faces", &|_, r| {
            r.gates[0].camera = "road-1".parse().unwrap();
            r.gates[0].door_line = None;
        });
        check("gates[0].door_line: there is no line", &|_, r| r.gates[0].door_line = Some("other".parse().unwrap()));
        check("gates[0].approach: coordinates", &|_, r| r.gates[0].approach[0].x = -0.5);
        check("gates[0].approach: the approach zone", &|_, r| r.gates[0].approach[2].y = 0.2);
        check("gates[0].approach: ", &|_, r| r.gates[0].approach.truncate(2));
        check("gates[0].eye_distance_px: less", &|_, r| r.gates[0].eye_distance_px = 5);
        check("wrong_way[0].valid_to: must be later", &|_, r| r.wrong_way[0].valid_to = r.wrong_way[0].valid_from);
    }

    #[test]
    fn a_files_path_is_found_behind_any_number_of_slashes() {
        for (uri, path) in [
            ("file:clip.mp4", Some("clip.mp4")),
            ("file://clip.mp4", Some("clip.mp4")),
            ("file:/a/clip.mp4", Some("/a/clip.mp4")),
            ("file:///a/clip.mp4", Some("/a/clip.mp4")),
            ("rtsp://10.0.0.5/a", None),
        ] {
            assert_eq!(file_path(uri), path, "{uri}");
        }
    }
}
