//! The one way to register an endpoint. A guarded one is registered with what it asks for, and its handler takes an
//! [`Authz`] first: a handler that does not is no [`TakesAuthz`] and does not compile. An open one states why it is open.

use std::sync::Arc;

use axum::{Extension, Router};
use utoipa::openapi::path::{Operation, ParameterIn, PathItem};
use utoipa::openapi::{ContentBuilder, OpenApi, Ref, RefOr, ResponseBuilder};
use utoipa_axum::router::{OpenApiRouter, UtoipaMethodRouter, UtoipaMethodRouterExt as _};

use super::People;
use crate::auth::{Access, Authz};

/// Implemented by handlers whose first argument is an [`Authz`], and by nothing else.
pub(crate) trait TakesAuthz<Arguments> {}

macro_rules! takes_authz {
    ($($argument:ident),*) => {
        impl<F, Answer, $($argument),*> TakesAuthz<(Authz, $($argument,)*)> for F
        where F: Fn(Authz, $($argument),*) -> Answer {}
    };
}
takes_authz!();
takes_authz!(A);
takes_authz!(A, B);
takes_authz!(A, B, C);
takes_authz!(A, B, C, D);

/// Does nothing at run time; refuses at compile time.
pub(crate) fn must_take_authz<Arguments, H: TakesAuthz<Arguments>>(_: H) {}

/// Registers a guarded endpoint.
macro_rules! guarded {
    ($endpoints:expr, $access:path, $handler:path) => {{
        $crate::api::endpoint::must_take_authz($handler);
        static ACCESS: &$crate::auth::Access = &$access;
        $endpoints.add($crate::api::endpoint::Way::Guarded(ACCESS), utoipa_axum::routes!($handler))
    }};
}
pub(super) use guarded;

/// Registers a guarded endpoint that takes a larger body than others.
macro_rules! guarded_with_body {
    ($endpoints:expr, $access:path, $most:expr, $handler:path) => {{
        $crate::api::endpoint::must_take_authz($handler);
        static ACCESS: &$crate::auth::Access = &$access;
        let routes = utoipa_axum::routes!($handler);
        let routes = utoipa_axum::router::UtoipaMethodRouterExt::map(routes, |r| {
            r.route_layer(axum::extract::DefaultBodyLimit::max($most))
        });
        $endpoints.add($crate::api::endpoint::Way::Guarded(ACCESS), routes)
    }};
}
pub(super) use guarded_with_body;

/// Registers an endpoint anybody may call, and says why.
macro_rules! open {
    ($endpoints:expr, $why:literal, $handler:path) => {
        $endpoints.add($crate::api::endpoint::Way::Open($why), utoipa_axum::routes!($handler))
    };
}
pub(super) use open;

/// Who may call a route.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Way {
    /// Whoever holds what is asked for.
    Guarded(&'static Access),
    /// Anybody, for this reason.
    Open(&'static str),
}

/// A route as registered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RouteRow {
    /// `GET`, …
    pub method: &'static str,
    /// With `{names}` for its variable parts.
    pub path: String,
    /// Who may call it.
    pub way: Way,
}

/// The routes so far.
pub(crate) struct Endpoints {
    router: OpenApiRouter<Arc<People>>,
    rows: Vec<RouteRow>,
}

impl Endpoints {
    /// None.
    pub(crate) fn new() -> Self {
        let info = utoipa::openapi::InfoBuilder::new()
            .title("Chi Lăng")
            .version(env!("CARGO_PKG_VERSION"))
            .description(Some(
                "The people's API of the central service. Errors have one envelope: {\"error\": {\"code\", \"message\"}}. \
                 Lists are read page by page: `next` is an opaque cursor or null.",
            ))
            .build();
        let document = utoipa::openapi::OpenApiBuilder::new().info(info).build();
        Self { router: OpenApiRouter::with_openapi(document), rows: Vec::new() }
    }

    /// Adds routes; use [`guarded!`] and [`open!`].
    pub(crate) fn add(mut self, way: Way, mut routes: UtoipaMethodRouter<Arc<People>>) -> Self {
        for item in routes.1.paths.values_mut() {
            for operation in operations_of(item) {
                document_refusals(operation, matches!(way, Way::Guarded(_)));
            }
        }
        for (path, item) in &routes.1.paths {
            for method in methods_of(item) {
                self.rows.push(RouteRow { method, path: path.clone(), way });
            }
        }
        let routes = match way {
            Way::Guarded(access) => routes.map(|r| r.route_layer(Extension(access))),
            Way::Open(_) => routes,
        };
        self.router = self.router.routes(routes);
        self
    }

    /// Router, document, table.
    pub(crate) fn into_parts(self) -> (Router<Arc<People>>, OpenApi, Vec<RouteRow>) {
        let (router, document) = self.router.split_for_parts();
        (router, document, self.rows)
    }
}

fn operations_of(item: &mut PathItem) -> impl Iterator<Item = &mut Operation> {
    let PathItem { get, put, post, delete, patch, .. } = item;
    [get, put, post, delete, patch].into_iter().filter_map(Option::as_mut)
}

/// Writes down the refusals that come before any handler: of the session, of the form of a request, of a store that is away.
/// What a handler documents itself stays as it says.
fn document_refusals(operation: &mut Operation, guarded: bool) {
    let mut refusals = Vec::new();
    let parameters = operation.parameters.as_deref().unwrap_or_default();
    if guarded {
        refusals.extend([
            ("401", "Nobody is signed in, or the session is over"),
            ("403", "The roles do not allow it, or the CSRF token is missing"),
            ("423", "The screen is locked"),
        ]);
    }
    if guarded || operation.request_body.is_some() {
        refusals.extend([("400", "Not of its form"), ("503", "The store is away, or it took too long")]);
    }
    if parameters.iter().any(|p| matches!(p, RefOr::T(p) if p.parameter_in == ParameterIn::Path)) {
        refusals.push(("404", "None of this name, or none of this body"));
    }
    if operation.request_body.is_some() {
        refusals.extend([("413", "The body is too large"), ("415", "The body is no JSON")]);
    }
    for (status, description) in refusals {
        operation.responses.responses.entry(status.to_owned()).or_insert_with(|| {
            let schema = Some(RefOr::Ref(Ref::from_schema_name("ErrorEnvelope")));
            let content = ContentBuilder::new().schema(schema).build();
            RefOr::T(ResponseBuilder::new().description(description).content("application/json", content).build())
        });
    }
}

fn methods_of(item: &PathItem) -> Vec<&'static str> {
    [("GET", &item.get), ("PUT", &item.put), ("POST", &item.post), ("DELETE", &item.delete), ("PATCH", &item.patch)]
        .into_iter()
        .filter_map(|(name, operation)| operation.as_ref().map(|_| name))
        .collect()
}
