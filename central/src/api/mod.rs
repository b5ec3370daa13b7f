//! The people's API: the router, and nothing else. One endpoint, one file, under `v1/<resource>/<verb>.rs`; one error
//! envelope (`error.rs`); one way to register an endpoint (`endpoint.rs`), which wants an [`Authz`](crate::auth::Authz) as a
//! handler's first argument. No SQL here, no plate, name or token in a URL or a log line.

mod cursor;
mod endpoint;
mod error;
mod extract;
mod frame;
mod page;
mod roles;
mod state;
#[cfg(test)]
mod testing;
mod text;
mod v1;

use std::sync::Arc;

use axum::extract::DefaultBodyLimit;
use axum::{Extension, Router, middleware};

use crate::auth::access;
use endpoint::{Endpoints, guarded, open};

pub use endpoint::{RouteRow, Way};
pub use error::ApiError;
pub use roles::roles_markdown;
pub use state::{People, PictureError, Pictures};

/// Largest request body: no request carries more than a search or a list of ids.
pub const BODY_MAX_BYTES: usize = 64 * 1024;

/// Every route there is. Registering anywhere else is not possible: [`Endpoints`] keeps its router to itself.
fn endpoints() -> Endpoints {
    let e = Endpoints::new();
    let e = open!(e, "people must be able to sign in", v1::session::create::create_session);
    let e = guarded!(e, access::OWN_SESSION, v1::session::get::get_session);
    let e = guarded!(e, access::OWN_SESSION, v1::session::delete::delete_session);
    let e = guarded!(e, access::DEVICES, v1::nodes::list::list_nodes);
    let e = guarded!(e, access::DEVICES, v1::cameras::list::list_cameras);
    let e = guarded!(e, access::PASSES, v1::passes::search::search_passes);
    let e = guarded!(e, access::PASSES, v1::passes::get::get_pass);
    let e = guarded!(e, access::PASSES, v1::passes::evidence::get_pass_evidence);
    let e = guarded!(e, access::SUSPICIONS_READ, v1::suspicions::list::list_suspicions);
    let e = guarded!(e, access::SUSPICIONS_READ, v1::suspicions::get::get_suspicion);
    let e = guarded!(e, access::SUSPICIONS_READ, v1::suspicions::evidence::get_suspicion_evidence);
    let e = guarded!(e, access::SUSPICIONS_DECIDE, v1::suspicions::confirm::confirm_suspicion);
    let e = guarded!(e, access::SUSPICIONS_DECIDE, v1::suspicions::reject::reject_suspicion);
    let e = guarded!(e, access::SUSPICIONS_DECIDE, v1::suspicions::reject_many::reject_suspicions);
    let e = guarded!(e, access::COUNTS, v1::counts::get::get_counts);
    let e = guarded!(e, access::LIVE, v1::live::stream::stream_live);
    let e = guarded!(e, access::AUDIT, v1::audit::list::list_audit);
    let e = open!(e, "holds no data", v1::openapi::get_openapi);
    open!(e, "says only that the process answers", v1::health::get_health)
}

/// The routes and what each asks for, as registered.
#[must_use]
pub fn routes() -> Vec<RouteRow> {
    endpoints().into_parts().2
}

/// The OpenAPI document, pretty-printed, with a line feed at its end: the content of docs/openapi.json.
#[must_use]
pub fn openapi_json() -> String {
    let (_, document, _) = endpoints().into_parts();
    let mut text =
        document.to_pretty_json().expect("an OpenAPI document has string keys only and no failing serialiser");
    text.push('\n');
    text
}

/// The people's listener: API, live page, nothing for nodes. Serve it with
/// `into_make_service_with_connect_info::<SocketAddr>()`, so that lockout knows addresses.
pub fn router(people: Arc<People>) -> Router {
    let (router, document, _) = endpoints().into_parts();
    let text = document.to_json().expect("an OpenAPI document has string keys only and no failing serialiser");
    router
        .merge(page::router())
        .fallback(error::not_found)
        .method_not_allowed_fallback(error::method_not_allowed)
        .layer(Extension(v1::openapi::Document(text.into())))
        .layer(DefaultBodyLimit::max(BODY_MAX_BYTES))
        .layer(middleware::from_fn_with_state(Arc::clone(&people), frame::frame))
        .with_state(people)
}
