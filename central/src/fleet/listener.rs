//! The nodes' HTTPS: enrol, renew, fetch bundles, upload evidence. Who asks is known by the client certificate alone; a
//! node reads and writes only what is its own.

use std::sync::Arc;

use axum::body::{Body, to_bytes};
use axum::extract::rejection::JsonRejection;
use axum::extract::{DefaultBodyLimit, Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post, put};
use axum::{Extension, Json, Router};
use contract::bundle::BundleKind;
use contract::clock::Clock;
use contract::ids::NodeAddress;
use contract::signature::Sha256;
use contract::wish::STILL_MAX_BYTES;
use serde::Serialize;
use serde_json::json;

use courier::identity::EnrolAnswer;

use super::authority::Authority;
use super::enrolment::{self, EnrolRequest, FleetError, RenewRequest};
use super::gates::{ForGates, gallery_key, look, no_look};
use super::keyring::KeyRing;
use super::peer::Peer;
use super::site::{self, SiteError, SiteNodes};
use super::wishes::answer;
use crate::evidence::{EvidenceError, EvidenceStore, MAX_EVIDENCE_BYTES, Put};
use crate::store::{self, Db, StoreError};
use crate::telemetry;

/// Every JPEG begins with these.
pub(super) const JPEG_BEGINS: [u8; 3] = [0xff, 0xd8, 0xff];
/// The longest list of nodes behind a site.
const SITE_MAX_BYTES: usize = 1 << 20;
/// The largest picture of a look.
const LOOK_MAX_BYTES: usize = 1 << 20;

/// What the handlers need.
#[derive(Clone)]
pub struct NodeListenerState {
    /// The store.
    pub db: Db,
    /// The authority.
    pub authority: Arc<Authority>,
    /// Refreshed at once when a node enrols.
    pub ring: KeyRing,
    /// Pictures.
    pub evidence: EvidenceStore,
    /// Time.
    pub clock: Arc<dyn Clock>,
    /// Galleries' keys.
    pub gates: Arc<dyn ForGates>,
    /// The broker as nodes reach it.
    pub mqtt_host: String,
    /// The broker's port.
    pub mqtt_port: u16,
}

impl std::fmt::Debug for NodeListenerState {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("NodeListenerState")
    }
}

/// The routes.
pub fn router(state: NodeListenerState) -> Router {
    Router::new()
        .route("/node/v1/enrol", post(enrol))
        .route("/node/v1/renew", post(renew))
        .route("/node/v1/bundles", get(bundles))
        .route("/node/v1/bundles/{kind}", get(bundle))
        .route("/node/v1/gallery-key", get(gallery_key))
        .route("/node/v1/looks/{look_id}", post(look).delete(no_look).layer(DefaultBodyLimit::max(LOOK_MAX_BYTES)))
        .route("/node/v1/wishes/{wish_id}", post(answer).layer(DefaultBodyLimit::max(STILL_MAX_BYTES)))
        .route("/node/v1/site/nodes", put(nodes_behind).layer(DefaultBodyLimit::max(SITE_MAX_BYTES)))
        .route("/node/v1/evidence/{sha256}", put(upload))
        .fallback(|| async { Refusal(StatusCode::NOT_FOUND, "not_found", "there is no such address".to_owned()) })
        .method_not_allowed_fallback(|| async {
            let words = "this address does not take that method".to_owned();
            Refusal(StatusCode::METHOD_NOT_ALLOWED, "method_not_allowed", words)
        })
        .layer(DefaultBodyLimit::max(64 * 1024))
        .with_state(state)
}

/// An answer that is no success: the centre's one error envelope.
pub(super) struct Refusal(pub(super) StatusCode, pub(super) &'static str, pub(super) String);

impl IntoResponse for Refusal {
    fn into_response(self) -> Response {
        let Self(status, code, message) = self;
        (status, Json(json!({ "error": { "code": code, "message": message } }))).into_response()
    }
}

/// A body that is no JSON of the right shape.
impl From<JsonRejection> for Refusal {
    fn from(rejection: JsonRejection) -> Self {
        Self(rejection.status(), "bad_body", "the body is not the JSON this address takes".to_owned())
    }
}

impl From<StoreError> for Refusal {
    fn from(error: StoreError) -> Self {
        tracing::error!(error = chain(&error), "a node's request failed in the store");
        Self(StatusCode::SERVICE_UNAVAILABLE, "store_unavailable", "the store cannot be reached; try again".to_owned())
    }
}

impl From<FleetError> for Refusal {
    fn from(error: FleetError) -> Self {
        let (status, code) = match &error {
            FleetError::SecretRefused => (StatusCode::FORBIDDEN, "secret_refused"),
            FleetError::Revoked(_) => (StatusCode::FORBIDDEN, "revoked"),
            FleetError::UnknownNode(_) => (StatusCode::FORBIDDEN, "unknown_node"),
            FleetError::OtherKey => (StatusCode::BAD_REQUEST, "other_key"),
            FleetError::KeyRefused(_) => (StatusCode::CONFLICT, "key_refused"),
            FleetError::OtherController { .. } => (StatusCode::CONFLICT, "other_controller"),
            FleetError::BehindASite(_) => (StatusCode::CONFLICT, "behind_a_site"),
            FleetError::Authority(_) => (StatusCode::BAD_REQUEST, "bad_request"),
            FleetError::Store(_) => (StatusCode::SERVICE_UNAVAILABLE, "store_unavailable"),
        };
        if status.is_server_error() {
            tracing::error!(error = chain(&error), "a node's request failed");
        }
        Self(status, code, error.to_string())
    }
}

impl From<SiteError> for Refusal {
    fn from(error: SiteError) -> Self {
        let (status, code) = match &error {
            SiteError::SpeaksForNobody(_) => (StatusCode::FORBIDDEN, "speaks_for_nobody"),
            SiteError::NotBehind(_) | SiteError::KeyOfAnother(_) => (StatusCode::CONFLICT, "not_behind"),
            SiteError::OtherBody(..) => (StatusCode::FORBIDDEN, "other_body"),
            SiteError::Key(_) => (StatusCode::BAD_REQUEST, "bad_key"),
            SiteError::Store(_) => (StatusCode::SERVICE_UNAVAILABLE, "store_unavailable"),
        };
        if status.is_server_error() {
            tracing::error!(error = chain(&error), "a site's request failed");
        }
        Self(status, code, error.to_string())
    }
}

pub(super) fn chain(error: &dyn std::error::Error) -> String {
    telemetry::chain(error)
}

/// Is a picture that this node announced this peer's to bring: its own, or that of a node behind it?
async fn announced_for(
    state: &NodeListenerState,
    peer: &NodeAddress,
    announced: Option<NodeAddress>,
) -> Result<bool, StoreError> {
    let Some(announced) = announced else { return Ok(false) };
    let via = || async {
        let node = store::fleet::node(&mut *state.db.read().await?, &announced).await?;
        Ok::<_, StoreError>(node.and_then(|node| node.via))
    };
    Ok(announced == *peer || via().await?.as_ref() == Some(peer))
}

/// The node behind the connection, if its key is neither unknown nor revoked.
pub(super) async fn node_of(state: &NodeListenerState, peer: Option<Peer>) -> Result<Peer, Refusal> {
    let peer = peer.ok_or_else(|| {
        Refusal(StatusCode::UNAUTHORIZED, "no_certificate", "a node's client certificate is needed".to_owned())
    })?;
    let key = store::fleet::key(&mut *state.db.read().await?, peer.key).await?;
    match key {
        Some(key) if key.revoked_at.is_some() => {
            Err(Refusal(StatusCode::FORBIDDEN, "revoked", "this node's certificate is revoked".to_owned()))
        }
        Some(key) if key.node == peer.node => Ok(peer),
        _ => Err(Refusal(StatusCode::FORBIDDEN, "unknown_key", "this certificate is not registered".to_owned())),
    }
}

async fn enrol(
    State(state): State<NodeListenerState>,
    request: Result<Json<EnrolRequest>, JsonRejection>,
) -> Result<Json<EnrolAnswer>, Refusal> {
    let Json(request) = request?;
    let (issued, node, controller) = enrolment::enrol(&state.db, &state.authority, &request, state.clock.now()).await?;
    // Before the answer: the node's first event may come a moment after it.
    state.ring.refresh(&state.db).await?;
    tracing::info!(node = %node, "node {node} enrolled");
    let mqtt = (state.mqtt_host.as_str(), state.mqtt_port);
    Ok(Json(enrolment::answer(&state.authority, issued, node, controller, mqtt)))
}

async fn renew(
    State(state): State<NodeListenerState>,
    Extension(peer): Extension<Option<Peer>>,
    request: Result<Json<RenewRequest>, JsonRejection>,
) -> Result<Json<EnrolAnswer>, Refusal> {
    let peer = node_of(&state, peer).await?;
    let Json(request) = request?;
    let (issued, controller) =
        enrolment::renew(&state.db, &state.authority, &peer, &request, state.clock.now()).await?;
    tracing::info!(node = %peer.node, "node {} renewed its certificate", peer.node);
    let mqtt = (state.mqtt_host.as_str(), state.mqtt_port);
    Ok(Json(enrolment::answer(&state.authority, issued, peer.node, controller, mqtt)))
}

#[derive(Serialize)]
struct BundleRevision {
    kind: BundleKind,
    revision: u64,
}

async fn bundles(
    State(state): State<NodeListenerState>,
    Extension(peer): Extension<Option<Peer>>,
) -> Result<Json<Vec<BundleRevision>>, Refusal> {
    let peer = node_of(&state, peer).await?;
    let mut conn = state.db.read().await?;
    let mut revisions = Vec::new();
    for kind in BundleKind::ALL {
        let revision = store::fleet::bundle_revision(&mut conn, &peer.node, kind).await?;
        if revision > 0 {
            revisions.push(BundleRevision { kind, revision });
        }
    }
    Ok(Json(revisions))
}

async fn bundle(
    State(state): State<NodeListenerState>,
    Extension(peer): Extension<Option<Peer>>,
    Path(kind): Path<String>,
) -> Result<Response, Refusal> {
    let peer = node_of(&state, peer).await?;
    let missing = || Refusal(StatusCode::NOT_FOUND, "no_bundle", "there is no such bundle for this node".to_owned());
    let kind = BundleKind::ALL.into_iter().find(|k| k.as_str() == kind).ok_or_else(missing)?;
    let signed =
        store::fleet::newest_bundle(&mut *state.db.read().await?, &peer.node, kind).await?.ok_or_else(missing)?;
    Ok(([("content-type", "application/json")], signed).into_response())
}

/// A site's own centre names the nodes behind it.
async fn nodes_behind(
    State(state): State<NodeListenerState>,
    Extension(peer): Extension<Option<Peer>>,
    nodes: Result<Json<SiteNodes>, JsonRejection>,
) -> Result<StatusCode, Refusal> {
    let peer = node_of(&state, peer).await?;
    let Json(nodes) = nodes?;
    site::take(&state.db, &peer.node, &nodes, state.clock.now()).await?;
    // Before the answer: the site sends their events next.
    state.ring.refresh(&state.db).await?;
    Ok(StatusCode::NO_CONTENT)
}

async fn upload(
    State(state): State<NodeListenerState>,
    Extension(peer): Extension<Option<Peer>>,
    Path(sha256): Path<String>,
    body: Body,
) -> Result<StatusCode, Refusal> {
    if peer.is_none() {
        node_of(&state, None).await?;
    }
    // The body is read before anything is refused: a connection reset in the middle of an upload would look like a broken
    // line to the node, and the answer would be lost.
    let bytes = to_bytes(body, MAX_EVIDENCE_BYTES).await.map_err(|_| {
        Refusal(StatusCode::PAYLOAD_TOO_LARGE, "too_large", format!("at most {MAX_EVIDENCE_BYTES} bytes are taken"))
    })?;
    let peer = node_of(&state, peer).await?;
    let sha256: Sha256 = sha256
        .parse()
        .map_err(|_| Refusal(StatusCode::BAD_REQUEST, "bad_hash", "the address holds no SHA-256".to_owned()))?;
    let row = store::evidence::announced(&mut *state.db.read().await?, sha256).await?;
    // Another node's evidence is as good as unannounced: its existence is not this node's business.
    if !announced_for(&state, &peer.node, row.map(|row| row.node)).await? {
        return Err(Refusal(
            StatusCode::NOT_FOUND,
            "not_announced",
            "no event has announced this evidence yet; try again later".to_owned(),
        ));
    }
    // Not parsed, only looked at: what does not begin like a JPEG is none of the pictures a node makes.
    if !bytes.starts_with(&JPEG_BEGINS) {
        return Err(Refusal(StatusCode::UNSUPPORTED_MEDIA_TYPE, "no_jpeg", "evidence must be a JPEG".to_owned()));
    }
    let size = bytes.len() as u64;
    let put = state.evidence.put(sha256, bytes).await.map_err(|error| match error {
        EvidenceError::HashDiffers(_) => Refusal(StatusCode::BAD_REQUEST, "hash_differs", error.to_string()),
        EvidenceError::NoSpace { .. } => {
            tracing::warn!(error = chain(&error), "evidence is refused for lack of space");
            Refusal(
                StatusCode::INSUFFICIENT_STORAGE,
                "no_space",
                "the evidence store is full; try again later".to_owned(),
            )
        }
        EvidenceError::Folder { .. } | EvidenceError::Store { .. } => {
            tracing::error!(error = chain(&error), "evidence could not be written");
            Refusal(StatusCode::SERVICE_UNAVAILABLE, "evidence_unavailable", "try again later".to_owned())
        }
    })?;
    let mut tx = state.db.write().await?;
    store::evidence::mark_stored(&mut tx, sha256, state.clock.now()).await?;
    tx.commit().await?;
    Ok(match put {
        Put::Stored => {
            telemetry::evidence_stored(size);
            StatusCode::CREATED
        }
        Put::AlreadyThere => StatusCode::OK,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fleet::authority::tests::{NOW, csr, node_key};
    use crate::fleet::{Brought, GateKeyError};
    use crate::store::testing::{announce, each_engine};
    use axum::http::Request;
    use bytes::Bytes;
    use contract::bundle::GalleryKey;
    use contract::clock::{ManualClock, UtcMicros};
    use contract::event::Envelope;
    use contract::ids::{LookId, NodeAddress, WishId};
    use contract::wish::{CAPTURED_AT_HEADER, NoStill, WishAnswer};
    use futures_util::future::BoxFuture;
    use tower::ServiceExt as _;
    use uuid::Uuid;

    struct NoGates;

    impl ForGates for NoGates {
        fn gallery_key(&self, _: NodeAddress) -> BoxFuture<'_, Result<GalleryKey, GateKeyError>> {
            Box::pin(async { Ok(GalleryKey::new([3; 32])) })
        }

        fn bring_look(&self, look: LookId, _: &NodeAddress, _: Option<Bytes>) -> bool {
            look.0.as_u128() == 1
        }

        fn bring_answer(&self, wish: WishId, _: &NodeAddress, brought: Brought) -> bool {
            let no_frame = Brought::Said(WishAnswer::NoStill { why: NoStill::NoFrame });
            match wish.0.as_u128() {
                1 => matches!(brought, Brought::Still(_, NOW)),
                2 => brought == no_frame,
                _ => false,
            }
        }
    }

    async fn ask(
        router: &Router,
        peer: Option<Peer>,
        method: &str,
        path: &str,
        body: Vec<u8>,
    ) -> (StatusCode, Vec<u8>) {
        let request = Request::builder()
            .method(method)
            .uri(path)
            .header("content-type", "application/json")
            .extension(peer)
            .body(Body::from(body))
            .unwrap();
        let response = router.clone().oneshot(request).await.unwrap();
        let status = response.status();
        (status, to_bytes(response.into_body(), 1 << 20).await.unwrap().to_vec())
    }

    fn code(body: &[u8]) -> String {
        let error: serde_json::Value = serde_json::from_slice(body).unwrap();
        error["error"]["code"].as_str().unwrap().to_owned()
    }

    #[tokio::test]
    async fn a_node_enrols_uploads_what_it_announced_and_nothing_once_revoked() {
        each_engine(|db| async move {
            let dir = tempfile::tempdir().unwrap();
            let authority = Arc::new(Authority::create(dir.path(), &[], &[], NOW).unwrap());
            let state = NodeListenerState {
                db: db.clone(),
                authority: Arc::clone(&authority),
                ring: KeyRing::default(),
                evidence: EvidenceStore::open(&dir.path().join("evidence"), 0).unwrap(),
                clock: Arc::new(ManualClock::at(NOW)),
                gates: Arc::new(NoGates),
                mqtt_host: "localhost".to_owned(),
                mqtt_port: 8883,
            };
            let ring = state.ring.clone();
            let router = router(state);
            let file = format!("{}/../contract/golden/v1/pass.json", env!("CARGO_MANIFEST_DIR"));
            let event = Envelope::from_bytes(&std::fs::read(file).unwrap()).unwrap();

            let secret =
                enrolment::add_node(&db, &event.node, &event.controller, enrolment::Joins::AsNode, NOW).await.unwrap();
            let request = EnrolRequest { secret, csr_pem: csr(&node_key()) };
            let body = serde_json::to_vec(&request).unwrap();
            let (status, answer) = ask(&router, None, "POST", "/node/v1/enrol", body.clone()).await;
            assert_eq!(status, StatusCode::OK);
            let answer: EnrolAnswer = serde_json::from_slice(&answer).unwrap();
            assert_eq!((answer.node, answer.mqtt_host.as_str()), (event.node.clone(), "localhost"));
            let (key, _) = ring.snapshot().keys.iter().map(|(k, v)| (*k, v.clone())).next().unwrap();
            let me = Some(Peer { node: event.node.clone(), key });
            let (status, refused) = ask(&router, None, "POST", "/node/v1/enrol", body).await;
            assert_eq!((status, code(&refused).as_str()), (StatusCode::FORBIDDEN, "secret_refused"));

            let picture = b"\xff\xd8\xff a picture".to_vec();
            let sha256 = Sha256::of(&picture);
            let path = format!("/node/v1/evidence/{sha256}");
            let put = |peer, bytes| ask(&router, peer, "PUT", &path, bytes);
            assert_eq!(put(me.clone(), picture.clone()).await.0, StatusCode::NOT_FOUND);
            announce(&db, sha256, &event.node, &event.controller).await;

            let look = |peer, look: u128, bytes| {
                let path = format!("/node/v1/looks/{}", Uuid::from_u128(look));
                let router = router.clone();
                async move { ask(&router, peer, "POST", &path, bytes).await }
            };
            let face = b"\xff\xd8\xff a face".to_vec();
            assert_eq!(look(None, 1, face.clone()).await.0, StatusCode::UNAUTHORIZED);
            assert_eq!(look(me.clone(), 1, face.clone()).await.0, StatusCode::NO_CONTENT);
            assert_eq!(code(&look(me.clone(), 2, face.clone()).await.1), "nobody_waits");
            assert_eq!(code(&look(me.clone(), 1, b"<html>".to_vec()).await.1), "no_jpeg");
            for (which, status) in [(1, StatusCode::NO_CONTENT), (2, StatusCode::NOT_FOUND)] {
                let path = format!("/node/v1/looks/{}", Uuid::from_u128(which));
                assert_eq!(ask(&router, me.clone(), "DELETE", &path, vec![]).await.0, status, "the node holds none");
            }
            let large = [face, vec![0; LOOK_MAX_BYTES]].concat();
            assert_eq!(look(me.clone(), 1, large).await.0, StatusCode::PAYLOAD_TOO_LARGE);

            let answer = |peer, wish: u128, kind: &'static str, at: &'static str, body: &[u8]| {
                let request = Request::builder()
                    .method("POST")
                    .uri(format!("/node/v1/wishes/{}", Uuid::from_u128(wish)))
                    .header("content-type", kind)
                    .header(CAPTURED_AT_HEADER, at)
                    .extension::<Option<Peer>>(peer)
                    .body(Body::from(body.to_vec()))
                    .unwrap();
                let router = router.clone();
                async move {
                    let response = router.oneshot(request).await.unwrap();
                    let status = response.status();
                    let body = to_bytes(response.into_body(), 1 << 20).await.unwrap();
                    let code = serde_json::from_slice::<serde_json::Value>(&body).unwrap_or_default();
                    format!("{} {}", status.as_u16(), code["error"]["code"].as_str().unwrap_or_default())
                }
            };
            let (at, still) = ("1795000000000000", b"\xff\xd8\xff a still".as_slice());
            let dark = br#"{"answer":"no_still","why":"no_frame"}"#.as_slice();
            assert_eq!(UtcMicros(at.parse().unwrap()), NOW, "the test's moment");
            assert_eq!(answer(None, 1, "image/jpeg", at, still).await, "401 no_certificate");
            assert_eq!(answer(me.clone(), 1, "image/jpeg", at, still).await, "204 ");
            assert_eq!(answer(me.clone(), 2, "application/json", at, dark).await, "204 ");
            assert_eq!(answer(me.clone(), 3, "image/jpeg", at, still).await, "404 nobody_waits");
            assert_eq!(answer(me.clone(), 1, "image/jpeg", at, b"<html>").await, "415 no_jpeg");
            assert_eq!(answer(me.clone(), 1, "image/jpeg", "soon", still).await, "400 no_moment");
            assert_eq!(answer(me.clone(), 2, "application/json", at, b"{\"answer\":1}").await, "400 bad_body");
            let large = [still, &vec![0; STILL_MAX_BYTES]].concat();
            assert_eq!(answer(me.clone(), 1, "image/jpeg", at, &large).await.split(' ').next(), Some("413"));

            let key = |peer| ask(&router, peer, "GET", "/node/v1/gallery-key", vec![]);
            assert_eq!(key(None).await.0, StatusCode::UNAUTHORIZED);
            let (status, body) = key(me.clone()).await;
            let told: serde_json::Value = serde_json::from_slice(&body).unwrap();
            assert_eq!(status, StatusCode::OK);
            assert_eq!(GalleryKey::from_base64(told["key"].as_str().unwrap()), Some(GalleryKey::new([3; 32])));
            assert_eq!(told["key_id"], json!(GalleryKey::new([3; 32]).id()));

            assert_eq!(put(None, picture.clone()).await.0, StatusCode::UNAUTHORIZED);
            let stranger = Some(Peer { node: event.node.clone(), key: contract::signature::KeyId::of(b"x") });
            assert_eq!(code(&put(stranger, picture.clone()).await.1), "unknown_key");
            let (status, refused) = put(me.clone(), b"\xff\xd8\xff other bytes".to_vec()).await;
            assert_eq!((status, code(&refused).as_str()), (StatusCode::BAD_REQUEST, "hash_differs"));
            let large = vec![0; MAX_EVIDENCE_BYTES + 1];
            assert_eq!(put(me.clone(), large).await.0, StatusCode::PAYLOAD_TOO_LARGE);
            assert_eq!(put(me.clone(), picture.clone()).await.0, StatusCode::CREATED);
            assert_eq!(put(me.clone(), picture.clone()).await.0, StatusCode::OK);
            let row = store::evidence::announced(&mut db.read().await.unwrap(), sha256).await.unwrap().unwrap();
            assert_eq!(row.state, "stored");
            let page = b"<html><script>".to_vec();
            let hash = Sha256::of(&page);
            announce(&db, hash, &event.node, &event.controller).await;
            let (status, refused) = ask(&router, me.clone(), "PUT", &format!("/node/v1/evidence/{hash}"), page).await;
            assert_eq!((status, code(&refused).as_str()), (StatusCode::UNSUPPORTED_MEDIA_TYPE, "no_jpeg"));

            for (method, path, verdict) in [
                ("GET", "/node/v1/nothing", "not_found"),
                ("GET", "/node/v1/enrol", "method_not_allowed"),
                ("POST", "/node/v1/enrol", "bad_body"),
            ] {
                assert_eq!(code(&ask(&router, None, method, path, b"{".to_vec()).await.1), verdict);
            }
            let (status, missing) = ask(&router, me.clone(), "GET", "/node/v1/bundles/rules", vec![]).await;
            assert_eq!((status, code(&missing).as_str()), (StatusCode::NOT_FOUND, "no_bundle"));
            enrolment::revoke(&db, &authority, &event.node, NOW).await.unwrap();
            let (status, refused) = ask(&router, me.clone(), "GET", "/node/v1/bundles", vec![]).await;
            assert_eq!((status, code(&refused).as_str()), (StatusCode::FORBIDDEN, "revoked"));
            assert_eq!(put(me, picture).await.0, StatusCode::FORBIDDEN);
        })
        .await;
    }
}
