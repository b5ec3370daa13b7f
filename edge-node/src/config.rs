//! The node's settings: TOML, checked as a whole. A syntax error stands alone; otherwise every fault of shape (against the
//! schema generated from these types) and of meaning (duplicates, dangling references, missing files, faces without a
//! sign) is reported at once with its key path. A bad value stops the start; nothing is guessed, no secret is printed.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;
use std::path::{Path, PathBuf};

use contract::bundle::{CameraSpec, LineSpec, WrongWayRule};
use contract::ids::NodeAddress;
use contract::settings::{self, Fault};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::evidence::EvidenceSettings;
use crate::telemetry::TelemetrySettings;
use crate::uplink::UplinkSettings;

/// `edge-node.toml`.
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Config {
    /// Folder for everything the node keeps. Relative paths start at the settings file's own folder.
    pub data_dir: PathBuf,
    /// Nets and their runtime.
    #[serde(default)]
    pub models: ModelSettings,
    /// The broker, where it is not the one the centre names.
    #[serde(default)]
    pub mqtt: MqttSettings,
    /// Logs and metrics.
    #[serde(default)]
    pub telemetry: TelemetrySettings,
    /// Pictures.
    #[serde(default)]
    pub evidence: EvidenceSettings,
    /// Reserves of the disk.
    #[serde(default)]
    pub disk: DiskSettings,
    /// Delivery to the centre.
    #[serde(default)]
    pub centre: UplinkSettings,
    /// Passwords of cameras, by the name a camera's `credential` gives.
    #[serde(default)]
    pub secrets: BTreeMap<String, SecretSource>,
    /// For a node without a centre: who it is. Its cameras and lines then stand in this file.
    #[serde(default)]
    pub stand_alone: Option<NodeAddress>,
    /// Cameras of a stand-alone node; a node with a centre gets them by bundle.
    #[serde(default)]
    pub cameras: Vec<CameraSpec>,
    /// Lines of a stand-alone node.
    #[serde(default)]
    pub lines: Vec<LineSpec>,
    /// Wrong-way rules of a stand-alone node.
    #[serde(default)]
    pub wrong_way: Vec<WrongWayRule>,
}

/// Nets and their runtime.
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct ModelSettings {
    /// Folder with `manifest.toml`. Default: `models` here or in a folder above.
    pub dir: Option<PathBuf>,
    /// Plate readings a second for the whole node, 0..20. Default 2.
    #[schemars(range(min = 0.0, max = 20.0))]
    pub reads_per_second: f64,
}

impl Default for ModelSettings {
    fn default() -> Self {
        Self { dir: None, reads_per_second: 2.0 }
    }
}

/// The broker, where it is not the one the centre names.
#[derive(Debug, Clone, Default, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct MqttSettings {
    /// Host.
    pub host: Option<String>,
    /// Port.
    #[schemars(range(min = 1))]
    pub port: Option<u16>,
}

/// Reserves of the disk: nothing stored is deleted to make room, so making stops in time.
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct DiskSettings {
    /// Below so many free MiB no new pictures are kept. Default 512.
    pub pictures_mib: u64,
    /// Below so many free MiB no new events are made. Default 128.
    pub events_mib: u64,
    /// Preallocated MiB that health reports may still use. Default 4.
    pub reserve_mib: u64,
}

impl Default for DiskSettings {
    fn default() -> Self {
        Self { pictures_mib: 512, events_mib: 128, reserve_mib: 4 }
    }
}

/// Where a secret is read from.
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct SecretSource {
    /// A file that holds `user:password` and nothing else.
    #[serde(default)]
    pub file: Option<PathBuf>,
    /// An environment variable that does.
    #[serde(default)]
    pub env: Option<String>,
}

/// Why there are no settings.
#[derive(Debug, thiserror::Error)]
pub enum ConfigError {
    /// The file cannot be read.
    #[error("reading the settings file {path}")]
    Unreadable {
        /// Which.
        path: PathBuf,
        /// Why.
        #[source]
        source: std::io::Error,
    },
    /// Its faults.
    #[error("{0}")]
    Faults(Faults),
}

/// All faults of a settings file.
#[derive(Debug)]
pub struct Faults {
    /// The file.
    pub path: PathBuf,
    /// What is wrong, in the order of the keys.
    pub faults: Vec<Fault>,
}

impl fmt::Display for Faults {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {} lỗi / faults", self.path.display(), self.faults.len())?;
        self.faults.iter().try_for_each(|fault| write!(f, "\n  {fault}"))
    }
}

/// The schema unknown keys are refused by; committed as `config/schema/edge-node.schema.json`.
#[must_use]
pub fn schema() -> Value {
    settings::strict(schemars::schema_for!(Config).to_value())
}

impl Config {
    /// Reads and checks a file.
    pub fn read(path: &Path) -> Result<Self, ConfigError> {
        let text = std::fs::read_to_string(path)
            .map_err(|source| ConfigError::Unreadable { path: path.to_owned(), source })?;
        let folder = path.parent().unwrap_or_else(|| Path::new("."));
        let mut config = Self::parse(&text, folder)
            .map_err(|faults| ConfigError::Faults(Faults { path: path.to_owned(), faults }))?;
        config.data_dir = folder.join(&config.data_dir);
        config.models.dir = config.models.dir.map(|dir| folder.join(dir));
        for secret in config.secrets.values_mut() {
            secret.file = secret.file.take().map(|file| folder.join(file));
        }
        Ok(config)
    }

    /// Checks a text; paths in it start at `folder`.
    pub fn parse(text: &str, folder: &Path) -> Result<Self, Vec<Fault>> {
        let tree = settings::parse(text).map_err(|fault| vec![fault])?;
        let mut faults = settings::check(&tree, &schema());
        faults.extend(Meaning { tree: &tree, folder }.faults());
        if faults.is_empty() {
            return serde_json::from_value(tree).map_err(|e| {
                vec![Fault::new("", "không đọc được cấu hình", format!("the settings cannot be read: {e}"))]
            });
        }
        faults.sort_by(|a, b| a.key.cmp(&b.key));
        faults.dedup();
        Err(faults)
    }

    /// What a camera's `credential` stands for; `None` when it is not named or cannot be read.
    #[must_use]
    pub fn secret(&self, name: &str) -> Option<String> {
        let source = self.secrets.get(name)?;
        match (&source.file, &source.env) {
            (Some(file), _) => std::fs::read_to_string(file).ok(),
            (None, Some(variable)) => std::env::var(variable).ok(),
            (None, None) => None,
        }
    }
}

/// Checks of meaning, on the raw tree: they must also run when the shape has faults.
struct Meaning<'a> {
    tree: &'a Value,
    folder: &'a Path,
}

impl Meaning<'_> {
    fn faults(&self) -> Vec<Fault> {
        let mut faults = Vec::new();
        self.duplicates(&mut faults);
        self.references(&mut faults);
        self.cameras(&mut faults);
        self.lines(&mut faults);
        self.files(&mut faults);
        faults
    }

    fn list(&self, name: &str) -> impl Iterator<Item = (String, &Value)> {
        let items = self.tree.get(name).and_then(Value::as_array).map(Vec::as_slice).unwrap_or_default();
        let name = name.to_owned();
        items.iter().enumerate().map(move |(i, item)| (format!("{name}[{i}]"), item))
    }

    fn duplicates(&self, faults: &mut Vec<Fault>) {
        for (list, keys) in
            [("cameras", &["name"][..]), ("lines", &["camera", "name"]), ("wrong_way", &["camera", "name"])]
        {
            let mut seen = BTreeSet::new();
            for (key, item) in self.list(list) {
                let id: Vec<Option<&str>> = keys.iter().map(|k| item.get(*k).and_then(Value::as_str)).collect();
                if id.iter().all(Option::is_some) && !seen.insert(id) {
                    faults.push(Fault::new(format!("{key}.name"), "tên bị trùng", "the name is given twice"));
                }
            }
        }
    }

    fn references(&self, faults: &mut Vec<Fault>) {
        let text = |item: &Value, k: &str| item.get(k).and_then(Value::as_str).map(str::to_owned);
        let cameras: BTreeSet<String> = self.list("cameras").filter_map(|(_, c)| text(c, "name")).collect();
        let lines: BTreeSet<(Option<String>, Option<String>)> =
            self.list("lines").map(|(_, l)| (text(l, "camera"), text(l, "name"))).collect();
        for (key, item) in self.list("lines").chain(self.list("wrong_way")) {
            if text(item, "camera").is_some_and(|c| !cameras.contains(&c)) {
                faults.push(Fault::new(
                    format!("{key}.camera"),
                    "không có camera nào tên này",
                    "there is no camera of this name",
                ));
            }
        }
        for (key, rule) in self.list("wrong_way") {
            let line = (text(rule, "camera"), text(rule, "line"));
            if line.1.is_some() && !lines.contains(&line) {
                faults.push(Fault::new(
                    format!("{key}.line"),
                    "camera này không có vạch tên này",
                    "there is no line of this name on this camera",
                ));
            }
        }
        for (key, camera) in self.list("cameras") {
            let Some(name) = text(camera, "credential") else { continue };
            if self.tree.get("secrets").and_then(|s| s.get(&name)).is_none() {
                faults.push(Fault::new(
                    format!("{key}.credential"),
                    "không có trong [secrets]",
                    "there is no such entry in [secrets]",
                ));
            }
        }
    }

    fn cameras(&self, faults: &mut Vec<Fault>) {
        let given = |camera: &Value, k: &str| camera.get(k).is_some_and(|v| !v.is_null() && v.as_str() != Some(""));
        for (key, camera) in self.list("cameras") {
            let purpose = camera.get("purpose").and_then(Value::as_str);
            if purpose == Some("face_access") {
                if !given(camera, "legal_basis") {
                    faults.push(Fault::new(
                        format!("{key}.legal_basis"),
                        "camera nhận dạng khuôn mặt phải ghi căn cứ pháp lý",
                        "a camera for faces needs its legal basis",
                    ));
                }
                if !given(camera, "sign") {
                    faults.push(Fault::new(
                        format!("{key}.sign"),
                        "camera nhận dạng khuôn mặt phải có biển báo",
                        "a camera for faces needs a sign that tells people",
                    ));
                }
            }
            let uri = camera.get("uri").and_then(Value::as_str).unwrap_or("test:");
            let known = ["rtsp://", "rtsps://", "file:", "test:"].iter().any(|scheme| uri.starts_with(scheme));
            if !known {
                faults.push(Fault::new(
                    format!("{key}.uri"),
                    "chỉ nhận rtsp://, rtsps://, file:, test:",
                    "must begin with rtsp://, rtsps://, file: or test:",
                ));
            }
            let authority = uri.split_once("://").map_or("", |(_, rest)| rest.split('/').next().unwrap_or_default());
            if authority.contains('@') {
                faults.push(Fault::new(
                    format!("{key}.uri"),
                    "không ghi mật khẩu trong địa chỉ; dùng credential và [secrets]",
                    "no password in the address: use credential and [secrets]",
                ));
            }
        }
    }

    fn lines(&self, faults: &mut Vec<Fault>) {
        for (key, line) in self.list("lines") {
            let Some(segment) = line.get("segment") else { continue };
            let at = |end: &str, axis: &str| segment.get(end).and_then(|p| p.get(axis)).and_then(Value::as_f64);
            let ends: Vec<Option<f64>> =
                [("a", "x"), ("a", "y"), ("b", "x"), ("b", "y")].iter().map(|(e, a)| at(e, a)).collect();
            if ends.iter().flatten().any(|v| !(0.0..=1.0).contains(v)) {
                faults.push(Fault::new(
                    format!("{key}.segment"),
                    "tọa độ phải từ 0 đến 1",
                    "coordinates lie between 0 and 1",
                ));
            }
            if ends.iter().all(Option::is_some) && ends[0] == ends[2] && ends[1] == ends[3] {
                faults.push(Fault::new(
                    format!("{key}.segment"),
                    "hai đầu vạch trùng nhau",
                    "both ends of the line are the same point",
                ));
            }
        }
    }

    fn files(&self, faults: &mut Vec<Fault>) {
        let missing = |faults: &mut Vec<Fault>, key: String, path: &str| {
            if !self.folder.join(path).exists() {
                faults.push(Fault::new(key, "không tìm thấy tệp", "the file is not there"));
            }
        };
        for (key, camera) in self.list("cameras") {
            if let Some(path) = camera.get("uri").and_then(Value::as_str).and_then(|u| u.strip_prefix("file:")) {
                missing(faults, format!("{key}.uri"), path.strip_prefix("//").unwrap_or(path));
            }
        }
        let secrets = self.tree.get("secrets").and_then(Value::as_object);
        for (name, source) in secrets.into_iter().flatten() {
            match (source.get("file").and_then(Value::as_str), source.get("env").and_then(Value::as_str)) {
                (Some(path), None) => missing(faults, format!("secrets.{name}.file"), path),
                (None, Some(_)) => {}
                _ => faults.push(Fault::new(
                    format!("secrets.{name}"),
                    "cần đúng một trong file, env",
                    "give exactly one of file, env",
                )),
            }
        }
        if let Some(dir) = self.tree.get("models").and_then(|m| m.get("dir")).and_then(Value::as_str) {
            missing(faults, "models.dir".to_owned(), &format!("{dir}/manifest.toml"));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn root() -> &'static Path {
        Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap()
    }

    #[test]
    fn the_example_is_accepted_and_says_every_default() {
        let folder = root().join("config");
        let text = std::fs::read_to_string(folder.join("edge-node.example.toml")).unwrap();
        let config = Config::parse(&text, &folder).map_err(|f| format!("{f:#?}")).unwrap();
        assert_eq!(config.cameras.len(), 2);
        let least = Config::parse("data_dir = \"x\"", &folder).unwrap();
        assert_eq!(config.disk.pictures_mib, least.disk.pictures_mib);
        assert_eq!(config.centre, least.centre);
        assert_eq!(config.evidence, least.evidence);
    }

    #[test]
    fn generated_schema_is_the_committed_one() {
        let path = root().join("config/schema/edge-node.schema.json");
        let text = serde_json::to_string_pretty(&schema()).unwrap() + "\n";
        if std::env::var_os("CHILANG_REGENERATE").is_some() {
            std::fs::write(&path, &text).unwrap();
        }
        let committed = std::fs::read_to_string(&path).unwrap_or_default();
        assert!(committed == text, "config/schema/edge-node.schema.json is out of date: run `just schema`");
    }

    const SEVEN: &str = r#"
data_dir = "data"
colour = "blue"

[models]
reads_per_second = "fast"

[centre]
window = 9000

[secrets]
gate = { file = "no-such-file" }

[[cameras]]
name = "road-1"
title = "Đường 1"
controller = "traffic-police"
purpose = "traffic"
uri = "rtsp://10.0.0.5/a"

[[cameras]]
name = "road-1"
title = "Cổng"
controller = "people-committee"
purpose = "face_access"
uri = "rtsp://10.0.0.6/a"

[[lines]]
name = "gate"
camera = "road-9"
title = "Vạch"
counts = "vehicles"
segment = { a = { x = 0.1, y = 0.5 }, b = { x = 0.9, y = 0.5 } }
"#;

    #[test]
    fn seven_faults_of_seven_kinds_are_named_in_one_run() {
        let faults = Config::parse(SEVEN, Path::new(".")).unwrap_err();
        let named: Vec<String> = faults.iter().map(|f| format!("{}: {}", f.key, f.en)).collect();
        assert_eq!(
            named,
            [
                "cameras[1].legal_basis: a camera for faces needs its legal basis",
                "cameras[1].name: the name is given twice",
                "cameras[1].sign: a camera for faces needs a sign that tells people",
                "centre.window: greater than the maximum of 200",
                "colour: unknown key: remove it or mend its name",
                "lines[0].camera: there is no camera of this name",
                "models.reads_per_second: wrong type, number is expected",
                "secrets.gate.file: the file is not there",
            ]
        );
    }

    #[test]
    fn passwords_in_addresses_and_open_metrics_are_refused() {
        let text = "data_dir = \"d\"\n[telemetry]\nlisten = \"0.0.0.0:9464\"\n[[cameras]]\nname = \"a\"\ntitle = \"A\"\ncontroller = \"c\"\npurpose = \"traffic\"\nuri = \"rtsp://me:hunter2@10.0.0.5/a\"\n";
        let faults = Config::parse(text, Path::new(".")).unwrap_err();
        let keys: Vec<&str> = faults.iter().map(|f| f.key.as_str()).collect();
        assert_eq!(keys, ["cameras[0].uri", "telemetry.listen"]);
        assert!(!faults.iter().any(|f| f.to_string().contains("hunter2")));
    }
}
