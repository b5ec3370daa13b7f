//! The centre: it takes what edge nodes say, keeps it once, and answers for it to the people who act on it.
//! The modules stand in the order the data takes; each knows only those above it (and `store`, `auth`, `audit` are what
//! the people's side rests on). `app` alone knows all. The centre runs no inference and decides nothing by itself.

/// The range ledger, verification, quarantine, the MQTT session and the one writer of events.
pub mod ingest;

/// Events into projections: passes, count buckets, suspicions, camera health. Pure.
pub mod correlation;

/// People who are enrolled for a gate, their galleries, their withdrawal.
pub mod people;

/// Who comes to a gate, and what guards decide about it.
pub mod visits;

/// Vehicles that passed.
pub mod vehicles;

/// Suspicions and what becomes of them.
pub mod cases;

/// Counts: minutes into hours and days, with coverage.
pub mod counting;

/// What nodes show of their cameras on request, when they were away, and the lines drawn on a picture.
pub mod devices;

/// Nodes, certificates, signed bundles.
pub mod fleet;

/// From a site's own centre to its province: events, decisions, pictures, each once.
pub mod forward;

/// Pictures by their hash.
pub mod evidence;

/// The only place with SQL.
pub mod store;

/// Who may do what.
pub mod auth;

/// Who did what.
pub mod audit;

/// The registry of data classes: what each stored column is, how long it stays, who may read it.
pub mod privacy;

/// Work by the clock: retention, day roots.
pub mod jobs;

/// The live feed.
pub mod live;

/// The people's API.
pub mod api;

/// Logs and metrics.
pub mod telemetry;

/// Settings.
pub mod config;

/// The composition root.
pub mod app;

/// The command line.
pub mod cli;
