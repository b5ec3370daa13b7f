//! The rules between values, on the raw tree: names given twice, references to nothing, files that are not there,
//! addresses, lines without length, face recognition without its ground. They run whether or not the tree fits the
//! types, so that one run tells everything; a value of a wrong type is the schema's business and is skipped here.

use std::collections::{HashMap, HashSet};
use std::path::Path;

use serde_json::Value;

use super::{Fault, FaultKind};

/// All faults. `base` is where relative paths begin; without it no file and no variable is looked for.
pub(super) fn faults(tree: &Value, base: Option<&Path>) -> Vec<Fault> {
    let mut faults = Vec::new();
    duplicates(tree, &mut faults);
    references(tree, &mut faults);
    for (i, camera) in items(tree, "cameras").enumerate() {
        address(camera, i, &mut faults);
        lawful(camera, i, &mut faults);
    }
    for (i, line) in items(tree, "lines").enumerate() {
        segment(line, i, &mut faults);
    }
    for (i, rule) in items(tree, "wrong_way").enumerate() {
        period(rule, i, &mut faults);
    }
    reserves(tree, &mut faults);
    secrets(tree, &mut faults);
    if let Some(base) = base {
        files(tree, base, &mut faults);
    }
    faults
}

fn items<'a>(tree: &'a Value, key: &str) -> impl Iterator<Item = &'a Value> {
    tree.get(key).and_then(Value::as_array).into_iter().flatten()
}

fn text<'a>(value: &'a Value, key: &str) -> Option<&'a str> {
    value.get(key).and_then(Value::as_str)
}

fn duplicates(tree: &Value, faults: &mut Vec<Fault>) {
    for key in ["cameras", "lines", "wrong_way"] {
        let mut first: HashMap<(Option<&str>, &str), usize> = HashMap::new();
        for (i, item) in items(tree, key).enumerate() {
            let Some(name) = text(item, "name") else { continue };
            // A line's name is unique on its camera only.
            let owner = if key == "lines" { text(item, "camera") } else { None };
            match first.get(&(owner, name)) {
                Some(earlier) => faults.push(Fault::new(
                    format!("{key}[{i}].name"),
                    FaultKind::Duplicate,
                    format!("tên \"{name}\" đã dùng ở {key}[{earlier}]; hãy đặt tên khác"),
                    format!("the name \"{name}\" is taken by {key}[{earlier}]; choose another"),
                )),
                None => {
                    first.insert((owner, name), i);
                }
            }
        }
    }
}

fn references(tree: &Value, faults: &mut Vec<Fault>) {
    let cameras: HashSet<&str> = items(tree, "cameras").filter_map(|c| text(c, "name")).collect();
    let lines: HashSet<(&str, &str)> =
        items(tree, "lines").filter_map(|l| Some((text(l, "camera")?, text(l, "name")?))).collect();
    let secrets: HashSet<&str> = tree
        .get("secrets")
        .and_then(Value::as_object)
        .map(|s| s.keys().map(String::as_str).collect())
        .unwrap_or_default();
    let mut dangling = |path: String, what: &str, english: &str, name: &str| {
        faults.push(Fault::new(
            path,
            FaultKind::Dangling,
            format!("không có {what} nào tên \"{name}\"; hãy khai báo hoặc sửa tên"),
            format!("there is no {english} \"{name}\"; declare it or correct the name"),
        ));
    };
    for (key, list) in [("lines", "lines"), ("wrong_way", "wrong_way")] {
        for (i, item) in items(tree, list).enumerate() {
            if let Some(camera) = text(item, "camera").filter(|c| !cameras.contains(c)) {
                dangling(format!("{key}[{i}].camera"), "camera", "camera", camera);
            }
        }
    }
    for (i, rule) in items(tree, "wrong_way").enumerate() {
        if let (Some(camera), Some(line)) = (text(rule, "camera"), text(rule, "line"))
            && cameras.contains(camera)
            && !lines.contains(&(camera, line))
        {
            let english = format!("line on camera {camera} called");
            dangling(format!("wrong_way[{i}].line"), "vạch", &english, line);
        }
    }
    for (i, camera) in items(tree, "cameras").enumerate() {
        if let Some(name) = text(camera, "credential").filter(|n| !secrets.contains(n)) {
            dangling(format!("cameras[{i}].credential"), "mục trong [secrets]", "entry in [secrets]", name);
        }
    }
}

fn address(camera: &Value, i: usize, faults: &mut Vec<Fault>) {
    let Some(uri) = text(camera, "uri") else { return };
    let path = format!("cameras[{i}].uri");
    let rest = ["rtsp://", "rtsps://"].iter().find_map(|scheme| uri.strip_prefix(scheme));
    let host = rest.map(|rest| rest.split('/').next().unwrap_or_default());
    if host.is_some_and(|host| host.contains('@')) {
        faults.push(Fault::new(
            path,
            FaultKind::NotAllowed,
            "địa chỉ không được chứa mật khẩu; hãy để trong [secrets] và dùng credential",
            "an address holds no password; put it into [secrets] and name it as credential",
        ));
    } else if host.is_some_and(str::is_empty)
        || (host.is_none() && !uri.starts_with("file:") && !uri.starts_with("test:"))
    {
        faults.push(Fault::new(
            path,
            FaultKind::NotAllowed,
            "địa chỉ phải là rtsp://máy:cổng/đường-dẫn, file:/đường-dẫn hoặc test:",
            "the address must be rtsp://host:port/path, file:/path or test:",
        ));
    }
}

fn lawful(camera: &Value, i: usize, faults: &mut Vec<Fault>) {
    if text(camera, "purpose") != Some("face_access") {
        return;
    }
    let basis = text(camera, "legal_basis").is_some_and(|t| !t.trim().is_empty());
    let sign = camera.get("sign").is_some_and(|s| text(s, "text").is_some_and(|t| !t.trim().is_empty()));
    if !basis {
        faults.push(Fault::new(
            format!("cameras[{i}].legal_basis"),
            FaultKind::NotLawful,
            "nhận dạng khuôn mặt cần căn cứ pháp lý; hãy ghi căn cứ hoặc đổi purpose",
            "face recognition needs a legal basis; state it or change the purpose",
        ));
    }
    if !sign {
        faults.push(Fault::new(
            format!("cameras[{i}].sign"),
            FaultKind::NotLawful,
            "nhận dạng khuôn mặt cần biển báo; hãy ghi nội dung và ngày đặt biển",
            "face recognition needs a sign; state its text and since when it stands",
        ));
    }
}

fn segment(line: &Value, i: usize, faults: &mut Vec<Fault>) {
    let Some(segment) = line.get("segment") else { return };
    let mut ends = Vec::new();
    for end in ["a", "b"] {
        for axis in ["x", "y"] {
            let Some(value) = segment.pointer(&format!("/{end}/{axis}")).and_then(Value::as_f64) else {
                return;
            };
            if !(0.0..=1.0).contains(&value) {
                faults.push(Fault::new(
                    format!("lines[{i}].segment.{end}.{axis}"),
                    FaultKind::OutOfRange,
                    format!("{value} ngoài khoảng 0..1 của khung hình"),
                    format!("{value} is outside 0..1 of the picture"),
                ));
            }
            ends.push(value);
        }
    }
    if (ends[0] - ends[2]).hypot(ends[1] - ends[3]) < 0.01 {
        faults.push(Fault::new(
            format!("lines[{i}].segment"),
            FaultKind::OutOfRange,
            "vạch quá ngắn; hai đầu phải cách nhau ít nhất 0,01",
            "the line is too short; its ends must be at least 0.01 apart",
        ));
    }
}

fn period(rule: &Value, i: usize, faults: &mut Vec<Fault>) {
    let moment = |key| rule.get(key).and_then(Value::as_i64);
    if let (Some(from), Some(to)) = (moment("valid_from"), moment("valid_to"))
        && from >= to
    {
        faults.push(Fault::new(
            format!("wrong_way[{i}].valid_to"),
            FaultKind::OutOfRange,
            "phải sau valid_from",
            "it must be after valid_from",
        ));
    }
}

fn reserves(tree: &Value, faults: &mut Vec<Fault>) {
    let Some(limits) = tree.get("limits") else { return };
    let defaults = super::Limits::default();
    let number = |key, default: u32| match limits.get(key) {
        None => Some(u64::from(default)),
        Some(value) => value.as_u64(),
    };
    let pictures = number("pictures_reserve_mib", defaults.pictures_reserve_mib);
    let events = number("events_reserve_mib", defaults.events_reserve_mib);
    if let (Some(pictures), Some(events)) = (pictures, events)
        && events > pictures
    {
        faults.push(Fault::new(
            "limits.events_reserve_mib",
            FaultKind::OutOfRange,
            format!("{events} phải không lớn hơn pictures_reserve_mib ({pictures})"),
            format!("{events} must not be above pictures_reserve_mib ({pictures})"),
        ));
    }
}

fn secrets(tree: &Value, faults: &mut Vec<Fault>) {
    for (name, source) in tree.get("secrets").and_then(Value::as_object).into_iter().flatten() {
        let Some(source) = source.as_object() else { continue };
        if source.contains_key("file") == source.contains_key("env") {
            faults.push(Fault::new(
                format!("secrets.{name}"),
                FaultKind::NotAllowed,
                "cần đúng một trong hai: file hoặc env",
                "exactly one of file and env is wanted",
            ));
        }
    }
}

fn files(tree: &Value, base: &Path, faults: &mut Vec<Fault>) {
    let missing = |path: String, name: &str| {
        Fault::new(
            path,
            FaultKind::MissingFile,
            format!("không tìm thấy \"{name}\"; hãy tạo hoặc sửa đường dẫn"),
            format!("\"{name}\" is not there; make it or correct the path"),
        )
    };
    if let Some(dir) = tree.pointer("/models/dir").and_then(Value::as_str)
        && !base.join(dir).is_dir()
    {
        faults.push(missing("models.dir".to_owned(), dir));
    }
    for (i, camera) in items(tree, "cameras").enumerate() {
        if let Some(file) = text(camera, "uri").and_then(|uri| uri.strip_prefix("file:"))
            && !base.join(file.strip_prefix("//").unwrap_or(file)).is_file()
        {
            faults.push(missing(format!("cameras[{i}].uri"), file));
        }
    }
    for (name, source) in tree.get("secrets").and_then(Value::as_object).into_iter().flatten() {
        if let Some(file) = text(source, "file").filter(|file| !base.join(file).is_file()) {
            faults.push(missing(format!("secrets.{name}.file"), file));
        }
        if let Some(variable) = text(source, "env").filter(|v| std::env::var_os(v).is_none()) {
            faults.push(Fault::new(
                format!("secrets.{name}.env"),
                FaultKind::MissingFile,
                format!("biến môi trường {variable} chưa được đặt"),
                format!("the variable {variable} is not set"),
            ));
        }
    }
}
