//! The people's side as a whole for tests: the real router over a throw-away database, a clock that is moved by hand,
//! pictures in memory. Requests go in as a browser would send them.

use std::collections::BTreeMap;
use std::net::SocketAddr;
use std::sync::{Arc, Mutex};

use axum::Router;
use axum::body::Body;
use axum::extract::ConnectInfo;
use axum::http::{HeaderMap, Request, StatusCode, header};
use axum::response::Response;
use bytes::Bytes;
use contract::clock::{ManualClock, UtcMicros};
use contract::downlink::Command;
use contract::ids::{NodeAddress, SeededIds};
use contract::signature::Sha256;
use futures_util::future::BoxFuture;
use ring::rand::SystemRandom;
use serde_json::{Value, json};
use tower::ServiceExt as _;
use uuid::Uuid;

use super::{People, PictureError, Pictures, router};
use crate::auth::{AccountKind, CSRF_HEADER, Grant, Means, Role, TotpSecret, add_user};
use crate::devices::Wishes;
use crate::live::LiveHub;
use crate::people::Office;
use crate::people::testing::{JudgeByBytes, office};
use crate::store::{Db, fixtures};
use crate::visits::{Commands, Desk};

/// 23/11/2026 08:15:00 in Viet Nam.
pub(crate) const NOW: &str = "2026-11-23T01:15:00Z";
/// A password that fits the policy.
pub(crate) const PASSWORD: &str = "Chi-Lang-1427-x";

#[derive(Default)]
struct InMemory(Mutex<BTreeMap<[u8; 32], Bytes>>);

impl Pictures for InMemory {
    fn read(&self, sha256: Sha256) -> BoxFuture<'_, Result<Option<Bytes>, PictureError>> {
        let found = self.0.lock().unwrap().get(&sha256.0).cloned();
        Box::pin(async move { Ok(found) })
    }
}

/// Commands that were sent, and what a node does about each.
#[derive(Default)]
pub(crate) struct Heard {
    pub(crate) sent: Mutex<Vec<(Command, Option<i64>)>>,
    #[expect(clippy::type_complexity, reason = "a test's own node")]
    pub(crate) node: Mutex<Option<Box<dyn Fn(&Command) + Send + Sync>>>,
}

impl Commands for Heard {
    fn send(&self, _: &NodeAddress, command: &Command, lives_us: Option<i64>) -> bool {
        self.sent.lock().unwrap().push((command.clone(), lives_us));
        if let Some(node) = self.node.lock().unwrap().as_ref() {
            node(command);
        }
        true
    }
}

/// Everything.
pub(crate) struct Bench {
    pub(crate) db: Db,
    pub(crate) clock: Arc<ManualClock>,
    pub(crate) live: Arc<LiveHub>,
    pub(crate) ids: Arc<SeededIds>,
    pub(crate) office: Office,
    pub(crate) desk: Arc<Desk>,
    pub(crate) commands: Arc<Heard>,
    pub(crate) wishes: Wishes,
    pictures: Arc<InMemory>,
    router: Router,
}

/// A browser that is signed in.
pub(crate) struct Client<'a> {
    bench: &'a Bench,
    pub(crate) cookie: String,
    pub(crate) csrf: String,
}

/// An answer.
pub(crate) struct Answer {
    pub(crate) status: StatusCode,
    pub(crate) headers: HeaderMap,
    pub(crate) bytes: Bytes,
}

impl Answer {
    pub(crate) async fn of(response: Response) -> Self {
        let (parts, body) = response.into_parts();
        let bytes = axum::body::to_bytes(body, 1 << 20).await.unwrap();
        Self { status: parts.status, headers: parts.headers, bytes }
    }

    pub(crate) fn json(&self) -> Value {
        serde_json::from_slice(&self.bytes).unwrap_or(Value::Null)
    }

    /// Status and the code of the error, as `409 case_changed`.
    pub(crate) fn verdict(&self) -> String {
        match self.json()["error"]["code"].as_str() {
            Some(code) => format!("{} {code}", self.status.as_u16()),
            None => self.status.as_u16().to_string(),
        }
    }
}

impl Bench {
    /// Two places, no people.
    pub(crate) async fn new(db: Db) -> Self {
        fixtures::places(&db).await;
        let clock = Arc::new(ManualClock::at(UtcMicros::from_rfc3339(NOW).unwrap()));
        let ids = Arc::new(SeededIds::new([1; 32]));
        let live = Arc::new(LiveHub::new(Uuid::from_u128(9)));
        let pictures = Arc::new(InMemory::default());
        let office = office(&db, Arc::clone(&clock) as _, Arc::clone(&ids) as _, Arc::new(JudgeByBytes));
        let commands = Arc::new(Heard::default());
        let desk = Arc::new(Desk::new(Arc::clone(&commands) as _, Arc::clone(&clock) as _));
        let wishes = Wishes::new(Arc::clone(&commands) as _, Arc::clone(&clock) as _);
        let people = People {
            means: Means {
                db: db.clone(),
                clock: Arc::clone(&clock) as _,
                ids: Arc::clone(&ids) as _,
                random: SystemRandom::new(),
            },
            live: Arc::clone(&live),
            office: office.clone(),
            desk: Arc::clone(&desk),
            wishes: wishes.clone(),
            voice: None,
            pictures: Arc::clone(&pictures) as _,
            secure_cookies: false,
        };
        Self { db, clock, live, ids, office, desk, commands, wishes, pictures, router: router(Arc::new(people)) }
    }

    pub(crate) fn now(&self) -> UtcMicros {
        contract::clock::Clock::now(&*self.clock)
    }

    /// Adds an account with these roles.
    pub(crate) async fn account(&self, name: &str, kind: AccountKind, roles: &[(&str, Role)]) -> Uuid {
        let grants: Vec<Grant> = roles
            .iter()
            .map(|(controller, role)| Grant { controller: controller.parse().unwrap(), role: *role })
            .collect();
        add_user(&self.db, &*self.clock, &*self.ids, name, kind, &grants, PASSWORD).await.unwrap()
    }

    /// Adds a person with one role at the police and signs in.
    pub(crate) async fn person(&self, name: &str, role: Role) -> Client<'_> {
        self.account(name, AccountKind::Person, &[("police", role)]).await;
        self.sign_in(name).await
    }

    /// Adds an administrator of these bodies, with a second factor, and signs in.
    pub(crate) async fn administrator(&self, name: &str, bodies: &[&str]) -> Client<'_> {
        let roles: Vec<_> = bodies.iter().map(|body| (*body, Role::Administrator)).collect();
        self.account(name, AccountKind::Person, &roles).await;
        let client = self.sign_in(name).await;
        client.enrol().await;
        client
    }

    pub(crate) async fn try_sign_in(&self, name: &str, password: &str) -> Answer {
        let body = json!({ "user": name, "password": password });
        self.send("POST", "/api/v1/session", &[], Some(&body)).await
    }

    pub(crate) async fn sign_in(&self, name: &str) -> Client<'_> {
        self.client(self.try_sign_in(name, PASSWORD).await)
    }

    /// What a sign-in gave.
    pub(crate) fn client(&self, answer: Answer) -> Client<'_> {
        assert_eq!(answer.status, StatusCode::OK, "{}", answer.json());
        let cookie = answer.headers[header::SET_COOKIE].to_str().unwrap();
        Client {
            bench: self,
            cookie: cookie.split(';').next().unwrap().to_owned(),
            csrf: answer.json()["csrf"].as_str().unwrap().to_owned(),
        }
    }

    /// A picture in the evidence store; answers its hash.
    pub(crate) async fn picture(
        &self,
        passage: Uuid,
        controller: &str,
        role: &str,
        bytes: &[u8],
        revision: i64,
    ) -> String {
        fixtures::picture(&self.db, passage, controller, role, bytes, revision).await;
        let hash = Sha256::of(bytes);
        self.pictures.0.lock().unwrap().insert(hash.0, Bytes::copy_from_slice(bytes));
        hash.to_string()
    }

    pub(crate) async fn send(
        &self,
        method: &str,
        path: &str,
        headers: &[(&str, &str)],
        body: Option<&Value>,
    ) -> Answer {
        Answer::of(self.stream(method, path, headers, body).await).await
    }

    /// The answer before its body is read: for streams.
    pub(crate) async fn stream(
        &self,
        method: &str,
        path: &str,
        headers: &[(&str, &str)],
        body: Option<&Value>,
    ) -> Response {
        let mut request = Request::builder().method(method).uri(path);
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        let body = match body {
            Some(value) => {
                request = request.header(header::CONTENT_TYPE, "application/json");
                Body::from(value.to_string())
            }
            None => Body::empty(),
        };
        let mut request = request.body(body).unwrap();
        request.extensions_mut().insert(ConnectInfo(SocketAddr::from(([192, 0, 2, 7], 50_000))));
        self.router.clone().oneshot(request).await.unwrap()
    }
}

impl Client<'_> {
    /// Enrols a second factor.
    pub(crate) async fn enrol(&self) -> TotpSecret {
        let begun = self.post("/api/v1/session/totp", &json!({})).await;
        let secret = TotpSecret::from_base32(begun.json()["secret"].as_str().unwrap()).unwrap();
        let code = json!({ "code": secret.code_at(self.bench.now()) });
        assert_eq!(self.post("/api/v1/session/totp/proof", &code).await.verdict(), "200");
        secret
    }

    pub(crate) async fn get(&self, path: &str) -> Answer {
        self.bench.send("GET", path, &[("cookie", &self.cookie)], None).await
    }

    pub(crate) async fn post(&self, path: &str, body: &Value) -> Answer {
        self.send("POST", path, Some(body)).await
    }

    pub(crate) async fn send(&self, method: &str, path: &str, body: Option<&Value>) -> Answer {
        let headers = [("cookie", self.cookie.as_str()), (CSRF_HEADER, self.csrf.as_str())];
        self.bench.send(method, path, &headers, body).await
    }
}
