//! One thing that is wrong with a configuration: where, what, what is allowed, what to do. In Vietnamese, with English
//! in parentheses. Values of keys that may hold a password are never repeated.

use std::fmt;

/// What sort of fault it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum FaultKind {
    /// The file cannot be read, or is no TOML.
    Syntax,
    /// A key nobody knows.
    UnknownKey,
    /// A key that must be there is not.
    MissingKey,
    /// A value of another type.
    WrongType,
    /// A number or length out of its range.
    OutOfRange,
    /// A text that is none of those allowed, or not of the form wanted.
    NotAllowed,
    /// A file, folder or variable that is not there.
    MissingFile,
    /// The same name twice.
    Duplicate,
    /// A name that nothing has.
    Dangling,
    /// Face recognition without its legal ground or its sign.
    NotLawful,
}

/// One fault.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fault {
    /// Key path: `cameras[1].latency_ms`; empty for the whole file.
    pub path: String,
    /// What sort.
    pub kind: FaultKind,
    /// What is wrong and what to do, Vietnamese.
    pub vietnamese: String,
    /// The same, English.
    pub english: String,
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let path = if self.path.is_empty() { "(tệp)" } else { &self.path };
        write!(f, "{path}: {} ({})", self.vietnamese, self.english)
    }
}

impl Fault {
    pub(super) fn new(
        path: impl Into<String>,
        kind: FaultKind,
        vietnamese: impl Into<String>,
        english: impl Into<String>,
    ) -> Self {
        Self { path: path.into(), kind, vietnamese: vietnamese.into(), english: english.into() }
    }

    pub(super) fn unreadable(error: &std::io::Error) -> Self {
        Self::new("", FaultKind::Syntax, format!("không đọc được tệp: {error}"), "the file cannot be read".to_owned())
    }

    /// The parser's own words without the line itself: it might hold what nobody should see.
    pub(super) fn syntax(text: &str, error: &toml::de::Error) -> Self {
        let line =
            error.span().map_or(1, |span| text.get(..span.start).map_or(1, |before| before.matches('\n').count() + 1));
        Self::new(
            "",
            FaultKind::Syntax,
            format!("dòng {line}: sai cú pháp TOML"),
            format!("line {line}: TOML syntax: {}", error.message()),
        )
    }

    pub(super) fn untyped(words: &str) -> Self {
        Self::new("", FaultKind::WrongType, "giá trị không đúng kiểu", words.to_owned())
    }
}

/// All faults of one file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ConfigFaults {
    /// The file.
    pub file: String,
    /// What is wrong with it; never empty.
    pub faults: Vec<Fault>,
}

impl fmt::Display for ConfigFaults {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let count = self.faults.len();
        write!(f, "{}: {count} lỗi cấu hình ({count} faults)", self.file)?;
        for fault in &self.faults {
            write!(f, "\n  - {fault}")?;
        }
        Ok(())
    }
}

impl std::error::Error for ConfigFaults {}

/// In the order of the keys; the schema and a rule may find the same thing twice.
pub(super) fn sort_and_drop_doubles(faults: &mut Vec<Fault>) {
    faults.sort_by(|a, b| (&a.path, a.kind).cmp(&(&b.path, b.kind)));
    faults.dedup_by(|a, b| a.path == b.path && a.kind == b.kind && a.english == b.english);
}
