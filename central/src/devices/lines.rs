//! Lines and zones of one camera, drawn by a person: what is in force out of a node's rules, and the rules as a drawing changes
//! them. Everything else of the rules stays as it is, to the last unknown field. A line that a door or a rule of violation
//! rests on may be moved, but neither taken away nor turned round: that would turn its meaning round with it. Pure functions
//! of values.

use std::collections::BTreeSet;

use contract::bundle::{CameraSpec, CamerasContent, LineSpec, Purpose, RulesContent, content_faults};
use contract::geometry::{Point, Segment};
use contract::ids::{CameraName, LineName};
use contract::settings::Fault;
use contract::wish::{TRIAL_LINES, TrialLine};
use serde_json::{Value, json};

/// Lines on one camera's picture.
const MOST_LINES: usize = 16;
/// A shorter line, in shares of the picture, is a slip of the hand.
const SHORTEST: f64 = 0.02;
/// The longest name of a line.
const NAME_CHARS: usize = 80;
/// Corners of a zone.
const CORNERS: std::ops::RangeInclusive<usize> = 3..=16;
/// A zone of less than this share of the picture holds no face.
const SMALLEST_ZONE: f64 = 0.001;

/// What rests on a line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UsedBy {
    /// `door` or `wrong_way`.
    pub kind: &'static str,
    /// The gate's or the rule's name.
    pub name: String,
}

/// A line in force.
#[derive(Debug, Clone, PartialEq)]
pub struct LineInForce {
    /// Its id.
    pub id: String,
    /// What people call it.
    pub name: String,
    /// From `a` to `b`.
    pub points: [[f64; 2]; 2],
    /// What rests on it.
    pub used_by: Vec<UsedBy>,
}

/// A zone in force: the ground before a gate.
#[derive(Debug, Clone, PartialEq)]
pub struct ZoneInForce {
    /// The gate.
    pub id: String,
    /// What people call it.
    pub name: String,
    /// Its corners.
    pub points: Vec<[f64; 2]>,
}

/// Lines and zones of one camera.
#[derive(Debug, Clone, PartialEq)]
pub struct LinesInForce {
    /// What its lines count.
    pub counts: &'static str,
    /// The lines.
    pub lines: Vec<LineInForce>,
    /// The zones.
    pub zones: Vec<ZoneInForce>,
}

/// A line as drawn.
#[derive(Debug, Clone, PartialEq)]
pub struct DrawnLine {
    /// Its id, a short name of a-z, 0-9 and `-`.
    pub id: String,
    /// What people call it.
    pub name: String,
    /// Its two ends.
    pub points: Vec<[f64; 2]>,
}

/// A zone as drawn.
#[derive(Debug, Clone, PartialEq)]
pub struct DrawnZone {
    /// The gate it lies before.
    pub id: String,
    /// Its corners.
    pub points: Vec<[f64; 2]>,
}

/// All lines of a camera, and those zones that were moved.
#[derive(Debug, Clone, PartialEq)]
pub struct Drawing {
    /// The lines.
    pub lines: Vec<DrawnLine>,
    /// The zones.
    pub zones: Vec<DrawnZone>,
}

/// What the rules say of a camera.
#[must_use]
pub fn in_force(rules: &RulesContent, camera: &CameraSpec) -> LinesInForce {
    let lines = rules.lines.iter().filter(|line| line.camera == camera.name).map(|line| LineInForce {
        id: line.name.to_string(),
        name: line.title.clone(),
        points: [ends(line.segment.a), ends(line.segment.b)],
        used_by: users(rules, line),
    });
    let zones = rules.gates.iter().filter(|gate| gate.camera == camera.name).map(|gate| ZoneInForce {
        id: gate.name.to_string(),
        name: gate.title.clone(),
        points: gate.approach.iter().copied().map(ends).collect(),
    });
    LinesInForce { counts: counted(camera.purpose), lines: lines.collect(), zones: zones.collect() }
}

/// The rules with this drawing in place of the camera's lines and zones, or every fault of it, by its key.
pub fn redraw(
    rules: &Value,
    cameras: &CamerasContent,
    camera: &CameraSpec,
    drawing: &Drawing,
) -> Result<Value, Vec<Fault>> {
    let typed: RulesContent = serde_json::from_value(rules.clone()).map_err(|_| {
        vec![Fault::new("rules", "gói rules đang có không đọc được", "the rules in force cannot be read")]
    })?;
    let mut faults = line_faults(&drawing.lines, MOST_LINES);
    faults.extend(faults_of_use(&typed, &camera.name, &drawing.lines));
    faults.extend(zone_faults(&typed, &camera.name, &drawing.zones));
    if !faults.is_empty() {
        return Err(faults);
    }
    let mut changed = rules.clone();
    redraw_lines(&mut changed, camera, &drawing.lines);
    redraw_zones(&mut changed, &camera.name, &drawing.zones);
    // As the node judges it: what it would refuse is not signed.
    let whole: RulesContent = serde_json::from_value(changed.clone())
        .map_err(|_| vec![Fault::new("lines", "bản vẽ không đọc được", "the drawing cannot be read")])?;
    let faults = content_faults(cameras, &whole);
    if faults.is_empty() {
        return Ok(changed);
    }
    Err(faults.into_iter().map(|fault| Fault { key: format!("rules.{}", fault.key), ..fault }).collect())
}

/// The lines to be tried on a node, or every fault of them.
pub fn trial(lines: &[DrawnLine]) -> Result<Vec<TrialLine>, Vec<Fault>> {
    let faults = line_faults(lines, TRIAL_LINES);
    if !faults.is_empty() {
        return Err(faults);
    }
    let read = |line: &DrawnLine| {
        let [a, b] = line.points.as_slice() else { return None };
        let point = |p: &[f64; 2]| Point::new(p[0] as f32, p[1] as f32);
        Some(TrialLine { line: line.id.parse().ok()?, segment: Segment { a: point(a), b: point(b) } })
    };
    Ok(lines.iter().filter_map(read).collect())
}

/// What the lines of a camera of this purpose count.
const fn counted(purpose: Purpose) -> &'static str {
    match purpose {
        Purpose::Traffic => "vehicles",
        Purpose::PeopleCounting | Purpose::FaceAccess => "persons",
    }
}

/// A hundredth of a pixel of the largest picture: what is behind it is noise of the conversion.
fn rounded(share: f64) -> f64 {
    (share * 1e5).round() / 1e5
}

fn ends(point: Point) -> [f64; 2] {
    [rounded(f64::from(point.x)), rounded(f64::from(point.y))]
}

fn users(rules: &RulesContent, line: &LineSpec) -> Vec<UsedBy> {
    let doors = rules.gates.iter().filter(|g| g.camera == line.camera && g.door_line.as_ref() == Some(&line.name));
    let wrong_way = rules.wrong_way.iter().filter(|r| r.camera == line.camera && r.line == line.name);
    doors
        .map(|gate| UsedBy { kind: "door", name: gate.name.to_string() })
        .chain(wrong_way.map(|rule| UsedBy { kind: "wrong_way", name: rule.name.to_string() }))
        .collect()
}

fn line_faults(lines: &[DrawnLine], most: usize) -> Vec<Fault> {
    let mut faults = Vec::new();
    if lines.len() > most {
        faults.push(Fault::new("lines", format!("nhiều nhất {most} vạch"), format!("at most {most} lines")));
    }
    let mut seen = BTreeSet::new();
    for (i, line) in lines.iter().enumerate() {
        let mut fault = |key: &str, vi: &str, en: &str| faults.push(Fault::new(format!("lines[{i}].{key}"), vi, en));
        if line.id.parse::<LineName>().is_err() {
            let vi = "mã vạch gồm 1 đến 40 ký tự a-z, 0-9, dấu gạch ngang; bắt đầu và kết thúc bằng chữ hoặc số";
            fault("id", vi, "1 to 40 of a-z, 0-9 and '-', starting and ending with a letter or digit");
        } else if !seen.insert(line.id.as_str()) {
            fault("id", "mã vạch bị trùng", "the id is given twice");
        }
        if line.name.trim().is_empty() || line.name.chars().count() > NAME_CHARS {
            fault("name", "tên gồm 1 đến 80 ký tự", "a name of 1 to 80 characters");
        }
        if !inside(&line.points) {
            fault("points", "tọa độ phải từ 0 đến 1", "coordinates lie between 0 and 1");
        }
        match line.points.as_slice() {
            [a, b] if (a[0] - b[0]).hypot(a[1] - b[1]) < SHORTEST => {
                fault("points", "vạch quá ngắn: kéo hai đầu xa nhau hơn", "too short: draw its ends farther apart");
            }
            [_, _] => {}
            _ => fault("points", "một vạch có đúng hai đầu", "a line has exactly two ends"),
        }
    }
    faults
}

/// A line something rests on stays, and keeps its direction.
fn faults_of_use(rules: &RulesContent, camera: &CameraName, lines: &[DrawnLine]) -> Vec<Fault> {
    let mut faults = Vec::new();
    for there in rules.lines.iter().filter(|line| line.camera == *camera) {
        let used = users(rules, there);
        if used.is_empty() {
            continue;
        }
        let by = used.iter().map(|u| format!("{} {}", u.kind, u.name)).collect::<Vec<_>>().join(", ");
        let drawn = lines.iter().enumerate().find(|(_, line)| line.id == there.name.as_str());
        let Some((i, line)) = drawn else {
            faults.push(Fault::new(
                "lines",
                format!("không bỏ được vạch {}: đang dùng cho {by}; sửa gói rules trước", there.name),
                format!("line {} cannot be taken away: {by} rests on it; change the rules bundle first", there.name),
            ));
            continue;
        };
        let [a, b] = line.points.as_slice() else { continue };
        let [from, to] = [ends(there.segment.a), ends(there.segment.b)];
        let along = (b[0] - a[0]) * (to[0] - from[0]) + (b[1] - a[1]) * (to[1] - from[1]);
        if along <= 0.0 {
            faults.push(Fault::new(
                format!("lines[{i}].points"),
                format!("không đảo chiều được: {by} dựa vào chiều của vạch; sửa gói rules"),
                format!("cannot be turned round: {by} rests on its direction; change the rules bundle"),
            ));
        }
    }
    faults
}

fn zone_faults(rules: &RulesContent, camera: &CameraName, zones: &[DrawnZone]) -> Vec<Fault> {
    let mut faults = Vec::new();
    let mut seen = BTreeSet::new();
    for (i, zone) in zones.iter().enumerate() {
        let mut fault = |key: &str, vi: &str, en: &str| faults.push(Fault::new(format!("zones[{i}].{key}"), vi, en));
        if !rules.gates.iter().any(|gate| gate.camera == *camera && gate.name.as_str() == zone.id) {
            fault("id", "camera này không có cổng tên này", "there is no gate of this name on this camera");
        } else if !seen.insert(zone.id.as_str()) {
            fault("id", "cổng bị ghi hai lần", "the gate is given twice");
        }
        if !inside(&zone.points) {
            fault("points", "tọa độ phải từ 0 đến 1", "coordinates lie between 0 and 1");
        }
        if !CORNERS.contains(&zone.points.len()) {
            fault("points", "một vùng có 3 đến 16 góc", "a zone has 3 to 16 corners");
        } else if area(&zone.points) < SMALLEST_ZONE {
            fault("points", "vùng không có diện tích", "the zone has no area");
        } else if crosses_itself(&zone.points) {
            fault("points", "các cạnh của vùng cắt nhau", "the zone's sides cross each other");
        }
    }
    faults
}

fn inside(points: &[[f64; 2]]) -> bool {
    points.iter().flatten().all(|share| (0.0..=1.0).contains(share))
}

/// The shoelace formula.
fn area(points: &[[f64; 2]]) -> f64 {
    let next = points.iter().cycle().skip(1);
    let twice: f64 = points.iter().zip(next).map(|([x, y], [u, v])| x * v - u * y).sum();
    twice.abs() / 2.0
}

/// Do two sides that are no neighbours meet?
fn crosses_itself(points: &[[f64; 2]]) -> bool {
    let n = points.len();
    let side = |i: usize| (points[i], points[(i + 1) % n]);
    let turn = |a: [f64; 2], b: [f64; 2], p: [f64; 2]| (b[0] - a[0]) * (p[1] - a[1]) - (b[1] - a[1]) * (p[0] - a[0]);
    let apart = |x: f64, y: f64| (x < 0.0 && y > 0.0) || (x > 0.0 && y < 0.0);
    (0..n).any(|i| {
        ((i + 2)..n).filter(|j| (j + 1) % n != i).any(|j| {
            let ((a, b), (c, d)) = (side(i), side(j));
            apart(turn(a, b, c), turn(a, b, d)) && apart(turn(c, d, a), turn(c, d, b))
        })
    })
}

fn redraw_lines(rules: &mut Value, camera: &CameraSpec, lines: &[DrawnLine]) {
    let point = |p: &[f64; 2]| json!({ "x": rounded(p[0]), "y": rounded(p[1]) });
    let old: Vec<Value> = rules.get("lines").and_then(Value::as_array).cloned().unwrap_or_default();
    let is_here = |line: &Value| line.get("camera").and_then(Value::as_str) == Some(camera.name.as_str());
    let mut new: Vec<Value> = old.iter().filter(|line| !is_here(line)).cloned().collect();
    for line in lines {
        let there = old.iter().find(|o| is_here(o) && o.get("name").and_then(Value::as_str) == Some(line.id.as_str()));
        let mut whole = there
            .cloned()
            .unwrap_or_else(|| json!({ "name": line.id, "camera": camera.name, "counts": counted(camera.purpose) }));
        let same = serde_json::from_value::<LineSpec>(whole.clone()).is_ok_and(|spec| {
            let drawn = line.points.iter().map(|p| p.map(rounded));
            spec.title == line.name.trim() && drawn.eq([ends(spec.segment.a), ends(spec.segment.b)])
        });
        if !same && let ([a, b], Some(fields)) = (line.points.as_slice(), whole.as_object_mut()) {
            fields.insert("title".to_owned(), json!(line.name.trim()));
            fields.insert("segment".to_owned(), json!({ "a": point(a), "b": point(b) }));
        }
        new.push(whole);
    }
    if let Some(fields) = rules.as_object_mut() {
        fields.insert("lines".to_owned(), Value::Array(new));
    }
}

fn redraw_zones(rules: &mut Value, camera: &CameraName, zones: &[DrawnZone]) {
    let gates = rules.get_mut("gates").and_then(Value::as_array_mut).into_iter().flatten();
    for gate in gates.filter(|gate| gate.get("camera").and_then(Value::as_str) == Some(camera.as_str())) {
        let name = gate.get("name").and_then(Value::as_str).unwrap_or_default().to_owned();
        if let (Some(zone), Some(fields)) = (zones.iter().find(|z| z.id == name), gate.as_object_mut()) {
            let corners = zone.points.iter().map(|p| json!({ "x": rounded(p[0]), "y": rounded(p[1]) }));
            fields.insert("approach".to_owned(), corners.collect());
        }
    }
}

#[cfg(test)]
#[path = "lines_tests.rs"]
mod tests;
