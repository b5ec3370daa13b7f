//! The node's TOML. It holds where things lie, what the machine may use, and – for a node without a centre – its
//! cameras, lines and rules; a node that has joined a centre gets those as signed bundles. A bad value stops the start:
//! every fault that can be found at once is told at once, with its key path ([`Fault`]).
//!
//! Layers: TOML syntax alone; else the value tree against the generated schema, and the rules between values
//! ([`semantic`]) on the same tree, whether or not it fits the types; then the typed parse. No secret ever stands in
//! the file: it names files or variables of the environment.

mod fault;
mod schema;
mod semantic;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use contract::bundle::{CameraSpec, CamerasContent, LineSpec, RulesContent, WrongWayRule};
use contract::ids::NodeAddress;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::evidence::{DiskReserves, EvidenceSettings};
use crate::telemetry::TelemetrySettings;
use crate::uplink::UplinkSettings;

pub use fault::{ConfigFaults, Fault, FaultKind};
pub use schema::{schema, schema_text};

/// Everything in `edge-node.toml`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Config {
    /// Folder for identity, outbox, pictures and bundles; made at the first start.
    pub data_dir: PathBuf,
    /// `[node]`: who this is, for a node that has not joined a centre (stand-alone, replay).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub node: Option<NodeAddress>,
    /// `[models]`
    #[serde(default)]
    pub models: ModelsSettings,
    /// `[mqtt]`: overrides of what enrolment said.
    #[serde(default)]
    pub mqtt: MqttSettings,
    /// `[centre]`
    #[serde(default)]
    pub centre: UplinkSettings,
    /// `[telemetry]`
    #[serde(default)]
    pub telemetry: TelemetrySettings,
    /// `[evidence]`
    #[serde(default)]
    pub evidence: EvidenceSettings,
    /// `[limits]`
    #[serde(default)]
    pub limits: Limits,
    /// `[secrets]`: `camera-1 = { file = "…" }` or `{ env = "…" }`; the content is `user:password`.
    #[serde(default)]
    pub secrets: BTreeMap<String, SecretSource>,
    /// `[[cameras]]`, for a node without a centre.
    #[serde(default)]
    pub cameras: Vec<CameraSpec>,
    /// `[[lines]]`, for a node without a centre.
    #[serde(default)]
    pub lines: Vec<LineSpec>,
    /// `[[wrong_way]]`, for a node without a centre.
    #[serde(default)]
    pub wrong_way: Vec<WrongWayRule>,
}

/// `[models]`
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct ModelsSettings {
    /// Folder with `manifest.toml`, weights and runtime. Default `models`.
    pub dir: PathBuf,
}

impl Default for ModelsSettings {
    fn default() -> Self {
        Self { dir: PathBuf::from("models") }
    }
}

/// `[mqtt]`
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct MqttSettings {
    /// Broker's host. Default: as enrolment said.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub host: Option<String>,
    /// Broker's port, 1..65535. Default: as enrolment said.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(range(min = 1, max = 65535))]
    pub port: Option<u16>,
}

/// `[limits]`
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct Limits {
    /// R1, MiB: with less free room no new pictures are kept. Default 512.
    #[schemars(range(max = 1_048_576))]
    pub pictures_reserve_mib: u32,
    /// R2, MiB: with less free room no new events are made. Must be below R1. Default 128.
    #[schemars(range(max = 1_048_576))]
    pub events_reserve_mib: u32,
    /// Preallocated file that health reports may use up, MiB. Default 16.
    #[schemars(range(max = 1024))]
    pub health_reserve_mib: u32,
    /// Most plate readings a second on the whole node, 1..50. Default 2.
    #[schemars(range(min = 1, max = 50))]
    pub plate_reads_per_second: u32,
}

impl Default for Limits {
    fn default() -> Self {
        Self { pictures_reserve_mib: 512, events_reserve_mib: 128, health_reserve_mib: 16, plate_reads_per_second: 2 }
    }
}

impl Limits {
    /// The disk guard's limits, in bytes.
    #[must_use]
    pub fn reserves(&self) -> DiskReserves {
        let bytes = |mib: u32| u64::from(mib) << 20;
        DiskReserves {
            pictures_bytes: bytes(self.pictures_reserve_mib),
            events_bytes: bytes(self.events_reserve_mib),
            reserve_bytes: bytes(self.health_reserve_mib),
        }
    }
}

/// Where a secret lies: exactly one of the two.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct SecretSource {
    /// A file that holds it; the line end at its end is not part of it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub file: Option<PathBuf>,
    /// A variable of the environment that holds it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub env: Option<String>,
}

/// A secret in memory. Never printed.
#[derive(Clone, PartialEq, Eq)]
pub struct Secret(String);

impl std::fmt::Debug for Secret {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Secret(…)")
    }
}

impl Secret {
    /// The text itself; not to be logged.
    #[must_use]
    pub fn reveal(&self) -> &str {
        &self.0
    }
}

/// Why a secret is not to be had.
#[derive(Debug, thiserror::Error)]
pub enum SecretError {
    /// The configuration names no such secret.
    #[error("[secrets] has no entry {0:?}")]
    Unknown(String),
    /// Its file cannot be read.
    #[error("the secret {name:?} cannot be read from its file")]
    File {
        /// Its name.
        name: String,
        /// Why.
        #[source]
        source: std::io::Error,
    },
    /// Its variable is not set.
    #[error("the secret {0:?} is not in the environment")]
    Environment(String),
}

impl Config {
    /// Reads and checks a file. Relative paths in it begin at the file's folder; only the default of `models.dir`
    /// begins at the working directory.
    pub fn load(path: &Path) -> Result<Self, ConfigFaults> {
        let text = std::fs::read_to_string(path).map_err(|error| ConfigFaults {
            file: path.display().to_string(),
            faults: vec![Fault::unreadable(&error)],
        })?;
        let base = path.parent().unwrap_or(Path::new(""));
        Self::parse(&text, base).map_err(|faults| ConfigFaults { file: path.display().to_string(), faults })
    }

    /// Reads and checks a text; relative paths in it begin at `base`.
    pub fn parse(text: &str, base: &Path) -> Result<Self, Vec<Fault>> {
        let table: toml::Table = match toml::from_str(text) {
            Ok(table) => table,
            Err(error) => return Err(vec![Fault::syntax(text, &error)]),
        };
        let mut tree = serde_json::to_value(table).map_err(|error| vec![Fault::untyped(&error.to_string())])?;
        let mut faults = schema::faults(&tree);
        faults.extend(semantic::faults(&tree, Some(base)));
        if !faults.is_empty() {
            fault::sort_and_drop_doubles(&mut faults);
            return Err(faults);
        }
        root_paths(&mut tree, base);
        serde_json::from_value(tree).map_err(|error| vec![Fault::untyped(&error.to_string())])
    }

    /// The secret of that name.
    pub fn secret(&self, name: &str) -> Result<Secret, SecretError> {
        let source = self.secrets.get(name).ok_or_else(|| SecretError::Unknown(name.to_owned()))?;
        if let Some(file) = &source.file {
            let text =
                std::fs::read_to_string(file).map_err(|source| SecretError::File { name: name.to_owned(), source })?;
            return Ok(Secret(text.trim_end_matches(['\r', '\n']).to_owned()));
        }
        let variable = source.env.as_deref().unwrap_or_default();
        std::env::var(variable).map(Secret).map_err(|_| SecretError::Environment(name.to_owned()))
    }

    /// Cameras as a node without a centre has them.
    #[must_use]
    pub fn cameras_content(&self) -> CamerasContent {
        CamerasContent { cameras: self.cameras.clone() }
    }

    /// Lines and rules as a node without a centre has them.
    #[must_use]
    pub fn rules_content(&self) -> RulesContent {
        RulesContent { lines: self.lines.clone(), wrong_way: self.wrong_way.clone() }
    }
}

/// Makes every relative path in the tree begin at `base`.
fn root_paths(tree: &mut Value, base: &Path) {
    let root = |value: &mut Value, prefix: &str| {
        if let Some(path) = value.as_str().and_then(|text| text.strip_prefix(prefix)) {
            // An absolute path replaces the base when it is joined to it.
            let rooted = base.join(path.strip_prefix("//").unwrap_or(path));
            *value = Value::String(format!("{prefix}{}", rooted.display()));
        }
    };
    for pointer in ["/data_dir", "/models/dir"] {
        if let Some(value) = tree.pointer_mut(pointer) {
            root(value, "");
        }
    }
    if let Some(secrets) = tree.get_mut("secrets").and_then(Value::as_object_mut) {
        for source in secrets.values_mut() {
            if let Some(file) = source.get_mut("file") {
                root(file, "");
            }
        }
    }
    for camera in tree.get_mut("cameras").and_then(Value::as_array_mut).into_iter().flatten() {
        if let Some(uri) = camera.get_mut("uri") {
            root(uri, "file:");
        }
    }
}

/// The same rules for what comes in bundles: names, references, purposes. Files are not looked for; a credential must be
/// among `secrets`.
#[must_use]
pub fn bundle_faults(
    cameras: &CamerasContent,
    rules: &RulesContent,
    secrets: &BTreeMap<String, SecretSource>,
) -> Vec<Fault> {
    let json = |value: serde_json::Result<Value>| value.unwrap_or(Value::Null);
    let tree = serde_json::json!({
        "cameras": json(serde_json::to_value(&cameras.cameras)),
        "lines": json(serde_json::to_value(&rules.lines)),
        "wrong_way": json(serde_json::to_value(&rules.wrong_way)),
        "secrets": json(serde_json::to_value(secrets)),
    });
    semantic::faults(&tree, None)
}

#[cfg(test)]
mod tests;
