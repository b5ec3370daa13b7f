//! From the outbox to the centre and back over a real broker.

use std::collections::{BTreeMap, HashMap};
use std::path::Path;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use contract::bundle::{BundleDocument, BundleKind, RulesContent, SignedBundle};
use contract::clock::{SystemClock, UtcMicros};
use contract::downlink::{Ack, AckRange, Birth, Command, Status, Verdict};
use contract::event::{Envelope, EvidenceRole, State};
use contract::ids::{BootId, SystemIds};
use contract::signature::{SIGNATURE_PROPERTY, Sha256, Signature};
use contract::topic::{Topic, births_filter, events_filter};
use rumqttc::v5::mqttbytes::QoS;
use rumqttc::v5::mqttbytes::v5::{LastWill, Packet, Publish};
use rumqttc::v5::{AsyncClient, Event, MqttOptions};
use rumqttc::{TlsConfiguration, Transport};
use tokio::sync::watch;
use tokio_util::sync::CancellationToken;
use uuid::Uuid;

use super::broker::Broker;
use crate::events::draft_tests::{count_draft, pass_draft};
use crate::evidence::EvidenceStore;
use crate::evidence::disk_tests::no_guard;
use crate::outbox::{Outbox, OutboxOptions};
use crate::uplink::{BirthFacts, BundleKeeper, Uplink, UplinkParts, UplinkSettings};
use courier::Target;
use courier::testing::{TestAuthority, bundle_key, serve_https, write_identity};

/// What the centre has, and how it behaves.
#[derive(Default)]
struct Shelf {
    /// Rows by place in the ledger, and how often each came.
    rows: BTreeMap<u64, usize>,
    refused: Vec<String>,
    births: Vec<Birth>,
    node_online: Option<bool>,
    /// Every n-th event that arrives for the first time is dropped, as if the broker had lost it.
    lose_every: usize,
    /// Every n-th acknowledgement is not sent.
    swallow_ack_every: usize,
    arrived: usize,
}

type Shared = Arc<Mutex<Shelf>>;

/// A centre that stores, acknowledges in ranges, and misbehaves as its shelf says. It connects again for ever.
struct Centre {
    client: Arc<Mutex<Option<AsyncClient>>>,
    task: tokio::task::JoinHandle<()>,
}

impl Centre {
    fn start(authority: &TestAuthority, port: u16, key: Vec<u8>, shelf: Shared) -> Self {
        let dir = tempfile::tempdir().unwrap();
        let identity = write_identity(authority, "square/central", dir.path(), port, "https://x");
        drop(identity);
        let (certificate, private) = authority.client("central");
        let transport = Transport::tls_with_config(TlsConfiguration::Simple {
            ca: authority.ca_pem.clone().into_bytes(),
            alpn: None,
            client_auth: Some((certificate.into_bytes(), private.into_bytes())),
        });
        let client = Arc::new(Mutex::new(None));
        let handle = client.clone();
        let task = tokio::spawn(async move {
            loop {
                let mut options = MqttOptions::new("central", "localhost", port);
                options.set_transport(transport.clone());
                let will = serde_json::to_vec(&Status { online: false, since: None }).unwrap();
                let topic = Topic::CentralStatus.to_string();
                options.set_last_will(LastWill::new(topic, will, QoS::AtLeastOnce, true, None));
                options.set_max_packet_size(Some(1 << 20));
                let (client, mut events) = AsyncClient::new(options, 1000);
                *handle.lock().unwrap() = Some(client.clone());
                loop {
                    match events.poll().await {
                        Ok(Event::Incoming(Packet::ConnAck(_))) => greet(&client),
                        Ok(Event::Incoming(Packet::Publish(publish))) => {
                            take(&client, &publish, &key, &shelf);
                        }
                        Ok(_) => {}
                        Err(_) => break,
                    }
                }
                tokio::time::sleep(Duration::from_millis(100)).await;
            }
        });
        Self { client, task }
    }

    fn say(&self, topic: &Topic, payload: &impl serde::Serialize) {
        let bytes = serde_json::to_vec(payload).unwrap();
        let client = self.client.lock().unwrap().clone().unwrap();
        client.try_publish(topic.to_string(), QoS::AtLeastOnce, false, bytes).unwrap();
    }
}

impl Drop for Centre {
    fn drop(&mut self) {
        self.task.abort();
    }
}

fn greet(client: &AsyncClient) {
    for filter in [events_filter(), births_filter(), contract::topic::statuses_filter()] {
        client.try_subscribe(filter, QoS::AtLeastOnce).unwrap();
    }
    let since = Some(UtcMicros(i64::from(std::process::id())));
    let status = serde_json::to_vec(&Status { online: true, since }).unwrap();
    client.try_publish(Topic::CentralStatus.to_string(), QoS::AtLeastOnce, true, status).unwrap();
}

fn take(client: &AsyncClient, publish: &Publish, key: &[u8], shelf: &Shared) {
    let mut shelf = shelf.lock().unwrap();
    let topic: Topic = std::str::from_utf8(&publish.topic).unwrap().parse().unwrap();
    match topic {
        Topic::Birth(_) => shelf.births.push(serde_json::from_slice(&publish.payload).unwrap()),
        Topic::Status(_) => {
            let status: Status = serde_json::from_slice(&publish.payload).unwrap();
            shelf.node_online = Some(status.online);
        }
        Topic::Event { from, camera, kind } => {
            let envelope = match Envelope::from_bytes(&publish.payload) {
                Ok(envelope) => envelope,
                Err(error) => return shelf.refused.push(error.to_string()),
            };
            let signature = publish
                .properties
                .as_ref()
                .and_then(|p| p.user_properties.iter().find(|(k, _)| k == SIGNATURE_PROPERTY))
                .and_then(|(_, v)| v.parse::<Signature>().ok());
            let fits = signature.is_some_and(|s| s.verify(key, &publish.payload).is_ok());
            if !fits || from != envelope.node || camera != envelope.camera || kind != envelope.kind() {
                return shelf.refused.push(format!("event {}", envelope.seq));
            }
            shelf.arrived += 1;
            let first_time = !shelf.rows.contains_key(&envelope.seq);
            if first_time && shelf.lose_every > 0 && shelf.arrived.is_multiple_of(shelf.lose_every) {
                return;
            }
            *shelf.rows.entry(envelope.seq).or_default() += 1;
            if shelf.swallow_ack_every > 0 && shelf.arrived.is_multiple_of(shelf.swallow_ack_every) {
                return;
            }
            let verdict = if first_time { Verdict::Stored } else { Verdict::Duplicate };
            let ranges = vec![AckRange { from: envelope.seq, to: envelope.seq, verdict }];
            let ack = serde_json::to_vec(&Ack { log_id: envelope.log_id, ranges }).unwrap();
            let to = Topic::Ack(envelope.node).to_string();
            // Said twice now and then: acknowledgements are repeatable.
            for _ in 0..1 + usize::from(shelf.arrived.is_multiple_of(7)) {
                let _ = client.try_publish(to.clone(), QoS::AtLeastOnce, false, ack.clone());
            }
        }
        _ => {}
    }
}

/// A node with an uplink.
struct Node {
    outbox: Arc<Outbox>,
    pictures: EvidenceStore,
    bundles: Arc<BundleKeeper>,
    uplink: Uplink,
    stop: CancellationToken,
    key: Vec<u8>,
}

async fn node(authority: &TestAuthority, dir: &Path, port: u16, centre_url: &str) -> Node {
    let identity = match courier::identity::NodeIdentity::load(dir) {
        Ok(identity) => identity,
        Err(_) => write_identity(authority, "square/node-1", dir, port, centre_url),
    };
    let clock = Arc::new(SystemClock::new());
    let guard = no_guard(dir);
    let key = identity.signing_key().unwrap();
    let public = key.public_key().to_vec();
    let options = OutboxOptions::in_folder(dir, identity.node.clone());
    let outbox = Outbox::open(options, key, clock.clone(), Arc::new(SystemIds::new()), guard.clone()).await.unwrap();
    let outbox = Arc::new(outbox);
    let pictures = EvidenceStore::open(&dir.join("evidence"), guard).unwrap();
    let target = Target {
        node: identity.node.clone(),
        mqtt_host: identity.mqtt_host.clone(),
        mqtt_port: identity.mqtt_port,
        centre_url: identity.centre_url.clone(),
        tls: identity.tls().unwrap(),
    };
    let birth = BirthFacts {
        software: "test".to_owned(),
        boot_id: BootId(Uuid::from_u128(1)),
        models: BTreeMap::new(),
        bundle_revisions: BTreeMap::new(),
        clock_sources: BTreeMap::new(),
        machine: None,
    };
    let bundles = BundleKeeper::open(
        &dir.join("bundles"),
        identity.node.clone(),
        identity.bundle_public_key.clone(),
        Box::new(|_, _| Ok(())),
        clock.clone(),
    )
    .unwrap();
    let bundles = Arc::new(bundles);
    let stop = CancellationToken::new();
    let uplink = Uplink::start(UplinkParts {
        settings: UplinkSettings { resend_after_s: 1, ..UplinkSettings::default() },
        keep_uploaded_hours: 0,
        target: watch::channel(Arc::new(target)).1,
        birth: watch::channel(birth).1,
        outbox: outbox.clone(),
        pictures: pictures.clone(),
        bundles: bundles.clone(),
        viewfinder: Arc::default(),
        gates: Arc::default(),
        clock,
        stop: stop.clone(),
    });
    Node { outbox, pictures, bundles, uplink, stop, key: public }
}

impl Node {
    async fn until(&self, what: &str, mut so: impl AsyncFnMut() -> bool) {
        let waited = tokio::time::timeout(Duration::from_secs(60), async {
            while !so().await {
                tokio::time::sleep(Duration::from_millis(20)).await;
            }
        });
        if waited.await.is_err() {
            let state = *self.uplink.state().borrow();
            panic!("{what}: not within a minute; {state:?}; {:?}", self.outbox.unacknowledged().await);
        }
    }

    async fn until_all_acknowledged(&self) {
        self.until("everything acknowledged", async || self.outbox.unacknowledged().await.unwrap().count == 0).await;
    }
}

fn public_key_of(authority: &TestAuthority, dir: &Path, port: u16, url: &str) -> Vec<u8> {
    write_identity(authority, "square/node-1", dir, port, url).signing_key().unwrap().public_key().to_vec()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn everything_arrives_once_in_effect_across_losses_and_a_killed_broker() {
    let authority = TestAuthority::new();
    let mut broker = Broker::start(&authority);
    let dir = tempfile::tempdir().unwrap();
    let key = public_key_of(&authority, dir.path(), broker.port, "https://localhost:1");
    let shelf = Shared::default();
    {
        let mut shelf = shelf.lock().unwrap();
        shelf.lose_every = 9;
        shelf.swallow_ack_every = 11;
    }
    let node = node(&authority, dir.path(), broker.port, "https://localhost:1").await;
    assert_eq!(node.key, key);
    // A backlog from before there was a centre.
    node.outbox.append((0..300).map(count_draft).collect()).await.unwrap();
    let _centre = Centre::start(&authority, broker.port, key, shelf.clone());
    for round in 0..40u128 {
        node.outbox.append((0..5).map(|i| count_draft(1000 + round * 5 + i)).collect()).await.unwrap();
        if round == 20 {
            node.until("something in flight at the kill", async || node.uplink.state().borrow().in_flight > 0).await;
            broker.kill();
        }
        if round == 30 {
            broker.start_again();
        }
    }
    node.until_all_acknowledged().await;
    let shelf = shelf.lock().unwrap();
    assert_eq!(shelf.rows.keys().copied().collect::<Vec<_>>(), (1..=500).collect::<Vec<_>>());
    assert!(shelf.refused.is_empty(), "{:?}", shelf.refused);
    let birth = shelf.births.first().expect("a birth was said");
    assert_eq!(birth.log_id, node.outbox.log_id());
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_node_says_when_it_comes_and_goes_and_sends_nothing_while_the_centre_takes_nothing() {
    let authority = TestAuthority::new();
    let broker = Broker::start(&authority);
    let dir = tempfile::tempdir().unwrap();
    let key = public_key_of(&authority, dir.path(), broker.port, "https://localhost:1");
    let node = node(&authority, dir.path(), broker.port, "https://localhost:1").await;
    node.outbox.append(vec![count_draft(1)]).await.unwrap();
    node.until("connected", async || node.uplink.state().borrow().connected).await;
    assert!(!node.uplink.state().borrow().centre_online);
    assert_eq!(node.uplink.state().borrow().in_flight, 0);

    let shelf = Shared::default();
    let centre = Centre::start(&authority, broker.port, key, shelf.clone());
    node.until_all_acknowledged().await;
    node.until("online seen", async || shelf.lock().unwrap().node_online == Some(true)).await;

    // The centre dies without a word: its last will closes the gate.
    drop(centre);
    node.until("gate closed", async || !node.uplink.state().borrow().centre_online).await;
    node.outbox.append(vec![count_draft(2)]).await.unwrap();
    let centre = Centre::start(&authority, broker.port, node.key.clone(), shelf.clone());
    node.until_all_acknowledged().await;

    // The centre misses one that is not there any more: nothing bad comes of it.
    let log_id = node.outbox.log_id();
    centre.say(&Topic::Command("square/node-1".parse().unwrap()), &Command::Resend { log_id, from: 1, to: 9 });
    node.outbox.append(vec![count_draft(3)]).await.unwrap();
    node.until_all_acknowledged().await;
    node.stop.cancel();
    let Node { uplink, outbox, .. } = node;
    uplink.ended().await;
    let told = tokio::time::timeout(Duration::from_secs(20), async {
        while shelf.lock().unwrap().node_online != Some(false) {
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
    });
    assert!(told.await.is_ok(), "the node said goodbye");
    assert_eq!(shelf.lock().unwrap().rows.len(), 3);
    outbox.close().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_picture_goes_up_after_its_event_and_is_then_removed() {
    let authority = TestAuthority::new();
    let broker = Broker::start(&authority);
    let dir = tempfile::tempdir().unwrap();
    let uploads: Arc<Mutex<HashMap<String, Vec<u8>>>> = Arc::default();
    let tries = Arc::new(Mutex::new(0));
    let (kept, tried) = (uploads.clone(), tries.clone());
    let address = serve_https(&authority, move |line, body| {
        if let Some(rest) = line.strip_prefix("PUT /node/v1/evidence/") {
            let mut tried = tried.lock().unwrap();
            *tried += 1;
            // Not announced yet, as far as this centre knows: the first time.
            if *tried == 1 {
                return ("404 Not Found", Vec::new());
            }
            let hash = rest.split(' ').next().unwrap().to_owned();
            kept.lock().unwrap().insert(hash, body.to_vec());
            return ("201 Created", Vec::new());
        }
        ("404 Not Found", Vec::new())
    })
    .await;
    let url = format!("https://localhost:{}", address.port());
    let key = public_key_of(&authority, dir.path(), broker.port, &url);
    let shelf = Shared::default();
    let node = super::whole_way::node(&authority, dir.path(), broker.port, &url).await;
    let picture = [&[0xff, 0xd8, 0xff][..], &[7; 9000]].concat();
    let kept =
        node.pictures.put(contract::bundle::Purpose::Traffic, EvidenceRole::Frame, &picture, UtcMicros(0)).unwrap();
    let mut draft = pass_draft(1, 1, State::New);
    draft.evidence = vec![kept.clone()];
    node.outbox.append(vec![draft]).await.unwrap();
    let centre = Centre::start(&authority, broker.port, key, shelf);
    node.until_all_acknowledged().await;
    node.until("one try", async || *tries.lock().unwrap() >= 1).await;
    // The centre is impatient, so the wait after the 404 is cut short.
    centre.say(&Topic::Command("square/node-1".parse().unwrap()), &Command::WantEvidence { sha256: kept.sha256 });
    node.until("uploaded", async || uploads.lock().unwrap().contains_key(&kept.sha256.to_string())).await;
    assert_eq!(uploads.lock().unwrap()[&kept.sha256.to_string()], picture);
    node.until("noted", async || node.outbox.evidence_waiting().await.unwrap() == 0).await;
    assert_eq!(Sha256::of(&picture), kept.sha256);
    let summary = node.outbox.ledger_summary().await.unwrap();
    assert_eq!(summary.evidence["stored"], 1);
    assert!(node.pictures.read(kept.sha256).unwrap().is_some(), "it stays a while, here until the next start");

    node.stop.cancel();
    let Node { uplink, outbox, .. } = node;
    uplink.ended().await;
    outbox.close().await;
    drop(outbox);
    let node = super::whole_way::node(&authority, dir.path(), broker.port, &url).await;
    node.until("forgotten", async || node.outbox.evidence_known().await.unwrap().is_empty()).await;
    assert!(node.pictures.read(kept.sha256).unwrap().is_none(), "an uploaded picture is removed");
    assert_eq!(*tries.lock().unwrap(), 2, "and not sent again");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn outages_do_not_use_up_the_patience_with_a_picture() {
    let authority = TestAuthority::new();
    let broker = Broker::start(&authority);
    let dir = tempfile::tempdir().unwrap();
    let tries = Arc::new(Mutex::new(0));
    let tried = tries.clone();
    // Three outages, one answer that the bytes are other ones, and then all is well.
    let address = serve_https(&authority, move |line, _| {
        if !line.starts_with("PUT ") {
            return ("404 Not Found", Vec::new());
        }
        let mut tried = tried.lock().unwrap();
        *tried += 1;
        match *tried {
            1..=3 => ("503 Service Unavailable", Vec::new()),
            4 => ("400 Bad Request", Vec::new()),
            _ => ("201 Created", Vec::new()),
        }
    })
    .await;
    let url = format!("https://localhost:{}", address.port());
    let key = public_key_of(&authority, dir.path(), broker.port, &url);
    let node = node(&authority, dir.path(), broker.port, &url).await;
    let picture = [&[0xff, 0xd8, 0xff][..], &[5; 100]].concat();
    let kept =
        node.pictures.put(contract::bundle::Purpose::Traffic, EvidenceRole::Frame, &picture, UtcMicros(0)).unwrap();
    let mut draft = pass_draft(1, 1, State::New);
    draft.evidence = vec![kept.clone()];
    node.outbox.append(vec![draft]).await.unwrap();
    let centre = Centre::start(&authority, broker.port, key, Shared::default());
    node.until_all_acknowledged().await;
    // The centre is impatient, so that no wait between two tries is waited out.
    for n in 1..=4 {
        node.until("a try", async || *tries.lock().unwrap() >= n).await;
        let noted = async || node.outbox.evidence_due(1).await.unwrap().is_empty();
        node.until("its answer noted", noted).await;
        centre.say(&Topic::Command("square/node-1".parse().unwrap()), &Command::WantEvidence { sha256: kept.sha256 });
    }
    node.until("noted", async || node.outbox.evidence_waiting().await.unwrap() == 0).await;
    assert_eq!(node.outbox.ledger_summary().await.unwrap().evidence.get("stored"), Some(&1));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn one_unreadable_bundle_does_not_keep_the_other_away() {
    let authority = TestAuthority::new();
    let dir = tempfile::tempdir().unwrap();
    let document = BundleDocument {
        kind: BundleKind::Rules,
        scope: "square/node-1".parse().unwrap(),
        revision: 3,
        not_before: UtcMicros(0),
        not_after: UtcMicros(i64::MAX),
        content: serde_json::to_value(RulesContent::default()).unwrap(),
    };
    let rules = serde_json::to_vec(&SignedBundle::sign(&document, &bundle_key())).unwrap();
    let address = serve_https(&authority, move |line, _| match line.split(' ').nth(1).unwrap_or_default() {
        "/node/v1/bundles" => {
            let list = br#"[{"kind":"cameras","revision":2},{"kind":"rules","revision":3}]"#;
            ("200 OK", list.to_vec())
        }
        "/node/v1/bundles/cameras" => ("200 OK", b"{\"document\":".to_vec()),
        "/node/v1/bundles/rules" => ("200 OK", rules.clone()),
        _ => ("404 Not Found", Vec::new()),
    })
    .await;
    // No broker: bundles come over HTTPS alone.
    let node = node(&authority, dir.path(), 1, &format!("https://localhost:{}", address.port())).await;
    node.until("the rules in force", async || node.bundles.revision(BundleKind::Rules) == 3).await;
    assert_eq!(node.bundles.revision(BundleKind::Cameras), 0);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_certificate_of_another_authority_gets_no_connection() {
    let authority = TestAuthority::new();
    let broker = Broker::start(&authority);
    let stranger = TestAuthority::new();
    let dir = tempfile::tempdir().unwrap();
    let node = node(&stranger, dir.path(), broker.port, "https://localhost:1").await;
    let mut state = node.uplink.state();
    let connected = tokio::time::timeout(Duration::from_secs(3), state.wait_for(|state| state.connected));
    assert!(connected.await.is_err(), "the broker's authority is not this node's");
    node.stop.cancel();
    node.uplink.ended().await;
}
