//! The centre's settings, composed from those of its stages, and every fault of a settings file at once: a TOML syntax
//! error alone, else all faults of shape against the schema, then what only the values together can tell. A bad value stops
//! the start; nothing is ever guessed.

use std::net::SocketAddr;
use std::path::{Path, PathBuf};

use contract::settings::{self, Fault};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::audit::AuditSettings;
use crate::evidence::EvidenceSettings;
use crate::forward::ProvinceSettings;
use crate::people::EnrolmentSettings;
use crate::telemetry::TelemetrySettings;

/// `central.toml`.
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Config {
    /// Folder for everything the centre keeps; relative to the file's own folder.
    pub data_dir: PathBuf,
    /// The database.
    #[serde(default)]
    pub store: StoreSettings,
    /// The people's listener.
    #[serde(default)]
    pub people: PeopleSettings,
    /// The nodes' listener.
    #[serde(default)]
    pub nodes: NodesSettings,
    /// The broker.
    #[serde(default)]
    pub mqtt: MqttSettings,
    /// Logs and metrics.
    #[serde(default)]
    pub telemetry: TelemetrySettings,
    /// Pictures.
    #[serde(default)]
    pub evidence: EvidenceSettings,
    /// The audit log.
    #[serde(default)]
    pub audit: AuditSettings,
    /// Enrolment of people for gates.
    #[serde(default)]
    pub enrolment: EnrolmentSettings,
    /// A site's way to its province.
    #[serde(default)]
    pub province: ProvinceSettings,
}

/// Settings of the store.
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct StoreSettings {
    /// `sqlite:FILE` or `postgres://…`. Default: `central.sqlite` in `data_dir`. An address with a password belongs into
    /// the environment variable CHILANG_STORE_URL, which goes before this.
    pub url: Option<String>,
    /// Connections at most. Default 8.
    #[schemars(range(min = 2, max = 200))]
    pub max_connections: u32,
}

impl Default for StoreSettings {
    fn default() -> Self {
        Self { url: None, max_connections: 8 }
    }
}

/// Settings of the people's listener.
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct PeopleSettings {
    /// Address and port. Default `127.0.0.1:8080`. Anything but loopback needs a certificate.
    #[schemars(with = "String")]
    pub listen: SocketAddr,
    /// Certificate chain, PEM file.
    pub certificate: Option<PathBuf>,
    /// Its key, PEM file.
    pub key: Option<PathBuf>,
    /// A reverse proxy on this machine ends TLS in front of it: cookies are marked `Secure`. Default false.
    pub behind_tls_proxy: bool,
}

impl Default for PeopleSettings {
    fn default() -> Self {
        Self { listen: SocketAddr::from(([127, 0, 0, 1], 8080)), certificate: None, key: None, behind_tls_proxy: false }
    }
}

/// Settings of the nodes' listener.
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct NodesSettings {
    /// Address and port. Default `127.0.0.1:8443`.
    #[schemars(with = "String")]
    pub listen: SocketAddr,
    /// How nodes reach it: `https://host:port`. Its host goes into the centre's certificate. Default
    /// `https://127.0.0.1:8443`.
    pub public_url: String,
}

impl Default for NodesSettings {
    fn default() -> Self {
        Self { listen: SocketAddr::from(([127, 0, 0, 1], 8443)), public_url: "https://127.0.0.1:8443".to_owned() }
    }
}

/// Settings of the broker.
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct MqttSettings {
    /// Host, as the centre and the nodes reach it; goes into the broker's certificate. Default `127.0.0.1`.
    #[schemars(length(min = 1, max = 253))]
    pub host: String,
    /// Port. Default 8883.
    #[schemars(range(min = 1))]
    pub port: u16,
}

impl Default for MqttSettings {
    fn default() -> Self {
        Self { host: "127.0.0.1".to_owned(), port: 8883 }
    }
}

/// Every fault of a settings file.
#[derive(Debug, thiserror::Error)]
#[error("{} has {} fault(s):\n{}", file.display(), faults.len(), faults.iter().map(|f| format!("  {f}")).collect::<Vec<_>>().join("\n"))]
pub struct BadConfig {
    /// The file.
    pub file: PathBuf,
    /// Its faults, in the order of their paths.
    pub faults: Vec<Fault>,
}

/// The schema of the file, as published in config/schema.
#[must_use]
pub fn schema() -> Value {
    schemars::schema_for!(Config).to_value()
}

impl Config {
    /// Reads and checks a file.
    pub fn load(file: &Path) -> Result<Self, BadConfig> {
        let bad = |faults| BadConfig { file: file.to_owned(), faults };
        let text = std::fs::read_to_string(file).map_err(|e| {
            bad(vec![Fault::new("", "không đọc được tệp cấu hình", format!("the file cannot be read: {e}"))])
        })?;
        let folder = file.parent().filter(|p| !p.as_os_str().is_empty()).unwrap_or(Path::new("."));
        let mut config = Self::parse(&text).map_err(bad)?;
        config.data_dir = folder.join(&config.data_dir);
        for path in [&mut config.people.certificate, &mut config.people.key] {
            *path = path.take().map(|p| folder.join(p));
        }
        config.enrolment.worker = config.enrolment.worker.take().map(|p| folder.join(p));
        if let Ok(url) = std::env::var("CHILANG_STORE_URL") {
            config.store.url = Some(url);
        }
        let mut faults = config.faults_of_meaning();
        faults.extend(config.missing_files());
        if faults.is_empty() { Ok(config) } else { Err(bad(faults)) }
    }

    /// Syntax, shape and type of a text.
    pub fn parse(text: &str) -> Result<Self, Vec<Fault>> {
        let tree = settings::parse(text).map_err(|fault| vec![fault])?;
        let mut faults = settings::check(&tree, &settings::strict(schema()));
        if faults.is_empty() {
            faults = faults_of_address(&tree);
        }
        if !faults.is_empty() {
            faults.sort_by(|a, b| a.key.cmp(&b.key));
            return Err(faults);
        }
        serde_json::from_value(tree).map_err(|e| vec![Fault::new("", "cấu hình không dùng được", e.to_string())])
    }

    /// What only the values together can tell.
    fn faults_of_meaning(&self) -> Vec<Fault> {
        let mut faults = Vec::new();
        let mut fault = |key: &str, vi: &str, en: &str| faults.push(Fault::new(key, vi, en));
        let tls = self.people.certificate.is_some();
        if tls != self.people.key.is_some() {
            fault(
                "people.certificate",
                "chứng thư và khóa phải cùng có hoặc cùng không",
                "certificate and key are given together or not at all",
            );
        }
        if !self.people.listen.ip().is_loopback() && !tls {
            fault(
                "people.listen",
                "mở ra ngoài máy thì phải có certificate và key; nếu không, dùng 127.0.0.1",
                "reachable from outside: give certificate and key, or listen on 127.0.0.1",
            );
        }
        if !self.telemetry.listen.ip().is_loopback() {
            fault(
                "telemetry.listen",
                "chỉ được dùng địa chỉ loopback",
                "must be loopback: metrics are not for the network",
            );
        }
        let listeners = [
            ("people.listen", self.people.listen),
            ("nodes.listen", self.nodes.listen),
            ("telemetry.listen", self.telemetry.listen),
        ];
        for (i, (key, address)) in listeners.iter().enumerate() {
            if let Some((other, _)) = listeners[..i].iter().find(|(_, a)| a.port() == address.port() && a.port() != 0) {
                fault(key, &format!("trùng cổng với {other}"), &format!("has the port of {other}"));
            }
        }
        if host_of(&self.nodes.public_url).is_none() {
            fault("nodes.public_url", "phải có dạng https://máy:cổng", "must be https://host:port");
        }
        let engines = ["sqlite:", "postgres://", "postgresql://"];
        if self.store.url.as_ref().is_some_and(|url| !engines.iter().any(|engine| url.starts_with(engine))) {
            fault("store.url", "phải bắt đầu bằng sqlite: hoặc postgres://", "must begin with sqlite: or postgres://");
        }
        if self.telemetry.log.parse::<tracing_subscriber::filter::Targets>().is_err() {
            fault(
                "telemetry.log",
                "phải là bộ lọc như info hoặc info,central::ingest=debug",
                "must be a filter like info or info,central::ingest=debug",
            );
        }
        faults
    }

    fn missing_files(&self) -> Vec<Fault> {
        [("people.certificate", &self.people.certificate), ("people.key", &self.people.key)]
            .into_iter()
            .filter(|(_, file)| file.as_ref().is_some_and(|f| !f.is_file()))
            .map(|(key, _)| Fault::new(key, "không có tệp này", "there is no such file"))
            .collect()
    }

    /// Where pictures are.
    #[must_use]
    pub fn evidence_dir(&self) -> PathBuf {
        self.data_dir.join(&self.evidence.dir)
    }

    /// Where the signed roots of the audit log go.
    #[must_use]
    pub fn roots_dir(&self) -> Option<PathBuf> {
        self.audit.roots_dir.as_ref().map(|dir| self.data_dir.join(dir))
    }

    /// Names and addresses nodes reach the centre by.
    #[must_use]
    pub fn server_names(&self) -> Vec<String> {
        names(host_of(&self.nodes.public_url))
    }

    /// Names and addresses the broker is reached by.
    #[must_use]
    pub fn broker_names(&self) -> Vec<String> {
        names(Some(&self.mqtt.host))
    }
}

fn names(own: Option<&str>) -> Vec<String> {
    let mut names: Vec<String> = ["localhost", "127.0.0.1"].map(str::to_owned).into();
    if let Some(own) = own.filter(|own| !names.iter().any(|n| n == own)) {
        names.push(own.to_owned());
    }
    names
}

/// The host in `https://host:port`.
fn host_of(url: &str) -> Option<&str> {
    let rest = url.strip_prefix("https://")?.trim_end_matches('/');
    let host = match rest.rsplit_once(':') {
        Some((host, port)) => {
            port.parse::<u16>().ok()?;
            host
        }
        None => rest,
    };
    let host = host.trim_start_matches('[').trim_end_matches(']');
    let plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | ':');
    (!host.is_empty() && host.chars().all(plain)).then_some(host)
}

/// What the schema cannot say: an address is more than a text. All of them, not only the first.
fn faults_of_address(tree: &Value) -> Vec<Fault> {
    ["people", "nodes", "telemetry"]
        .into_iter()
        .filter(|section| {
            let listen = tree.get(section).and_then(|s| s.get("listen")).and_then(Value::as_str);
            listen.is_some_and(|text| text.parse::<SocketAddr>().is_err())
        })
        .map(|section| {
            Fault::new(
                format!("{section}.listen"),
                "phải có dạng địa-chỉ:cổng, ví dụ 127.0.0.1:8080",
                "must be address:port, like 127.0.0.1:8080",
            )
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn root(file: &str) -> PathBuf {
        Path::new(env!("CARGO_MANIFEST_DIR")).join("../config").join(file)
    }

    fn paths(text: &str) -> Vec<String> {
        Config::parse(text).unwrap_err().into_iter().map(|f| f.key).collect()
    }

    #[test]
    fn the_example_is_taken_and_names_every_setting() {
        let text = std::fs::read_to_string(root("central.example.toml")).unwrap();
        let config = Config::parse(&text).unwrap();
        assert_eq!(config.faults_of_meaning(), []);
        let whole = serde_json::to_value(&config).unwrap();
        for (section, settings) in whole.as_object().unwrap() {
            assert!(text.contains(section), "{section}");
            for key in settings.as_object().into_iter().flat_map(|o| o.keys()) {
                assert!(text.contains(key), "the example does not speak of {section}.{key}");
            }
        }
    }

    #[test]
    fn the_published_schema_is_the_one_in_force() {
        let published = std::fs::read_to_string(root("schema/central.schema.json")).unwrap();
        let now = serde_json::to_string_pretty(&schema()).unwrap() + "\n";
        assert_eq!(published, now, "run `central check-config --schema > config/schema/central.schema.json`");
    }

    #[test]
    fn every_fault_of_shape_is_named_at_once_with_its_path() {
        let text = "
            [store]
            max_connections = 1
            [people]
            listen = 8080
            color = 1
            [mqtt]
            port = \"8883\"
            [telemetry]
            format = \"xml\"
            [evidence]
            reserve_mib = -1
        ";
        assert_eq!(
            paths(text),
            [
                "data_dir",
                "evidence.reserve_mib",
                "mqtt.port",
                "people.color",
                "people.listen",
                "store.max_connections",
                "telemetry.format"
            ]
        );
    }

    #[test]
    fn syntax_errors_stand_alone_and_types_are_told_one_by_one() {
        let syntax = Config::parse("data_dir = \"d\"\n[store\n").unwrap_err();
        assert_eq!(syntax.len(), 1);
        assert!(syntax[0].to_string().contains("line 2"), "{}", syntax[0]);
        let types = "data_dir = \"d\"\n[people]\nlisten = \"here\"\n[nodes]\nlisten = \"there\"\n";
        assert_eq!(paths(types), ["nodes.listen", "people.listen"]);
    }

    #[test]
    fn values_that_do_not_go_together_are_all_named() {
        let mut config = Config::parse("data_dir = \"d\"").unwrap();
        config.people.listen = "0.0.0.0:8443".parse().unwrap();
        config.telemetry.listen = "0.0.0.0:1".parse().unwrap();
        config.nodes.public_url = "http://centre".to_owned();
        config.store.url = Some("mysql://x".to_owned());
        let paths: Vec<_> = config.faults_of_meaning().into_iter().map(|f| f.key).collect();
        assert_eq!(paths, ["people.listen", "telemetry.listen", "nodes.listen", "nodes.public_url", "store.url"]);
    }

    #[test]
    fn hosts_are_found_in_addresses() {
        assert_eq!(host_of("https://centre.langson.example:8443/"), Some("centre.langson.example"));
        assert_eq!(host_of("https://127.0.0.1"), Some("127.0.0.1"));
        assert_eq!(host_of("https://[::1]:8443"), Some("::1"));
        for bad in ["http://x", "https://", "https://x:port", "https://a/b"] {
            assert_eq!(host_of(bad), None, "{bad}");
        }
    }
}
