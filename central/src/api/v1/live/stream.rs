//! `GET /api/v1/live`: server-sent events, filtered by controller and role. A client that lags, or comes back with an id too
//! old, gets `resync` and reads again by the other routes; the stream ends when the session does. Each subscription is on record.

use std::convert::Infallible;
use std::sync::Arc;
use std::time::Duration;

use axum::extract::State;
use axum::http::HeaderMap;
use axum::response::sse::{Event, KeepAlive, Sse};
use futures_util::Stream;
use tokio::sync::broadcast::error::RecvError;

use crate::api::{ApiError, People};
use crate::audit::{self, Entry};
use crate::auth::{Authz, still_good};
use crate::live::LiveEvent;

/// `alive` is sent this often when nothing happens, so that proxies and clients know the line is alive.
const KEEP_ALIVE: Duration = Duration::from_secs(10);
/// How often the session behind a stream is looked at again.
const RECHECK: Duration = Duration::from_secs(30);

/// What happens now.
#[utoipa::path(get, path = "/api/v1/live", tag = "live",
    params(("Last-Event-ID" = Option<String>, Header, description = "Opaque id of the event seen last"),
        ("controller" = Option<String>, Query, description = "Needed with roles at several")),
    responses((status = 200, description = "Events `pass`, `suspicion`, `count`, `camera`, `resync`, `bye`",
        content_type = "text/event-stream")))]
pub(crate) async fn stream_live(
    authz: Authz,
    State(people): State<Arc<People>>,
    headers: HeaderMap,
) -> Result<Sse<impl Stream<Item = Result<Event, Infallible>>>, ApiError> {
    let mut tx = people.write().await?;
    let entry = Entry::by(&authz, "live.subscribe");
    audit::append(&mut tx, authz.controller(), people.now(), entry).await?;
    tx.commit().await?;
    let last_seen = headers.get("last-event-id").and_then(|v| v.to_str().ok()).map(str::to_owned);
    Ok(Sse::new(events(authz, people, last_seen)).keep_alive(keep_alive()))
}

/// An event, not a comment: a page hears events only, and must be able to tell silence from a dead line.
fn keep_alive() -> KeepAlive {
    KeepAlive::new().interval(KEEP_ALIVE).event(Event::default().event("alive").data("{}"))
}

fn events(
    authz: Authz,
    people: Arc<People>,
    last_seen: Option<String>,
) -> impl Stream<Item = Result<Event, Infallible>> {
    async_stream::stream! {
        let hub = Arc::clone(&people.live);
        let joined = hub.join(last_seen.as_deref());
        let mut coming = joined.coming;
        let visible = |e: &LiveEvent| e.visible_to(authz.controller(), authz.roles());
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
                    let good = still_good(&means.db, &*means.clock, authz.session()).await;
                    // A store that is away for a moment ends no stream; a session that is over does.
                    if matches!(good, Ok(false)) {
                        yield Ok(Event::default().event("bye").data("{}"));
                        break;
                    }
                }
            }
        }
    }
}
