//! A settings file's faults, all at once, each with its key path: TOML text → value tree → checked against a JSON Schema
//! generated from the settings' types, unknown keys refused. Both services read their settings this way. It never prints
//! a value, since a value may be a secret, and never guesses what was meant.

use std::fmt;

use jsonschema::error::{TypeKind, ValidationErrorKind};
use jsonschema::paths::{Location, LocationSegment};
use serde_json::Value;

/// One fault.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fault {
    /// `cameras[1].latency_ms`; empty for the file itself.
    pub key: String,
    /// What is wrong and what is allowed, Vietnamese.
    pub vi: String,
    /// The same in English.
    pub en: String,
}

impl Fault {
    /// A fault at a key.
    #[must_use]
    pub fn new(key: impl Into<String>, vi: impl Into<String>, en: impl Into<String>) -> Self {
        Self { key: key.into(), vi: vi.into(), en: en.into() }
    }
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let key = if self.key.is_empty() { "(tệp/file)" } else { &self.key };
        write!(f, "{key}: {} ({})", self.vi, self.en)
    }
}

/// The text as a value tree; a syntax error is the only fault then, with line and column.
pub fn parse(text: &str) -> Result<Value, Fault> {
    toml::from_str::<Value>(text).map_err(|error| {
        let place = error.span().map_or_else(String::new, |span| {
            let before = &text[..span.start.min(text.len())];
            let line = before.matches('\n').count() + 1;
            let column = before.rsplit('\n').next().map_or(0, |l| l.chars().count()) + 1;
            format!("dòng/line {line}, cột/column {column}: ")
        });
        // The message names what was expected; it quotes no value.
        let message = error.message().lines().next().unwrap_or_default().to_owned();
        Fault::new("", format!("{place}không phải TOML hợp lệ"), format!("not valid TOML: {message}"))
    })
}

/// Makes a generated schema refuse unknown keys everywhere a table's keys are listed.
#[must_use]
pub fn strict(mut schema: Value) -> Value {
    match &mut schema {
        Value::Object(map) => {
            if map.contains_key("properties") && !map.contains_key("additionalProperties") {
                map.insert("additionalProperties".to_owned(), Value::Bool(false));
            }
            for value in map.values_mut() {
                *value = strict(value.take());
            }
        }
        Value::Array(items) => {
            for value in items {
                *value = strict(value.take());
            }
        }
        _ => {}
    }
    schema
}

/// Every fault of the tree against a [`strict`] schema.
#[must_use]
pub fn check(tree: &Value, schema: &Value) -> Vec<Fault> {
    match jsonschema::validator_for(schema) {
        Ok(validator) => validator.iter_errors(tree).flat_map(|e| describe(e.instance_path(), e.kind())).collect(),
        Err(error) => vec![Fault::new("", "lược đồ cấu hình hỏng", format!("the settings' schema is broken: {error}"))],
    }
}

/// `/cameras/1/latency_ms` → `cameras[1].latency_ms`.
fn key_of(path: &Location) -> String {
    let mut key = String::new();
    for segment in path {
        match segment {
            LocationSegment::Index(index) => key.push_str(&format!("[{index}]")),
            LocationSegment::Property(name) => join(&mut key, &name),
        }
    }
    key
}

fn join(key: &mut String, name: &str) {
    if !key.is_empty() {
        key.push('.');
    }
    key.push_str(name);
}

fn under(path: &Location, name: &str) -> String {
    let mut key = key_of(path);
    join(&mut key, name);
    key
}

fn describe(path: &Location, kind: &ValidationErrorKind) -> Vec<Fault> {
    use ValidationErrorKind as K;
    let here = |vi: String, en: String| vec![Fault::new(key_of(path), vi, en)];
    match kind {
        K::AdditionalProperties { unexpected } => unexpected
            .iter()
            .map(|name| {
                Fault::new(
                    under(path, name),
                    "khóa không có trong cấu hình; xóa hoặc sửa tên",
                    "unknown key: remove it or mend its name",
                )
            })
            .collect(),
        K::Required { property } => {
            let name = property.as_str().unwrap_or_default();
            vec![Fault::new(under(path, name), "thiếu khóa bắt buộc", "a required key is missing")]
        }
        K::Type { kind } => {
            let wanted = match kind {
                TypeKind::Single(one) => one.to_string(),
                TypeKind::Multiple(set) => set.iter().map(|t| t.to_string()).collect::<Vec<_>>().join("/"),
            };
            here(format!("sai kiểu, cần {wanted}"), format!("wrong type, {wanted} is expected"))
        }
        K::Maximum { limit } | K::ExclusiveMaximum { limit } => {
            here(format!("vượt mức tối đa {limit}"), format!("greater than the maximum of {limit}"))
        }
        K::Minimum { limit } | K::ExclusiveMinimum { limit } => {
            here(format!("dưới mức tối thiểu {limit}"), format!("less than the minimum of {limit}"))
        }
        K::Enum { options } => here(format!("chỉ nhận một trong {options}"), format!("must be one of {options}")),
        K::Pattern { pattern } => {
            here(format!("không đúng dạng {pattern}"), format!("does not have the form {pattern}"))
        }
        K::MinLength { limit } => here(format!("ngắn hơn {limit} ký tự"), format!("shorter than {limit} characters")),
        K::AnyOf { context } | K::OneOfNotValid { context } => {
            // One of several words is written as a branch for each word.
            let words: Option<Vec<String>> = context.iter().map(|branch| branch.iter().find_map(word)).collect();
            if let Some(words) = words.map(|words| words.join(", ")) {
                return here(format!("chỉ nhận một trong {words}"), format!("must be one of {words}"));
            }
            // An optional value is written as "that or nothing": the first branch tells what is wrong with it.
            let inner = context.iter().find(|branch| {
                branch
                    .iter()
                    .any(|e| !matches!(e.kind(), K::Type { kind: TypeKind::Single(t) } if t.to_string() == "null"))
            });
            match inner {
                Some(branch) => branch.iter().flat_map(|e| describe(e.instance_path(), e.kind())).collect(),
                None => here("giá trị không được nhận".to_owned(), "the value is not accepted".to_owned()),
            }
        }
        other => here("giá trị không được nhận".to_owned(), format!("the value is not accepted ({})", other.keyword())),
    }
}

/// The word that a branch of a choice would have taken.
fn word(error: &jsonschema::ValidationError<'_>) -> Option<String> {
    match error.kind() {
        ValidationErrorKind::Constant { expected_value } => Some(expected_value.to_string()),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use schemars::JsonSchema;
    use serde::Deserialize;

    #[derive(Deserialize, JsonSchema)]
    #[expect(dead_code, reason = "only its schema is used")]
    struct Outer {
        name: String,
        #[schemars(range(min = 1, max = 10))]
        count: u32,
        #[serde(default)]
        inner: Option<Inner>,
        #[serde(default)]
        list: Vec<Inner>,
        #[serde(default)]
        way: Option<Way>,
    }

    #[derive(Deserialize, JsonSchema)]
    #[serde(rename_all = "snake_case")]
    enum Way {
        /// Described, as ours all are.
        Tcp,
        /// The other.
        Udp,
    }

    #[derive(Deserialize, JsonSchema)]
    #[expect(dead_code, reason = "only its schema is used")]
    struct Inner {
        port: u16,
    }

    fn faults(text: &str) -> Vec<String> {
        let schema = strict(schemars::schema_for!(Outer).to_value());
        match parse(text) {
            Ok(tree) => check(&tree, &schema).iter().map(|f| format!("{}|{}", f.key, f.en)).collect(),
            Err(fault) => vec![fault.to_string()],
        }
    }

    #[test]
    fn every_fault_is_named_with_its_key() {
        let mut found = faults(
            "count = 11\nextra = 1\nway = \"udpp\"\n[inner]\nport = \"x\"\n[[list]]\nport = 1\n[[list]]\nporrt = 1\n",
        );
        found.sort();
        assert_eq!(
            found,
            [
                "count|greater than the maximum of 10",
                "extra|unknown key: remove it or mend its name",
                "inner.port|wrong type, integer is expected",
                "list[1].porrt|unknown key: remove it or mend its name",
                "list[1].port|a required key is missing",
                "name|a required key is missing",
                "way|must be one of \"tcp\", \"udp\"",
            ]
        );
        assert!(faults("name = \"a\"\ncount = 3\n").is_empty());
    }

    #[test]
    fn a_syntax_error_stands_alone_with_its_place() {
        let found = faults("name = \"a\"\ncount = = 3\n");
        assert_eq!(found.len(), 1);
        assert!(found[0].contains("line 2"), "{found:?}");
    }

    #[test]
    fn values_are_never_shown() {
        let found = faults("name = 5\ncount = 3\n[inner]\nport = \"hunter2\"\n").join(" ");
        assert!(!found.contains("hunter2"), "{found}");
    }
}
