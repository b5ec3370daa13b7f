//! The API asked by its own OpenAPI document: thousands of good and bad questions (schemathesis), on the running service. It
//! never fails by a fault of its own (no 5xx) and answers with documented codes, types and shapes only.

use std::process::Command;

use stage::cast::Cast;
use stage::checkout::{clips, root};
use stage::person::Person;
use stage::set::{Choices, Stage};

/// Of each operation; the seed is fixed, so that a failure is the same one tomorrow.
const QUESTIONS: &str = "30";

const CHECKS: &str = "not_a_server_error,status_code_conformance,content_type_conformance,response_schema_conformance";

/// What would end the asking: the stream never ends, the others end the session that asks.
const LEFT_OUT: [&str; 4] = ["stream_live", "delete_session", "unlock_session", "hand_over"];

#[tokio::test(flavor = "multi_thread")]
async fn every_question_the_document_allows_or_forbids_has_a_documented_answer() {
    let _turn = crate::ONE_STAGE.lock().await;
    let folder = tempfile::tempdir().unwrap();
    let choices = Choices { cast: Cast::Gates, ..Choices::default() };
    let stage = Stage::put_up(&folder.path().join("run"), &clips(), &choices, |_| ()).unwrap();
    let every = ["desk", "traffic_officer", "traffic_leader", "tourism", "registrar", "operator", "auditor"];
    let roles: Vec<String> = every.iter().map(|role| format!("office:{role}")).collect();
    let roles: Vec<&str> = roles.iter().map(String::as_str).collect();
    let person = Person::sign_in(&stage.centre, "hoi-dap", &roles).await.unwrap();

    let mut asked = Command::new(root().join("tests/schemathesis/venv/bin/schemathesis"));
    asked
        .current_dir(folder.path())
        .arg("run")
        .arg(root().join("docs/openapi.json"))
        .args(["--url", &stage.centre.people_url()])
        .args(["--header", &format!("Cookie: {}", person.cookie())])
        .args(["--header", &format!("x-chilang-csrf: {}", person.csrf())])
        .args(["--phases", "examples,coverage,fuzzing", "--max-examples", QUESTIONS, "--seed", "1", "--no-shrink"])
        .args(["--checks", CHECKS, "--continue-on-failure", "--warnings", "off", "--no-color"])
        .args(["--request-timeout", "60", "--suppress-health-check", "all"]);
    for operation in LEFT_OUT {
        asked.args(["--exclude-operation-id", operation]);
    }
    let answer = asked.output().expect("schemathesis was not set up: run ./setup --for test");
    let said = String::from_utf8_lossy(&answer.stdout);
    assert!(answer.status.success(), "{said}\n{}", String::from_utf8_lossy(&answer.stderr));
    println!("{}", said.lines().rev().take(12).collect::<Vec<_>>().into_iter().rev().collect::<Vec<_>>().join("\n"));
    // Nothing of it ended the session, or nothing would have been asked.
    person.get("/api/v1/session").await.unwrap();
    stage.take_down().unwrap();
}
