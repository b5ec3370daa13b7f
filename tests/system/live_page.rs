//! The live page in a real browser: an officer signs in, sees a vehicle that a node reports at that moment, sees that the
//! connection is gone when it is, and signs out. Centre, broker and browser are real; the node's place is taken by the test,
//! which enrols, signs one event and sends it.

use std::time::Duration;

use contract::clock::{Clock as _, SystemClock};
use contract::event::{Body, Envelope};
use contract::ids::{EventId, IdSource as _, LogId, PassageId, SystemIds};
use contract::signature::SIGNATURE_PROPERTY;
use contract::topic::Topic;
use edge_node::identity::{self, NodeIdentity};
use rumqttc::v5::mqttbytes::QoS;
use rumqttc::v5::mqttbytes::v5::{Packet, PublishProperties};
use rumqttc::v5::{AsyncClient, Event, MqttOptions};
use rumqttc::{Outgoing, TlsConfiguration, Transport};
use stage::broker::Broker;
use stage::browser::Browser;
use stage::centre::{Centre, CentreSettings};
use stage::checkout::root;
use stage::process::free_port;

const NODE: &str = "chi-lang/node-1";
const PLATE: &str = "12A-678.90";
const PASSWORD: &str = "Trang-truc-tiep-2026";

fn pass(identity: &NodeIdentity) -> Envelope {
    let file = root().join("contract/golden/v1/pass.json");
    let mut event = Envelope::from_bytes(&std::fs::read(file).unwrap()).unwrap();
    let (now, ids) = (SystemClock::new().now(), SystemIds::new());
    event.node = identity.node.clone();
    event.controller = identity.controller.clone();
    event.event_id = EventId(ids.next(now));
    event.passage_id = PassageId(ids.next(now));
    event.log_id = LogId(ids.next(now));
    event.seq = 1;
    event.captured.captured_at = now;
    event.evidence.clear();
    if let Body::Pass(body) = &mut event.body {
        (body.first_seen, body.last_seen) = (now, now);
        let plate = body.plate.as_mut().unwrap();
        plate.key = PLATE.replace(['-', '.'], "");
        plate.display_text = PLATE.to_owned();
    }
    event
}

/// Sends one event as the node and waits until the broker has it.
async fn send(identity: &NodeIdentity, event: &Envelope) {
    let mut options = MqttOptions::new(identity.node.to_string(), &identity.mqtt_host, identity.mqtt_port);
    options.set_transport(Transport::tls_with_config(TlsConfiguration::Rustls(identity.tls().unwrap())));
    let (client, mut events) = AsyncClient::new(options, 16);
    let bytes = event.to_bytes();
    let signature = identity.signing_key().unwrap().sign(&bytes).to_string();
    let topic = Topic::Event { from: event.node.clone(), camera: event.camera.clone(), kind: event.kind() };
    let properties = PublishProperties {
        user_properties: vec![(SIGNATURE_PROPERTY.to_owned(), signature)],
        ..PublishProperties::default()
    };
    client.publish_with_properties(topic.to_string(), QoS::AtLeastOnce, false, bytes, properties).await.unwrap();
    loop {
        if let Event::Incoming(Packet::PubAck(_)) = events.poll().await.unwrap() {
            break;
        }
    }
    client.disconnect().await.unwrap();
    while !matches!(events.poll().await, Ok(Event::Outgoing(Outgoing::Disconnect)) | Err(_)) {}
}

#[tokio::test(flavor = "multi_thread")]
async fn an_officer_signs_in_sees_a_vehicle_pass_notices_a_dead_connection_and_signs_out() {
    let _turn = crate::ONE_STAGE.lock().await;
    identity::install_tls_provider();
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
    })
    .unwrap();
    let _broker = Broker::start(&dir.join("broker"), &centre.broker_files(), broker_port).unwrap();
    centre.start().unwrap();
    let token = centre.add_node(NODE, "traffic-police").unwrap().parse().unwrap();
    let identity = identity::enrol(&token, &dir.join("node")).await.unwrap();
    centre.add_user("canbo", PASSWORD, &["traffic-police:traffic_officer"]).unwrap();

    let browser = Browser::start(dir).await.unwrap();
    let soon = Duration::from_secs(20);
    browser.open(&centre.people_url()).await.unwrap();
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

    send(&identity, &pass(&identity)).await;
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
