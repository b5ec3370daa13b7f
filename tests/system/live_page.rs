//! The live page in a real browser: an officer signs in, sees a vehicle that a node reports at that moment, sees that the
//! connection is gone when it is, and signs out. Centre, broker and browser are real; the node's place is taken by the test,
//! which enrols, signs one event and sends it.

use std::time::Duration;

use contract::clock::{Clock as _, SystemClock};
use contract::event::{Body, Envelope};
use contract::ids::{IdSource as _, LogId, SystemIds};
use stage::broker::Broker;
use stage::browser::Browser;
use stage::centre::{Centre, CentreSettings};
use stage::process::free_port;
use stage::stand_in::StandIn;

const NODE: &str = "chi-lang/node-1";
const PLATE: &str = "12A-678.90";
const PASSWORD: &str = "Trang-truc-tiep-2026";

fn pass(node: &StandIn) -> Envelope {
    let (now, ids) = (SystemClock::new().now(), SystemIds::new());
    let mut event = node.event("pass", LogId(ids.next(now)), 1).unwrap();
    event.captured.captured_at = now;
    if let Body::Pass(body) = &mut event.body {
        (body.first_seen, body.last_seen) = (now, now);
        let plate = body.plate.as_mut().unwrap();
        plate.key = PLATE.replace(['-', '.'], "");
        plate.display_text = PLATE.to_owned();
    }
    event
}

#[tokio::test(flavor = "multi_thread")]
async fn an_officer_signs_in_sees_a_vehicle_pass_notices_a_dead_connection_and_signs_out() {
    let _turn = crate::ONE_STAGE.lock().await;
    let folder = tempfile::tempdir().unwrap();
    let dir = folder.path();
    let broker_port = free_port().unwrap();
    let mut centre = Centre::prepare(CentreSettings {
        dir: dir.join("central"),
        store: None,
        people_port: free_port().unwrap(),
        nodes_port: free_port().unwrap(),
        telemetry_port: free_port().unwrap(),
        broker_port,
        disk_mib: None,
        province: None,
    })
    .unwrap();
    let _broker = Broker::start(&dir.join("broker"), &centre.broker_files(), broker_port).unwrap();
    centre.start().unwrap();
    let mut node = StandIn::enrol(&centre, NODE, "traffic-police", &dir.join("node")).await.unwrap();
    centre.add_user("canbo", PASSWORD, &["traffic-police:traffic_officer"]).unwrap();

    let browser = Browser::start(dir).await.unwrap();
    let soon = Duration::from_secs(20);
    browser.open(&format!("{}/live", centre.people_url())).await.unwrap();
    browser.see("h2", "Đăng nhập", soon).await.unwrap();
    browser.type_into("#user", "canbo").await.unwrap();
    browser.type_into("#password", "not the password").await.unwrap();
    browser.click("#sign-in button").await.unwrap();
    browser.see("#sign-in-error", ".", soon).await.unwrap();
    // What the browser itself says of a session that is not there yet is no fault of the page.
    browser.console().await.unwrap();
    browser.type_into("#password", PASSWORD).await.unwrap();
    browser.click("#sign-in button").await.unwrap();
    browser.see("#connection", "Đang nhận trực tiếp", soon).await.unwrap();
    browser.see("#passes-empty", "Chưa có", soon).await.unwrap();

    let letter = node.letter(&pass(&node)).unwrap();
    node.send(letter).await.unwrap();
    let shown = browser.see("#passes", PLATE, soon).await.unwrap();
    assert!(shown.contains("road-1") && shown.contains("ô tô con"), "{shown}");
    let day = SystemClock::new().now().to_vietnamese()[..10].to_owned();
    assert!(shown.contains(&day), "a Vietnamese date: {shown}");
    let addresses = browser
        .script("return performance.getEntriesByType('resource').map((r) => r.name).join(' ') + location.href")
        .await
        .unwrap();
    for secret in [PLATE, "12A67890", PASSWORD, "canbo"] {
        assert!(!addresses.to_string().contains(secret), "{addresses}");
    }
    // The content policy refuses what does not come from a file of ours: nothing was, and an inline script is.
    assert_eq!(browser.console().await.unwrap(), [] as [String; 0]);
    let inline = "const s = document.createElement('script'); s.textContent = 'document.title = \"hacked\"'; \
                  document.body.append(s); return document.title";
    assert!(!browser.script(inline).await.unwrap().to_string().contains("hacked"));

    centre.kill().unwrap();
    browser.see("#stale", "Mất kết nối", soon).await.unwrap();
    browser.see("#connection", "Mất kết nối", soon).await.unwrap();
    centre.start().unwrap();
    browser.see("#connection", "Đang nhận trực tiếp", soon).await.unwrap();
    browser.see("#passes", PLATE, soon).await.unwrap();

    browser.click("#sign-out").await.unwrap();
    browser.see("#sign-in", "Đăng nhập", soon).await.unwrap();
    let left = browser.script("return document.body.innerText + document.cookie").await.unwrap().to_string();
    assert!(!left.contains(PLATE) && !left.contains("chilang"), "nothing of the session stays: {left}");
}
