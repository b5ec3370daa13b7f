//! Version 1 of the API. One endpoint, one file: its shapes, its documentation, its handler.

/// What this program is.
pub(crate) mod about;
/// Arrivals at gates.
pub(crate) mod arrivals;
/// The audit log.
pub(crate) mod audit;
/// Cameras.
pub(crate) mod cameras;
/// Counts.
pub(crate) mod counts;
/// What happened to devices.
pub(crate) mod devices;
/// Gates.
pub(crate) mod gates;
/// Grants to look for a case's vehicle at several places.
pub(crate) mod grants;
/// Changes of shift.
pub(crate) mod handovers;
/// Does the process answer?
pub(crate) mod health;
/// Whom visitors come to.
pub(crate) mod hosts;
/// The live feed.
pub(crate) mod live;
/// Nodes.
pub(crate) mod nodes;
/// The OpenAPI document.
pub(crate) mod openapi;
/// Vehicles that passed.
pub(crate) mod passes;
/// Enrolled people.
pub(crate) mod people;
mod picture;
/// Alerts about wanted plates.
pub(crate) mod plate_alerts;
/// Lists of plates.
pub(crate) mod plate_lists;
/// How long what is kept.
pub(crate) mod retention;
/// One's own session.
pub(crate) mod session;
/// Places.
pub(crate) mod sites;
/// Suspicions.
pub(crate) mod suspicions;
/// Accounts.
pub(crate) mod users;
/// Visitors, as a tourism office files them.
pub(crate) mod visitors;
/// Visits on business: the desk's book.
pub(crate) mod visits;
/// The watch list.
pub(crate) mod watch;
