//! `GET /api/v1/live`: server-sent events, filtered by controller, role and place: passages, which hold plates, are told only
//! to a client that names the one place it watches. A client that lags, or comes back with an id too
//! old, gets `resync` and reads again by the other routes; the stream ends when the session does. Each subscription is on record.

use std::convert::Infallible;
use std::sync::Arc;
use std::time::Duration;

use axum::extract::State;
use axum::http::HeaderMap;
use axum::response::sse::{Event, KeepAlive, Sse};
use contract::ids::SiteName;
use futures_util::Stream;
use serde::Deserialize;
use tokio::sync::broadcast::error::RecvError;
use utoipa::IntoParams;

use crate::api::extract::Params;
use crate::api::{ApiError, People};
use crate::audit::{self, Entry};
use crate::auth::{Authz, still_good};
use crate::live::LiveEvent;
use crate::vehicles::PassQueryError;

/// `alive` is sent this often when nothing happens, so that proxies and clients know the line is alive.
const KEEP_ALIVE: Duration = Duration::from_secs(10);
/// How often the session behind a stream, and its rights, are looked at again.
const RECHECK: Duration = Duration::from_secs(15);

/// Where to watch.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(crate) struct LiveQuery {
    /// The one place whose passages are told; without it none are.
    pub site: Option<String>,
    /// Needed with roles at several.
    #[expect(dead_code, reason = "read where the request is judged; named here since unknown parameters are refused")]
    pub controller: Option<String>,
}

/// What happens now.
#[utoipa::path(get, path = "/api/v1/live", tag = "live",
    params(LiveQuery, ("Last-Event-ID" = Option<String>, Header, description = "Opaque id of the event seen last")),
    responses((status = 200, description = "Events `hello`, `alive`, `pass`, `access`, `decision`, `suspicion`, `case`, `visit`, `plate_alert`, `count`, `camera`, `resync`, `bye`",
        content_type = "text/event-stream")))]
pub(crate) async fn stream_live(
    authz: Authz,
    State(people): State<Arc<People>>,
    Params(asked): Params<LiveQuery>,
    headers: HeaderMap,
) -> Result<Sse<impl Stream<Item = Result<Event, Infallible>>>, ApiError> {
    let site: Option<SiteName> =
        asked.site.as_deref().map(str::parse).transpose().map_err(|_| PassQueryError::NotOneSite)?;
    let mut tx = people.write().await?;
    let mut entry = Entry::by(&authz, "live.subscribe");
    entry.site = site.as_ref().map(ToString::to_string);
    audit::append(&mut tx, authz.controller(), people.now(), entry).await?;
    tx.commit().await?;
    let last_seen = headers.get("last-event-id").and_then(|v| v.to_str().ok()).map(str::to_owned);
    Ok(Sse::new(events(authz, people, site, last_seen)).keep_alive(keep_alive()))
}

/// An event, not a comment: a page hears events only, and must be able to tell silence from a dead line.
fn keep_alive() -> KeepAlive {
    KeepAlive::new().interval(KEEP_ALIVE).event(Event::default().event("alive").data("{}"))
}

fn events(
    authz: Authz,
    people: Arc<People>,
    site: Option<SiteName>,
    last_seen: Option<String>,
) -> impl Stream<Item = Result<Event, Infallible>> {
    async_stream::stream! {
        let hub = Arc::clone(&people.live);
        let joined = hub.join(last_seen.as_deref());
        let mut coming = joined.coming;
        let visible = |e: &LiveEvent| e.visible_to(authz.controller(), authz.roles(), site.as_ref(), people.now());
        let told = |e: &LiveEvent| {
            Event::default().event(e.kind.as_str()).id(hub.id_of(e.number)).data(&e.data)
        };
        let resync = || Event::default().event("resync").id(hub.newest_id()).data("{}");
        // A first word at once: the client knows that it is connected, and from where.
        match joined.missed {
            None => yield Ok(resync()),
            Some(missed) => {
                if last_seen.is_none() {
                    yield Ok(Event::default().event("hello").id(hub.newest_id()).data("{}"));
                }
                for event in missed.iter().filter(|e| visible(e)) {
                    yield Ok(told(event));
                }
            }
        }
        let mut recheck = tokio::time::interval(RECHECK);
        recheck.tick().await;
        loop {
            tokio::select! {
                next = coming.recv() => match next {
                    Ok(event) if visible(&event) => yield Ok(told(&event)),
                    Ok(_) => {}
                    Err(RecvError::Lagged(_)) => yield Ok(resync()),
                    Err(RecvError::Closed) => break,
                },
                _ = recheck.tick() => {
                    let means = &people.means;
                    let good = still_good(
                        &means.db, &*means.clock, authz.session(), authz.controller(), authz.roles(),
                    ).await;
                    // A store that is away for a moment ends no stream; a session that is over, or a right that is gone, does.
                    if matches!(good, Ok(false)) {
                        yield Ok(Event::default().event("bye").data("{}"));
                        break;
                    }
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use axum::body::BodyDataStream;
    use futures_util::StreamExt as _;

    use crate::api::testing::{Bench, Client};
    use crate::auth::{AccountKind, Role};
    use crate::live::{LiveEvent, LiveKind};
    use crate::store::testing::each_engine;

    /// Reads a stream until it said `what`; answers all of it so far.
    async fn until(stream: &mut BodyDataStream, what: &str) -> String {
        let mut said = String::new();
        let reading = async {
            while !said.contains(what) {
                match stream.next().await {
                    Some(chunk) => said.push_str(&String::from_utf8_lossy(&chunk.unwrap())),
                    None => break,
                }
            }
        };
        let _ = tokio::time::timeout(Duration::from_secs(20), reading).await;
        assert!(said.contains(what), "no {what:?} in {said:?}");
        said
    }

    async fn open(bench: &Bench, client: &Client<'_>, last: Option<&str>) -> BodyDataStream {
        let mut headers = vec![("cookie", client.cookie.as_str())];
        headers.extend(last.map(|id| ("last-event-id", id)));
        let response = bench.stream("GET", "/api/v1/live?site=road-1", &headers, None).await;
        assert_eq!(response.status(), 200);
        assert_eq!(response.headers()["content-type"], "text/event-stream");
        response.into_body().into_data_stream()
    }

    fn tell(bench: &Bench, controller: &str, kind: LiveKind, data: &str) {
        tell_of(bench, controller, "road-1", kind, data);
    }

    fn tell_of(bench: &Bench, controller: &str, site: &str, kind: LiveKind, data: &str) {
        let (controller, site) = (controller.parse().unwrap(), site.parse().unwrap());
        bench.live.publish(LiveEvent { number: 0, controller, site, at: bench.now(), kind, data: data.to_owned() });
    }

    #[tokio::test]
    async fn each_role_hears_its_own_and_no_plate_reaches_the_tourism_office() {
        each_engine(|db| async move {
            let bench = Bench::new(db).await;
            let officer = bench.person("can-bo-01", Role::TrafficOfficer).await;
            let tourism = bench.person("du-lich", Role::Tourism).await;
            let mut police_stream = open(&bench, &officer, None).await;
            let mut tourism_stream = open(&bench, &tourism, None).await;
            until(&mut police_stream, "event: hello").await;
            until(&mut tourism_stream, "event: hello").await;
            tell(&bench, "police", LiveKind::Pass, r#"{"plate":"12A-123.45"}"#);
            tell(&bench, "police", LiveKind::Suspicion, r#"{"plate":"12A-123.45"}"#);
            tell(&bench, "tourism", LiveKind::Pass, r#"{"plate":"12A-999.99"}"#);
            tell_of(&bench, "police", "road-2", LiveKind::Pass, r#"{"plate":"12A-888.88"}"#);
            tell(&bench, "police", LiveKind::Camera, r#"{"camera_state":"offline"}"#);
            tell(&bench, "police", LiveKind::Count, r#"{"in":3}"#);
            let police = until(&mut police_stream, r#"{"in":3}"#).await;
            assert!(police.contains("event: pass") && police.contains("event: suspicion"), "{police}");
            for foreign in ["999", "888", "camera_state"] {
                assert!(!police.contains(foreign), "{police}");
            }
            let tourism = until(&mut tourism_stream, r#"{"in":3}"#).await;
            assert!(!tourism.contains("12A") && !tourism.contains("event: pass"), "{tourism}");
        })
        .await;
    }

    #[tokio::test]
    async fn a_returning_client_is_given_what_it_missed_or_told_to_read_again() {
        each_engine(|db| async move {
            let bench = Bench::new(db).await;
            let client = bench.person("can-bo-01", Role::TrafficOfficer).await;
            for n in 0..3 {
                tell(&bench, "police", LiveKind::Pass, &format!(r#"{{"n":{n}}}"#));
            }
            let mut stream = open(&bench, &client, Some(&bench.live.id_of(1))).await;
            let said = until(&mut stream, r#"{"n":2}"#).await;
            assert!(said.contains(r#"{"n":1}"#) && !said.contains(r#"{"n":0}"#), "{said}");
            let mut stream = open(&bench, &client, Some("of-another-process.7")).await;
            until(&mut stream, "event: resync").await;
        })
        .await;
    }

    #[tokio::test]
    async fn a_client_that_lags_is_told_to_read_again_and_slows_nothing_down() {
        each_engine(|db| async move {
            let bench = Bench::new(db).await;
            let client = bench.person("can-bo-01", Role::TrafficOfficer).await;
            let mut stream = open(&bench, &client, None).await;
            until(&mut stream, "event: hello").await;
            for n in 0..(2 * crate::live::KEPT) {
                tell(&bench, "police", LiveKind::Pass, &format!(r#"{{"n":{n}}}"#));
            }
            until(&mut stream, "event: resync").await;
        })
        .await;
    }

    #[tokio::test]
    async fn roles_at_several_controllers_must_choose_one() {
        each_engine(|db| async move {
            let bench = Bench::new(db).await;
            let roles = [("police", Role::TrafficOfficer), ("tourism", Role::Tourism)];
            bench.account("hai-noi", AccountKind::Person, &roles).await;
            let client = bench.sign_in("hai-noi").await;
            assert_eq!(client.get("/api/v1/live").await.verdict(), "400 controller_needed");
            assert_eq!(client.get("/api/v1/live?controller=customs").await.verdict(), "403 forbidden");
            for places in ["*", "road-1,road-2"] {
                let asked = format!("/api/v1/live?controller=police&site={places}");
                assert_eq!(client.get(&asked).await.verdict(), "400 one_site");
            }
        })
        .await;
    }
}
