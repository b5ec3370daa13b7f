//! HTTP relays, against an axum server that notes what came.

use std::sync::Mutex;
use std::sync::atomic::AtomicUsize;

use axum::Router;
use axum::extract::{Request, State};
use axum::http::StatusCode;
use axum::http::header::{AUTHORIZATION, LOCATION};
use axum::response::{IntoResponse, Response};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD as BASE64;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpListener;

use super::super::{DoorFeedback, ReleaseOrder};
use super::*;
use crate::telemetry::chain;

/// A relay of a few lines.
#[derive(Default)]
struct Relay {
    /// `METHOD target | body`, in the order in which they came.
    seen: Mutex<Vec<String>>,
    on: std::sync::atomic::AtomicBool,
    states_read: AtomicUsize,
}

impl Relay {
    fn seen(&self) -> Vec<String> {
        self.seen.lock().unwrap().clone()
    }
}

async fn answer(State(relay): State<Arc<Relay>>, request: Request) -> Response {
    let (parts, body) = request.into_parts();
    let body = axum::body::to_bytes(body, 10_000).await.unwrap();
    let target = parts.uri.path_and_query().unwrap().to_string();
    let line = format!("{} {target} | {}", parts.method, String::from_utf8_lossy(&body));
    if parts.uri.path() != "/state" {
        relay.seen.lock().unwrap().push(line);
    }
    let account = parts.headers.get(AUTHORIZATION).and_then(|value| value.to_str().ok());
    match parts.uri.path() {
        "/relay/0" => {
            relay.on.store(true, Ordering::SeqCst);
            "{\"ison\":true}".into_response()
        }
        // It takes a moment until the contact has closed.
        "/state" => {
            let read = relay.states_read.fetch_add(1, Ordering::SeqCst);
            let on = relay.on.load(Ordering::SeqCst) && read >= 2;
            format!("{{\"output\":{on}}}").into_response()
        }
        "/account" if account == Some(&format!("Basic {}", BASE64.encode(ACCOUNT))) => "taken".into_response(),
        "/account" => (StatusCode::UNAUTHORIZED, "not hunter3\nbut another").into_response(),
        "/stuck" => "{\"output\":false}".into_response(),
        "/moved" => (StatusCode::FOUND, [(LOCATION, "/relay/0")]).into_response(),
        "/long" => "a".repeat(100_000).into_response(),
        "/silent" => std::future::pending().await,
        _ => (StatusCode::FORBIDDEN, "<b>no relay here</b>").into_response(),
    }
}

async fn relay() -> (Arc<Relay>, u16) {
    let relay = Arc::new(Relay::default());
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let port = listener.local_addr().unwrap().port();
    let router = Router::new().fallback(answer).with_state(relay.clone());
    tokio::spawn(async move { axum::serve(listener, router).await.unwrap() });
    (relay, port)
}

fn http(port: u16, path: &str, extra: &str, clock: &Arc<dyn Clock>) -> Arc<Door> {
    let text = format!(
        "kind = \"http_relay\"\npulse_ms = 1500\ntimeout_ms = 600\n[doors.http_relay]\n\
         open = {{ url = \"http://127.0.0.1:{port}/{path}\" }}\n{extra}"
    );
    door(&text, clock)
}

#[tokio::test]
async fn it_opens_for_a_timed_pulse_and_the_state_confirms_it() {
    let ((relay, port), clock) = (relay().await, clock());
    let feedback = format!("feedback = {{ url = \"http://127.0.0.1:{port}/state\", text = '\"output\":true' }}");
    let door = http(port, "relay/0?turn=on&timer={pulse_s}", &feedback, &clock);
    assert_eq!(door.title(), "Cửa");
    assert_eq!(door.open(order(&clock)).await.unwrap(), DoorFeedback::Opened);
    assert_eq!(relay.seen(), ["GET /relay/0?turn=on&timer=1.5 | "], "once, whatever the state said first");
    assert_eq!(relay.states_read.load(Ordering::SeqCst), 3);
}

#[tokio::test]
async fn the_answer_itself_may_confirm_and_without_feedback_it_is_accepted() {
    let ((relay, port), clock) = (relay().await, clock());
    let door = http(port, "relay/0", "feedback = { text = '\"ison\":true' }", &clock);
    assert_eq!(door.open(order(&clock)).await.unwrap(), DoorFeedback::Opened);
    let body = format!(
        "kind = \"http_relay\"\n[doors.http_relay]\nopen = {{ method = \"POST\", url = \"http://127.0.0.1:{port}/relay/0\", \
         body = '{{\"on\":true,\"toggle_after\":{{pulse_s}}}}' }}"
    );
    assert_eq!(super::door(&body, &clock).open(order(&clock)).await.unwrap(), DoorFeedback::Accepted);
    assert_eq!(relay.seen(), ["GET /relay/0 | ", "POST /relay/0 | {\"on\":true,\"toggle_after\":3}"]);
}

#[tokio::test]
async fn what_a_relay_does_not_do_is_told_apart() {
    let ((relay, port), clock) = (relay().await, clock());
    let began = Instant::now();
    let cases = [
        ("silent", "", ("timed_out", true)),
        ("nowhere", "", ("refused", false)),
        ("moved", "", ("refused", false)),
        ("long", "", ("unreadable", true)),
        ("stuck", "feedback = { text = '\"output\":true' }", ("unconfirmed", true)),
    ];
    for (path, extra, expected) in cases {
        let error = http(port, path, extra, &clock).open(order(&clock)).await.unwrap_err();
        assert_eq!(short(&error), expected, "{path}: {}", chain(&error));
    }
    let stuck = format!("feedback = {{ url = \"http://127.0.0.1:{port}/stuck\", text = '\"output\":true' }}");
    let error = http(port, "relay/0", &stuck, &clock).open(order(&clock)).await.unwrap_err();
    assert_eq!(short(&error), ("unconfirmed", true));
    assert!(chain(&error).contains("200 OK {\"output\":false}"), "{}", chain(&error));
    assert!(began.elapsed() < Duration::from_secs(5));
    // No redirect was followed, and nothing was said twice.
    let sent = relay.seen().into_iter().filter(|line| !line.starts_with("GET /stuck")).collect::<Vec<_>>();
    assert_eq!(sent, ["GET /silent | ", "GET /nowhere | ", "GET /moved | ", "GET /long | ", "GET /relay/0 | "]);
}

#[tokio::test]
async fn nobody_there_is_unreachable() {
    let clock = clock();
    let port = TcpListener::bind("127.0.0.1:0").await.unwrap().local_addr().unwrap().port();
    let error = http(port, "relay/0", "", &clock).open(order(&clock)).await.unwrap_err();
    assert_eq!(short(&error), ("unreachable", false));
    assert!(chain(&error).starts_with(&format!("opening door d failed: the device at 127.0.0.1:{port} cannot be")));
}

#[tokio::test]
async fn the_account_is_sent_and_a_wrong_one_is_refused_without_being_shown() {
    let ((_, port), clock) = (relay().await, clock());
    let right = http(port, "account", "credential = \"account\"", &clock);
    assert_eq!(right.open(order(&clock)).await.unwrap(), DoorFeedback::Accepted);
    let wrong = http(port, "account", "credential = \"wrong\"", &clock);
    let error = wrong.open(order(&clock)).await.unwrap_err();
    assert_eq!(short(&error), ("refused", false));
    assert!(chain(&error).ends_with("the device refused: 401 Unauthorized not *** but another"), "{}", chain(&error));
    assert!(!format!("{wrong:?} {error:?}").contains("hunter3"));
}

#[tokio::test]
async fn when_the_deadline_passes_while_connecting_not_a_byte_leaves() {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let port = listener.local_addr().unwrap().port();
    // A second goes by at each look at the clock: there is time when the order is given, none when the connection stands.
    let door = http(port, "relay/0", "", &hasty());
    let error = door.open(OpenOrder::until(500_000)).await.unwrap_err();
    assert_eq!(short(&error), ("too_late", false));
    let (mut connection, _) = listener.accept().await.unwrap();
    let mut heard = Vec::new();
    tokio::time::timeout(SOON, connection.read_to_end(&mut heard)).await.unwrap().unwrap();
    assert!(heard.is_empty(), "{heard:?}");
}

#[tokio::test]
async fn two_orders_at_once_make_one_request() {
    let ((relay, port), clock) = (relay().await, clock());
    let door = http(port, "silent", "", &clock);
    let (first, second) = tokio::join!(door.open(order(&clock)), door.open(order(&clock)));
    assert_eq!(short(&first.unwrap_err()), ("timed_out", true));
    assert_eq!(short(&second.unwrap_err()), ("busy", false));
    assert_eq!(relay.seen().len(), 1);
}

#[tokio::test]
async fn a_door_that_goes_says_nothing() {
    let ((relay, port), clock) = (relay().await, clock());
    let stop = CancellationToken::new();
    let text = format!(
        "[[doors]]\nname = \"d\"\ntitle = \"Cửa\"\nkind = \"http_relay\"\n[doors.http_relay]\n\
         open = {{ url = \"http://127.0.0.1:{port}/relay/0\" }}"
    );
    let doors = doors_until(&text, clock.clone(), &stop);
    stop.cancel();
    tokio::time::timeout(SOON, doors.ended()).await.unwrap();
    // A request of our own, which comes after anything the door could have sent.
    let mut end = tokio::net::TcpStream::connect(("127.0.0.1", port)).await.unwrap();
    end.write_all(b"GET /end HTTP/1.0\r\n\r\n").await.unwrap();
    end.read_to_end(&mut Vec::new()).await.unwrap();
    assert_eq!(relay.seen(), ["GET /end | "]);
}

#[tokio::test]
async fn a_fail_safe_relay_is_held_by_a_timer_of_its_own_and_released() {
    let ((relay, port), clock) = (relay().await, clock());
    let url = |path: &str| format!("{{ url = \"http://127.0.0.1:{port}/relay/0?{path}\" }}");
    let text = format!(
        "kind = \"http_relay\"\nfails = \"safe\"\nhold_s = 5\n[doors.http_relay]\nopen = {}\nhold = {}\nrelease = {}",
        url("turn=off"),
        url("turn=on&timer={hold_s}"),
        url("turn=off&for=ever"),
    );
    let door = super::door(&text, &clock);
    until("two holds", || relay.seen().len() >= 2).await;
    door.release(ReleaseOrder::until(clock.monotonic_us() + 1_000_000)).await.unwrap();
    let hold = "GET /relay/0?turn=on&timer=5 | ";
    assert_eq!(relay.seen(), [hold, hold, "GET /relay/0?turn=off&for=ever | "]);
}

#[tokio::test]
async fn https_trusts_the_named_certificate_and_no_other() {
    // A relay has a certificate that it made itself; it is named as the only one to trust.
    let itself = || rcgen::generate_simple_self_signed(["127.0.0.1".to_owned()]).unwrap();
    let (ours, other) = (itself(), itself());
    let config = rustls::ServerConfig::builder_with_provider(Arc::new(rustls::crypto::ring::default_provider()))
        .with_safe_default_protocol_versions()
        .unwrap()
        .with_no_client_auth();
    let key = rustls_pki_types::PrivateKeyDer::try_from(ours.signing_key.serialize_der()).unwrap();
    let config = config.with_single_cert(vec![ours.cert.der().clone()], key).unwrap();
    let acceptor = tokio_rustls::TlsAcceptor::from(Arc::new(config));
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let port = listener.local_addr().unwrap().port();
    tokio::spawn(async move {
        while let Ok((stream, _)) = listener.accept().await {
            let Ok(stream) = acceptor.accept(stream).await else { continue };
            let router = axum::routing::get(async || "taken");
            let service = hyper_util::service::TowerToHyperService::new(Router::new().fallback_service(router));
            let io = hyper_util::rt::TokioIo::new(stream);
            let _ = hyper::server::conn::http1::Builder::new().serve_connection(io, service).await;
        }
    });
    let (dir, clock) = (tempfile::tempdir().unwrap(), clock());
    for (authority, expected) in [(&ours, Ok(DoorFeedback::Accepted)), (&other, Err(("unreachable", false)))] {
        let ca = dir.path().join("ca.pem");
        std::fs::write(&ca, authority.cert.pem()).unwrap();
        let text = format!(
            "kind = \"http_relay\"\n[doors.http_relay]\nopen = {{ url = \"https://127.0.0.1:{port}/\" }}\nca = {ca:?}"
        );
        let told = super::door(&text, &clock).open(order(&clock)).await;
        assert_eq!(told.map_err(|error| short(&error)), expected);
    }
}
