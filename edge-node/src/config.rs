//! The node's settings: TOML, checked as a whole. A syntax error stands alone; otherwise every fault of shape (against the
//! schema generated from these types) and of meaning (duplicates, dangling references, missing files, faces without a
//! sign) is reported at once with its key path. A bad value stops the start; nothing is guessed, no secret is printed.
//! What cameras and rules mean is checked where bundles are checked too: `contract::bundle`.

use std::collections::BTreeMap;
use std::fmt;
use std::path::{Path, PathBuf};

use contract::bundle::{CameraSpec, GateSpec, LineSpec, RulesContent, WrongWayRule, file_path, meaning_faults};
use contract::ids::NodeAddress;
use contract::settings::{self, Fault};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::evidence::EvidenceSettings;
use crate::gate::door::{self, DoorKind, DoorSettings};
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
    /// Passwords of cameras and doors, by the name their `credential` gives.
    #[serde(default)]
    pub secrets: BTreeMap<String, SecretSource>,
    /// Doors this node can open, with a centre or without.
    #[serde(default)]
    pub doors: Vec<DoorSettings>,
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
    /// Gates of a stand-alone node.
    #[serde(default)]
    pub gates: Vec<GateSpec>,
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

/// Gives the value of a variable of the environment.
type Environment<'a> = dyn Fn(&str) -> Option<String> + 'a;

/// What the settings are read for.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Purpose {
    /// The node itself, here and now: its secrets must be at hand, and its cameras come from where it looks for them.
    Running,
    /// A command beside the node, perhaps in an operator's shell: what only the running node needs is not asked for.
    Beside,
}

impl Config {
    /// Lines, rules and gates of a stand-alone node, as a bundle would bring them.
    #[must_use]
    pub fn rules(&self) -> RulesContent {
        RulesContent { lines: self.lines.clone(), wrong_way: self.wrong_way.clone(), gates: self.gates.clone() }
    }

    /// Reads and checks a file for the node itself.
    pub fn read(path: &Path) -> Result<Self, ConfigError> {
        Self::read_for(path, Purpose::Running)
    }

    /// As [`Config::read`], for commands beside the node (`enrol`, `ledger`, `replay`): the variables of its environment may
    /// be missing, and cameras may stand in the file whether the node has a centre or not.
    pub fn read_beside(path: &Path) -> Result<Self, ConfigError> {
        Self::read_for(path, Purpose::Beside)
    }

    fn read_for(path: &Path, purpose: Purpose) -> Result<Self, ConfigError> {
        let text = std::fs::read_to_string(path)
            .map_err(|source| ConfigError::Unreadable { path: path.to_owned(), source })?;
        let folder = path.parent().unwrap_or_else(|| Path::new("."));
        let environment = |name: &str| std::env::var(name).ok();
        let config = Self::parse(&text, folder, purpose, &environment)
            .map_err(|faults| ConfigError::Faults(Faults { path: path.to_owned(), faults }))?;
        Ok(config.below(folder))
    }

    /// Relative paths, which start at the settings file's folder, as paths from where the program works.
    fn below(mut self, folder: &Path) -> Self {
        self.data_dir = folder.join(&self.data_dir);
        self.models.dir = self.models.dir.map(|dir| folder.join(dir));
        for secret in self.secrets.values_mut() {
            secret.file = secret.file.take().map(|file| folder.join(file));
        }
        for authority in self.doors.iter_mut().filter_map(DoorSettings::authority_mut) {
            *authority = folder.join(&*authority);
        }
        for camera in &mut self.cameras {
            if let Some(path) = file_path(&camera.uri) {
                camera.uri = format!("file:{}", folder.join(path).display());
            }
        }
        self
    }

    /// Checks a text; paths in it start at `folder`.
    fn parse(text: &str, folder: &Path, purpose: Purpose, environment: &Environment<'_>) -> Result<Self, Vec<Fault>> {
        let tree = settings::parse(text).map_err(|fault| vec![fault])?;
        let mut faults = settings::check(&tree, &schema());
        faults.extend(meaning_faults(&tree));
        faults.extend(Meaning { tree: &tree, folder, purpose, environment }.faults());
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

/// Checks of meaning that concern this machine and this file alone, on the raw tree: they must also run when the shape has
/// faults.
struct Meaning<'a> {
    tree: &'a Value,
    folder: &'a Path,
    purpose: Purpose,
    environment: &'a Environment<'a>,
}

impl Meaning<'_> {
    fn faults(&self) -> Vec<Fault> {
        let mut faults = Vec::new();
        self.origin(&mut faults);
        self.disk(&mut faults);
        self.cameras(&mut faults);
        self.doors(&mut faults);
        self.secrets(&mut faults);
        if let Some(dir) = self.tree.get("models").and_then(|m| m.get("dir")).and_then(Value::as_str) {
            self.missing(&mut faults, "models.dir".to_owned(), &format!("{dir}/manifest.toml"));
        }
        faults
    }

    /// A node with a centre takes its cameras from bundles alone: those in the file would be ignored in silence.
    fn origin(&self, faults: &mut Vec<Fault>) {
        if self.purpose == Purpose::Beside || self.tree.get("stand_alone").is_some() {
            return;
        }
        for list in ["cameras", "lines", "wrong_way", "gates"] {
            let given = self.tree.get(list).and_then(Value::as_array).is_some_and(|items| !items.is_empty());
            if given {
                faults.push(Fault::new(
                    list,
                    "chỉ dùng khi có [stand_alone]; nút có trung tâm nhận phần này từ trung tâm",
                    "only with [stand_alone]: a node with a centre gets them by signed bundle",
                ));
            }
        }
    }

    fn disk(&self, faults: &mut Vec<Fault>) {
        let default = DiskSettings::default();
        let mib = |name: &str, default: u64| match self.tree.get("disk").and_then(|disk| disk.get(name)) {
            Some(given) => given.as_u64(),
            None => Some(default),
        };
        let limits = (mib("events_mib", default.events_mib), mib("pictures_mib", default.pictures_mib));
        if let (Some(events), Some(pictures)) = limits
            && events > pictures
        {
            faults.push(Fault::new(
                "disk.events_mib",
                "không được lớn hơn pictures_mib: ảnh phải dừng trước sự kiện",
                "at most pictures_mib: pictures stop before events do",
            ));
        }
    }

    fn cameras(&self, faults: &mut Vec<Fault>) {
        let cameras = self.tree.get("cameras").and_then(Value::as_array);
        for (index, camera) in cameras.into_iter().flatten().enumerate() {
            let text = |key: &str| camera.get(key).and_then(Value::as_str);
            if let Some(path) = text("uri").and_then(file_path) {
                self.missing(faults, format!("cameras[{index}].uri"), path);
            }
            self.credential(faults, format!("cameras[{index}]"), text("credential"));
        }
    }

    /// What doors need of this file and this machine; the rest is theirs.
    fn doors(&self, faults: &mut Vec<Fault>) {
        faults.extend(door::faults(self.tree));
        let doors = self.tree.get("doors").and_then(Value::as_array);
        for (index, settings) in doors.into_iter().flatten().enumerate() {
            for kind in DoorKind::ALL.map(DoorKind::as_str) {
                let text = |key: &str| settings.get(kind).and_then(|table| table.get(key)).and_then(Value::as_str);
                let key = format!("doors[{index}].{kind}");
                self.credential(faults, key.clone(), text("credential"));
                if let Some(path) = text("ca") {
                    self.missing(faults, format!("{key}.ca"), path);
                }
            }
        }
    }

    fn credential(&self, faults: &mut Vec<Fault>, key: String, credential: Option<&str>) {
        let unknown = |name: &str| self.tree.get("secrets").and_then(|secrets| secrets.get(name)).is_none();
        if credential.is_some_and(unknown) {
            faults.push(Fault::new(
                format!("{key}.credential"),
                "không có trong [secrets]",
                "there is no such entry in [secrets]",
            ));
        }
    }

    fn secrets(&self, faults: &mut Vec<Fault>) {
        let secrets = self.tree.get("secrets").and_then(Value::as_object);
        for (name, source) in secrets.into_iter().flatten() {
            let key = format!("secrets.{name}");
            let (key, held) = match (source.get("file"), source.get("env")) {
                (Some(Value::String(path)), None) => {
                    let held = std::fs::read_to_string(self.folder.join(path)).ok();
                    let key = format!("{key}.file");
                    if held.is_none() {
                        self.missing(faults, key.clone(), path);
                    }
                    (key, held)
                }
                (None, Some(Value::String(variable))) => {
                    let held = (self.environment)(variable);
                    let key = format!("{key}.env");
                    if held.is_none() && self.purpose == Purpose::Running {
                        faults.push(Fault::new(
                            key.clone(),
                            "biến môi trường này chưa được đặt",
                            "this variable is not set in the environment",
                        ));
                    }
                    (key, held)
                }
                // Of another type: the schema says so.
                (Some(_), None) | (None, Some(_)) => continue,
                _ => {
                    faults.push(Fault::new(key, "cần đúng một trong file, env", "give exactly one of file, env"));
                    continue;
                }
            };
            if held.is_some_and(|held| !is_credential(&held)) {
                faults.push(Fault::new(key, "phải là người_dùng:mật_khẩu", "must hold user:password"));
            }
        }
    }

    fn missing(&self, faults: &mut Vec<Fault>, key: String, path: &str) {
        if !self.folder.join(path).exists() {
            faults.push(Fault::new(key, "không tìm thấy tệp", "the file is not there"));
        }
    }
}

/// As the camera stage reads it: a user, a colon, a password (which may be empty).
fn is_credential(text: &str) -> bool {
    text.trim_end_matches(['\r', '\n']).split_once(':').is_some_and(|(user, _)| !user.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn root() -> &'static Path {
        Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap()
    }

    /// As the node reads it, where the variable of the example is set and no other.
    fn parse(text: &str, folder: &Path) -> Result<Config, Vec<Fault>> {
        let environment = |name: &str| (name == "CHILANG_GATE_CAMERA").then(|| "admin:x".to_owned());
        Config::parse(text, folder, Purpose::Running, &environment)
    }

    fn named(faults: &[Fault]) -> Vec<String> {
        faults.iter().map(|f| format!("{}: {}", f.key, f.en)).collect()
    }

    #[test]
    fn the_example_is_accepted_and_says_every_default() {
        let folder = root().join("config");
        let text = std::fs::read_to_string(folder.join("edge-node.example.toml")).unwrap();
        let config = parse(&text, &folder).map_err(|f| format!("{f:#?}")).unwrap();
        assert_eq!(config.cameras.len(), 2);
        let least = parse("data_dir = \"x\"", &folder).unwrap();
        let (told, default) = (serde_json::to_value(&config).unwrap(), serde_json::to_value(&least).unwrap());
        // What only a stand-alone node has, and the folder, have no default.
        for key in default.as_object().unwrap().keys() {
            if !["data_dir", "secrets", "doors", "stand_alone", "cameras", "lines", "wrong_way", "gates"]
                .contains(&key.as_str())
            {
                assert_eq!(told[key], default[key], "{key}");
            }
        }
        // Each default stands there to be read, and is no accident of leaving it out; what has none stands in a comment.
        let tree = settings::parse(&text).unwrap();
        for section in ["models", "mqtt", "telemetry", "evidence", "disk", "centre"] {
            for (key, value) in default[section].as_object().unwrap() {
                let said = tree[section].get(key).is_some_and(|said| said == value);
                let commented = value.is_null() && text.contains(&format!("# {key} = "));
                assert!(said || commented, "{section}.{key} is not in the example");
            }
        }
        let mut bare = tree["cameras"][0].clone();
        for key in ["transport", "latency_ms", "decoder", "analysed_fps"] {
            assert!(bare.as_object_mut().unwrap().remove(key).is_some(), "cameras.{key} is not in the example");
        }
        assert_eq!(serde_json::from_value::<CameraSpec>(bare).unwrap(), config.cameras[0]);
    }

    const CAMERA: &str = "[[cameras]]\nname = \"a\"\ntitle = \"A\"\ncontroller = \"c\"\npurpose = \"traffic\"\n";

    #[test]
    fn each_rule_of_the_file_alone_has_a_failing_example() {
        let dir = tempfile::tempdir().unwrap();
        std::fs::write(dir.path().join("bare"), "password alone\n").unwrap();
        std::fs::write(dir.path().join("good"), "admin:pa:ss\n").unwrap();
        let alone = "[stand_alone]\nsite = \"s\"\nnode = \"n\"\n";
        let check = |text: &str, expected: &[&str]| {
            let found = match parse(&format!("data_dir = \"d\"\n{text}"), dir.path()) {
                Ok(_) => Vec::new(),
                Err(faults) => named(&faults),
            };
            assert_eq!(found, expected, "{text}");
        };
        check("[secrets]\na = { env = \"CHILANG_GATE_CAMERA\" }\nb = { file = \"good\" }", &[]);
        check(
            "[secrets]\na = { env = \"NOBODY_SET_THIS\" }",
            &["secrets.a.env: this variable is not set in the environment"],
        );
        check("[secrets]\na = { file = \"bare\" }", &["secrets.a.file: must hold user:password"]);
        check(
            "[secrets]\na = { file = \"good\", env = \"CHILANG_GATE_CAMERA\" }",
            &["secrets.a: give exactly one of file, env"],
        );
        check("[secrets]\na = { file = \"nowhere\" }", &["secrets.a.file: the file is not there"]);
        check("[disk]\nevents_mib = 600", &["disk.events_mib: at most pictures_mib: pictures stop before events do"]);
        check("[disk]\npictures_mib = 100", &["disk.events_mib: at most pictures_mib: pictures stop before events do"]);
        check("[disk]\npictures_mib = 128", &[]);
        check(&format!("{alone}{CAMERA}uri = \"test:\""), &[]);
        check(
            &format!("{CAMERA}uri = \"test:\""),
            &["cameras: only with [stand_alone]: a node with a centre gets them by signed bundle"],
        );
        check(
            &format!("{alone}{CAMERA}uri = \"rtsps://10.0.0.5/a\""),
            &["cameras[0].uri: rtsps:// is not supported yet: use rtsp:// on a network of the cameras' own"],
        );
        check(
            &format!("{alone}{CAMERA}uri = \"file:good\"\ndecoder = \"vah264dec\""),
            &["cameras[0].decoder: a file is decoded with auto or software: an element is chosen for rtsp:// only"],
        );
        check(
            &format!("{alone}{CAMERA}uri = \"test:\"\ncredential = \"gate\""),
            &["cameras[0].credential: there is no such entry in [secrets]"],
        );
        check(&format!("{alone}{CAMERA}uri = \"file:nowhere.mp4\""), &["cameras[0].uri: the file is not there"]);
    }

    #[test]
    fn a_file_is_opened_where_it_was_looked_for_wherever_the_program_works() {
        let dir = tempfile::tempdir().unwrap();
        let clip = dir.path().join("clip.mp4");
        std::fs::write(&clip, b"x").unwrap();
        let whole = format!("file:{}", clip.display());
        for uri in ["file:clip.mp4", "file://clip.mp4", &whole, &whole.replacen("file:", "file://", 1)] {
            let path = dir.path().join("edge-node.toml");
            std::fs::write(&path, format!("data_dir = \"d\"\n{CAMERA}uri = {uri:?}\n")).unwrap();
            // Beside the node, cameras may stand in any file: `replay` takes them from there.
            assert_eq!(Config::read_beside(&path).unwrap().cameras[0].uri, whole, "{uri}");
            assert!(Config::read(&path).is_err());
        }
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

[stand_alone]
site = "chi-lang"
node = "node-1"

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
        let faults = parse(SEVEN, Path::new(".")).unwrap_err();
        assert_eq!(
            named(&faults),
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
        let text = "data_dir = \"d\"\n[stand_alone]\nsite = \"s\"\nnode = \"n\"\n[telemetry]\nlisten = \"0.0.0.0:9464\"\n[[cameras]]\nname = \"a\"\ntitle = \"A\"\ncontroller = \"c\"\npurpose = \"traffic\"\nuri = \"rtsp://me:hunter2@10.0.0.5/a\"\n";
        let faults = parse(text, Path::new(".")).unwrap_err();
        let keys: Vec<&str> = faults.iter().map(|f| f.key.as_str()).collect();
        assert_eq!(keys, ["cameras[0].uri", "telemetry.listen"]);
        assert!(!faults.iter().any(|f| f.to_string().contains("hunter2")));
    }
}
