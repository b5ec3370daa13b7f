//! `GET /api/v1/about`: version, the commit it was built from where the build knew it, and what others' work is built in, under
//! which licence. The list is made by `central/licences` out of the lock files and committed.

use std::sync::LazyLock;

use axum::Json;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::auth::Authz;

/// What this program is.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct AboutView {
    /// Its version.
    pub version: String,
    /// The commit, where the build was told it (`CHILANG_COMMIT`).
    pub commit: Option<String>,
    /// Its own licence.
    pub licence: String,
    /// What is built in.
    pub built_in: Vec<BuiltIn>,
}

/// A package of others.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
pub(crate) struct BuiltIn {
    /// `service` or `console`.
    pub part: String,
    /// Its name.
    pub name: String,
    /// Its version.
    pub version: String,
    /// Its licence, SPDX.
    pub licence: String,
}

static BUILT_IN: LazyLock<Vec<BuiltIn>> =
    LazyLock::new(|| serde_json::from_str(include_str!("../../../../built-in.json")).unwrap_or_default());

/// What this program is.
#[utoipa::path(get, path = "/api/v1/about", tag = "about",
    params(("controller" = Option<String>, Query, description = "Needed with roles at several")),
    responses((status = 200, description = "Version and licences", body = AboutView)))]
pub(crate) async fn get_about(_: Authz) -> Json<AboutView> {
    Json(AboutView {
        version: env!("CARGO_PKG_VERSION").to_owned(),
        commit: option_env!("CHILANG_COMMIT").filter(|text| !text.is_empty()).map(str::to_owned),
        licence: env!("CARGO_PKG_LICENSE").to_owned(),
        built_in: BUILT_IN.clone(),
    })
}

#[test]
fn the_list_reads_and_names_a_licence_for_each() {
    assert!(BUILT_IN.len() > 100, "central/licences makes it");
    for package in BUILT_IN.iter() {
        assert!(!package.licence.is_empty(), "{}", package.name);
    }
    for (part, name) in [("service", "axum"), ("console", "react")] {
        assert!(BUILT_IN.iter().any(|package| package.part == part && package.name == name), "{name}");
    }
}
