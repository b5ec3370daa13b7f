//! The configuration: every fault at once, the example, the schema file.

use super::*;

const EXAMPLE: &str = include_str!("../../../config/edge-node.example.toml");
const SCHEMA_FILE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../config/schema/edge-node.schema.json");

fn parse(text: &str) -> Result<Config, Vec<Fault>> {
    Config::parse(text, Path::new(env!("CARGO_MANIFEST_DIR")))
}

/// `(path, kind)` of every fault, in the order told.
fn check(text: &str, expected: &[(&str, FaultKind)]) {
    let faults = parse(text).unwrap_err();
    let found: Vec<(&str, FaultKind)> = faults.iter().map(|fault| (fault.path.as_str(), fault.kind)).collect();
    assert_eq!(found, expected, "{faults:#?}");
}

const CAMERA: &str = r#"
[[cameras]]
name = "road-1"
title = "Đường Hùng Vương"
controller = "traffic-police"
purpose = "traffic"
uri = "rtsp://10.0.0.5:554/main"
"#;

#[test]
fn seven_faults_of_seven_kinds_are_named_in_one_run() {
    let text = r#"
data_dir = "data"
colour = "red"

[models]
dir = "no-such-folder"

[limits]
plate_reads_per_second = 900

[telemetry]
log_filter = 7

[[cameras]]
name = "road-1"
title = "Đường Hùng Vương"
controller = "traffic-police"
purpose = "traffic"
uri = "rtsp://10.0.0.5:554/main"

[[cameras]]
name = "road-1"
title = "Cổng"
controller = "office"
purpose = "face_access"
uri = "rtsp://10.0.0.6:554/main"
legal_basis = "Luật số …"

[[lines]]
name = "north"
camera = "road-9"
title = "Bắc"
counts = "vehicles"
segment = { a = { x = 0.1, y = 0.5 }, b = { x = 0.9, y = 0.5 } }
"#;
    check(
        text,
        &[
            ("cameras[1].name", FaultKind::Duplicate),
            ("cameras[1].sign", FaultKind::NotLawful),
            ("colour", FaultKind::UnknownKey),
            ("limits.plate_reads_per_second", FaultKind::OutOfRange),
            ("lines[0].camera", FaultKind::Dangling),
            ("models.dir", FaultKind::MissingFile),
            ("telemetry.log_filter", FaultKind::WrongType),
        ],
    );
}

#[test]
fn unknown_keys_are_found_deep_down_with_what_is_known() {
    let text =
        format!("data_dir = \"d\"\n{CAMERA}\nlatncy_ms = 5\nsign = {{ text = \"a\", since = \"b\", by = \"c\" }}");
    check(&text, &[("cameras[0].latncy_ms", FaultKind::UnknownKey), ("cameras[0].sign.by", FaultKind::UnknownKey)]);
    let faults = parse(&text).unwrap_err();
    assert!(faults[0].english.contains("latency_ms"), "{}", faults[0]);
}

#[test]
fn required_keys_ranges_enums_and_forms_are_told() {
    let text = r#"
[centre]
window = 500
[telemetry]
listen = "0.0.0.0:9000"
[[cameras]]
name = "Road 1"
title = "x"
controller = "c"
purpose = "spying"
uri = "ftp://x"
latency_ms = 9000
"#;
    check(
        text,
        &[
            ("cameras[0].latency_ms", FaultKind::OutOfRange),
            ("cameras[0].name", FaultKind::NotAllowed),
            ("cameras[0].purpose", FaultKind::NotAllowed),
            ("cameras[0].uri", FaultKind::NotAllowed),
            ("centre.window", FaultKind::OutOfRange),
            ("data_dir", FaultKind::MissingKey),
            ("telemetry.listen", FaultKind::NotAllowed),
        ],
    );
    let faults = parse(text).unwrap_err();
    assert!(faults[2].english.contains("people_counting, traffic, face_access"), "{}", faults[2]);
}

#[test]
fn a_password_in_an_address_is_refused_and_not_repeated() {
    let text = format!("data_dir = \"d\"\n{CAMERA}").replace("10.0.0.5", "admin:hunter2@10.0.0.5");
    let faults = parse(&text).unwrap_err();
    assert_eq!(faults.len(), 1);
    let all = ConfigFaults { file: "x.toml".to_owned(), faults }.to_string();
    assert!(all.contains("cameras[0].uri") && !all.contains("hunter2"), "{all}");
    let wrong_type = "data_dir = \"d\"\nsecrets = { a = \"hunter2\" }";
    assert!(!format!("{:?}", parse(wrong_type).unwrap_err()).contains("hunter2"));
    let broken = "data_dir = \"d\"\nuri = \"rtsp://a:hunter2@x\nb = 1";
    let syntax = parse(broken).unwrap_err();
    assert_eq!((syntax.len(), syntax[0].kind), (1, FaultKind::Syntax));
    assert!(syntax[0].vietnamese.contains("dòng 2"), "{}", syntax[0]);
    assert!(!format!("{syntax:?}").contains("hunter2"));
}

#[test]
fn lines_rules_and_secrets_refer_to_what_exists() {
    let text = format!(
        r#"data_dir = "d"
[secrets]
camera-1 = {{ file = "Cargo.toml" }}
camera-2 = {{ file = "nowhere", env = "HOME" }}
[limits]
pictures_reserve_mib = 10
events_reserve_mib = 20
{CAMERA}
credential = "camera-3"
[[lines]]
name = "a"
camera = "road-1"
title = "A"
counts = "vehicles"
segment = {{ a = {{ x = 0.5, y = 0.5 }}, b = {{ x = 0.5, y = 0.5 }} }}
[[lines]]
name = "a"
camera = "road-1"
title = "A"
counts = "vehicles"
segment = {{ a = {{ x = 0.1, y = 0.5 }}, b = {{ x = 1.5, y = 0.5 }} }}
[[wrong_way]]
name = "r"
version = 1
camera = "road-1"
line = "b"
forbidden = "out"
violation_car = "C"
violation_motorcycle = "M"
valid_from = 5
valid_to = 4
"#
    );
    check(
        &text,
        &[
            ("cameras[0].credential", FaultKind::Dangling),
            ("limits.events_reserve_mib", FaultKind::OutOfRange),
            ("lines[0].segment", FaultKind::OutOfRange),
            ("lines[1].name", FaultKind::Duplicate),
            ("lines[1].segment.b.x", FaultKind::OutOfRange),
            ("secrets.camera-2", FaultKind::NotAllowed),
            ("secrets.camera-2.file", FaultKind::MissingFile),
            ("wrong_way[0].line", FaultKind::Dangling),
            ("wrong_way[0].valid_to", FaultKind::OutOfRange),
        ],
    );
}

#[test]
fn a_minimal_file_has_the_defaults_the_documentation_names() {
    let config = parse("data_dir = \"d\"").unwrap();
    assert_eq!(config.limits, Limits::default());
    assert_eq!(config.models.dir, Path::new("models"));
    assert_eq!((config.centre.window, config.centre.resend_after_s), (200, 15));
    assert_eq!(config.limits.reserves().events_bytes, 128 << 20);
}

#[test]
fn the_example_is_a_good_file_and_shows_every_section() {
    let config = Config::parse(EXAMPLE, Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/..")));
    let config = config.unwrap_or_else(|faults| panic!("{faults:#?}"));
    assert!(!config.cameras.is_empty() && !config.lines.is_empty());
    for section in schema()["properties"].as_object().unwrap().keys() {
        assert!(EXAMPLE.contains(section.as_str()), "{section} is not in the example");
    }
}

#[test]
fn the_committed_schema_is_the_one_of_the_types() {
    let now = schema_text();
    if std::env::var_os("UPDATE_SCHEMA").is_some() {
        std::fs::write(SCHEMA_FILE, &now).unwrap();
    }
    let committed = std::fs::read_to_string(SCHEMA_FILE).unwrap();
    assert_eq!(committed, now, "run the tests once with UPDATE_SCHEMA=1");
}

#[test]
fn bundles_are_held_to_the_same_rules() {
    let text = format!("data_dir = \"d\"\n{CAMERA}");
    let config = parse(&text).unwrap();
    let mut cameras = config.cameras_content();
    let rules = config.rules_content();
    assert_eq!(bundle_faults(&cameras, &rules, &config.secrets), []);
    cameras.cameras.push(cameras.cameras[0].clone());
    cameras.cameras[1].credential = Some("none".to_owned());
    let faults = bundle_faults(&cameras, &rules, &config.secrets);
    assert_eq!(faults.len(), 2, "{faults:?}");
}

#[test]
fn secrets_come_from_files_and_are_never_printed() {
    let dir = tempfile::tempdir().unwrap();
    std::fs::write(dir.path().join("one"), "user:planted\n").unwrap();
    let mut config = parse("data_dir = \"d\"").unwrap();
    let source = SecretSource { file: Some(dir.path().join("one")), env: None };
    config.secrets.insert("one".to_owned(), source);
    let secret = config.secret("one").unwrap();
    assert_eq!(secret.reveal(), "user:planted");
    assert!(!format!("{secret:?}").contains("planted"));
    assert!(matches!(config.secret("two"), Err(SecretError::Unknown(_))));
}
