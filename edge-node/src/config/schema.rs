//! The schema of the file, made from the types and committed as `config/schema/edge-node.schema.json`; and what a value
//! tree does wrong by it. The types of cameras and lines come from the contract, where readers ignore unknown fields; in
//! a file somebody types, an unknown key is a mistake, so every object here is closed.

use jsonschema::error::{TypeKind, ValidationErrorKind};
use jsonschema::{ValidationError, Validator};
use serde_json::{Map, Value};

use super::{Config, Fault, FaultKind};

/// The schema of `edge-node.toml`.
#[must_use]
pub fn schema() -> Value {
    let mut schema = schemars::schema_for!(Config).to_value();
    tighten(&mut schema);
    schema
}

/// The schema as the committed file has it.
#[must_use]
pub fn schema_text() -> String {
    let mut text = serde_json::to_string_pretty(&schema()).expect("a schema has string keys only");
    text.push('\n');
    text
}

/// Closes objects, and turns what schemars says about documented enums and optional values into the plain forms that
/// make for readable faults.
fn tighten(value: &mut Value) {
    match value {
        Value::Array(items) => items.iter_mut().for_each(tighten),
        Value::Object(object) => {
            object.values_mut().for_each(tighten);
            let is_object = object.contains_key("properties");
            if is_object && !object.contains_key("additionalProperties") {
                object.insert("additionalProperties".to_owned(), Value::Bool(false));
            }
            plain_enum(object);
            plain_option(object);
        }
        _ => {}
    }
}

/// `oneOf: [{const: "a"}, {const: "b"}]` → `enum: ["a", "b"]`.
fn plain_enum(object: &mut Map<String, Value>) {
    let Some(Value::Array(variants)) = object.get("oneOf") else { return };
    let names: Option<Vec<Value>> = variants.iter().map(|v| v.get("const").cloned()).collect();
    if let Some(names) = names {
        object.shift_remove("oneOf");
        object.insert("enum".to_owned(), Value::Array(names));
    }
}

/// TOML has no null: `anyOf: [X, null]` → X, `type: [t, null]` → t.
fn plain_option(object: &mut Map<String, Value>) {
    if let Some(Value::Array(choices)) = object.get_mut("anyOf") {
        choices.retain(|choice| choice.get("type").and_then(Value::as_str) != Some("null"));
        if let [Value::Object(only)] = choices.as_slice() {
            let only = only.clone();
            object.shift_remove("anyOf");
            object.extend(only);
        }
    }
    if let Some(Value::Array(types)) = object.get_mut("type") {
        types.retain(|t| t.as_str() != Some("null"));
        if let [only] = types.as_slice() {
            let only = only.clone();
            object.insert("type".to_owned(), only);
        }
    }
}

/// Everything a value tree does wrong by the schema.
pub(super) fn faults(tree: &Value) -> Vec<Fault> {
    let schema = schema();
    let validator: Validator =
        jsonschema::validator_for(&schema).expect("the schema is made from types and checked by a test");
    let mut faults = Vec::new();
    for error in validator.iter_errors(tree) {
        told(&schema, &error, &mut faults);
    }
    faults
}

fn told(schema: &Value, error: &ValidationError<'_>, faults: &mut Vec<Fault>) {
    let pointer = error.instance_path().as_str();
    let path = key_path(pointer);
    let value = shown(&path, error.instance());
    let mut add = |path: String, kind, vietnamese: String, english: String| {
        faults.push(Fault::new(path, kind, vietnamese, english));
    };
    match error.kind() {
        ValidationErrorKind::AdditionalProperties { unexpected } => {
            let known = known_keys(schema, pointer).join(", ");
            for key in unexpected {
                let path = if path.is_empty() { key.clone() } else { format!("{path}.{key}") };
                add(
                    path,
                    FaultKind::UnknownKey,
                    format!("không có khóa này; các khóa dùng được: {known}; hãy xóa hoặc sửa tên"),
                    format!("unknown key; known: {known}; remove or rename it"),
                );
            }
        }
        ValidationErrorKind::Required { property } => {
            let key = property.as_str().unwrap_or_default();
            let path = if path.is_empty() { key.to_owned() } else { format!("{path}.{key}") };
            add(
                path,
                FaultKind::MissingKey,
                "thiếu khóa bắt buộc; hãy thêm vào".to_owned(),
                "a required key is missing; add it".to_owned(),
            );
        }
        ValidationErrorKind::Type { kind } => {
            let wanted = match kind {
                TypeKind::Single(wanted) => wanted.to_string(),
                TypeKind::Multiple(_) => "another type".to_owned(),
            };
            add(
                path,
                FaultKind::WrongType,
                format!("sai kiểu: {value}; cần {}", vietnamese_type(&wanted)),
                format!("wrong type: {value}; {wanted} is wanted"),
            );
        }
        ValidationErrorKind::Minimum { limit } | ValidationErrorKind::ExclusiveMinimum { limit } => add(
            path,
            FaultKind::OutOfRange,
            format!("{value} quá nhỏ; ít nhất {limit}"),
            format!("{value} is too small; at least {limit}"),
        ),
        ValidationErrorKind::Maximum { limit } | ValidationErrorKind::ExclusiveMaximum { limit } => add(
            path,
            FaultKind::OutOfRange,
            format!("{value} quá lớn; nhiều nhất {limit}"),
            format!("{value} is too large; at most {limit}"),
        ),
        ValidationErrorKind::Enum { options } => {
            let allowed = options.as_array().map_or_else(String::new, |options| {
                options.iter().filter_map(Value::as_str).collect::<Vec<_>>().join(", ")
            });
            add(
                path,
                FaultKind::NotAllowed,
                format!("{value} không dùng được; chọn một trong: {allowed}"),
                format!("{value} is not one of: {allowed}"),
            );
        }
        ValidationErrorKind::Pattern { pattern } => add(
            path,
            FaultKind::NotAllowed,
            format!("{value} sai dạng; cần khớp {pattern}"),
            format!("{value} does not match {pattern}"),
        ),
        // Nothing else is in the schema today; its own words then, without the value.
        other => add(
            path,
            FaultKind::NotAllowed,
            "giá trị không dùng được".to_owned(),
            format!("not allowed by the schema ({})", other.keyword()),
        ),
    }
}

fn vietnamese_type(wanted: &str) -> &str {
    match wanted {
        "string" => "chuỗi",
        "integer" => "số nguyên",
        "number" => "số",
        "boolean" => "true hoặc false",
        "array" => "danh sách",
        "object" => "bảng",
        other => other,
    }
}

/// `/cameras/1/latency_ms` → `cameras[1].latency_ms`.
fn key_path(pointer: &str) -> String {
    let mut path = String::new();
    for part in pointer.split('/').skip(1) {
        let part = part.replace("~1", "/").replace("~0", "~");
        if part.bytes().all(|b| b.is_ascii_digit()) && !path.is_empty() {
            path.push_str(&format!("[{part}]"));
        } else {
            if !path.is_empty() {
                path.push('.');
            }
            path.push_str(&part);
        }
    }
    path
}

/// A value for the reader: short, and nothing of keys where a password may stand by mistake.
fn shown(path: &str, value: &Value) -> String {
    let last = path.rsplit('.').next().unwrap_or_default();
    if path.starts_with("secrets") || matches!(last, "uri" | "credential" | "url") {
        return "giá trị (ẩn)".to_owned();
    }
    let text = value.to_string();
    if text.chars().count() <= 60 { text } else { format!("{}…", text.chars().take(60).collect::<String>()) }
}

/// The keys an object at that place may have.
fn known_keys(schema: &Value, pointer: &str) -> Vec<String> {
    let mut at = schema;
    for part in pointer.split('/').skip(1) {
        at = resolved(schema, at);
        let next = at
            .get("properties")
            .and_then(|p| p.get(part))
            .or_else(|| at.get("items"))
            .or_else(|| at.get("additionalProperties"));
        let Some(next) = next else { return Vec::new() };
        at = next;
    }
    resolved(schema, at)
        .get("properties")
        .and_then(Value::as_object)
        .map_or_else(Vec::new, |p| p.keys().cloned().collect())
}

fn resolved<'a>(schema: &'a Value, mut at: &'a Value) -> &'a Value {
    while let Some(target) = at.get("$ref").and_then(Value::as_str) {
        match schema.pointer(target.trim_start_matches('#')) {
            Some(next) => at = next,
            None => break,
        }
    }
    at
}
