//! What is refused, said in words: settings with faults, and messages nobody should believe, through the programs a user
//! runs.

use std::process::Command;

use stage::checkout::program;

#[test]
fn check_config_names_seven_faults_of_seven_kinds_in_one_run() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("edge-node.toml");
    let text = r#"
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
    std::fs::write(&path, text).unwrap();
    let out =
        Command::new(program("edge-node").unwrap()).arg("check-config").arg("--config").arg(&path).output().unwrap();
    assert!(!out.status.success());
    let said = String::from_utf8_lossy(&out.stdout).into_owned();
    for key in [
        "colour:",
        "models.reads_per_second:",
        "centre.window:",
        "secrets.gate.file:",
        "cameras[1].name:",
        "lines[0].camera:",
        "cameras[1].sign:",
        "cameras[1].legal_basis:",
    ] {
        assert!(said.contains(key), "{key} is missing in:\n{said}");
    }
}

#[test]
fn a_node_without_an_identity_says_what_to_do() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("edge-node.toml");
    std::fs::write(&path, "data_dir = \"data\"\n").unwrap();
    let out = Command::new(program("edge-node").unwrap()).arg("run").arg("--config").arg(&path).output().unwrap();
    assert!(!out.status.success());
    let said = String::from_utf8_lossy(&out.stderr).into_owned();
    assert!(said.contains("edge-node enrol"), "{said}");
}
