//! Logs and metrics. Logs go to standard error; metrics to a loopback listener of their own. Neither ever carries a plate,
//! a name, a payload, a token or an address with a password. Every metric's name stands here and nowhere else.

use std::fmt::Write as _;

use axum::Router;
use axum::routing::get;
use metrics::{counter, gauge, histogram};
use metrics_exporter_prometheus::{Matcher, PrometheusBuilder, PrometheusHandle};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use tracing_subscriber::EnvFilter;

/// Messages taken from the broker, by lane.
pub const INGEST_RECEIVED: &str = "central_ingest_messages_received_total";
/// Messages not taken because the queue was full: their node sends them again.
pub const INGEST_TURNED_AWAY: &str = "central_ingest_messages_turned_away_total";
/// Events stored, by lane.
pub const INGEST_STORED: &str = "central_ingest_events_stored_total";
/// Events that were there already.
pub const INGEST_DUPLICATE: &str = "central_ingest_events_duplicate_total";
/// Messages quarantined, by reason.
pub const INGEST_QUARANTINED: &str = "central_ingest_messages_quarantined_total";
/// Messages whose content was not kept, because their sender has too many in quarantine already.
pub const QUARANTINE_FULL: &str = "central_ingest_quarantine_full_total";
/// Events in one transaction.
pub const INGEST_BATCH: &str = "central_ingest_batch_events";
/// From taking a message to its commit, by lane.
pub const INGEST_SECONDS: &str = "central_ingest_commit_seconds";
/// From capture to commit, fresh events only.
pub const INGEST_LAG_SECONDS: &str = "central_ingest_capture_lag_seconds";
/// Messages waiting, by lane.
pub const INGEST_WAITING: &str = "central_ingest_messages_waiting";
/// Times a batch had to wait for the store.
pub const INGEST_STORE_WAITS: &str = "central_ingest_store_waits_total";
/// Acknowledgements dropped because the session could not keep up: the node asks again by sending again.
pub const INGEST_ACKS_DROPPED: &str = "central_ingest_acks_dropped_total";
/// Commands that live for a time only and could not go out in it.
pub const COMMANDS_TOO_LATE: &str = "central_commands_too_late_total";
/// Missing events, by node.
pub const LEDGER_MISSING: &str = "central_ledger_missing_events";
/// Two live ledgers of one node: 1 while it is so.
pub const LEDGER_ALARM: &str = "central_ledger_two_live_alarm";
/// Sessions with the broker that ended.
pub const BROKER_DISCONNECTS: &str = "central_broker_disconnects_total";
/// Connected to the broker?
pub const BROKER_CONNECTED: &str = "central_broker_connected";
/// Rows and files removed or emptied because their time was over, by what they were.
pub const RETENTION_REMOVED: &str = "central_retention_rows_removed_total";
/// Days of the audit log whose chain does not hold.
pub const AUDIT_BROKEN: &str = "central_audit_broken_days";
/// Signed roots of the audit log that lie on this machine only.
pub const AUDIT_UNSHIPPED: &str = "central_audit_unshipped_roots";
/// Pieces of evidence stored.
pub const EVIDENCE_STORED: &str = "central_evidence_stored_total";
/// Their bytes.
pub const EVIDENCE_BYTES: &str = "central_evidence_stored_bytes_total";

/// Events a site's centre has for its province and knows not to be there.
pub const FORWARD_WAITING: &str = "central_forward_events_waiting";
/// Events handed to the province's broker, again ones included.
pub const FORWARD_SENT: &str = "central_forward_events_sent_total";
/// Events the province has acknowledged, by verdict.
pub const FORWARD_ACKNOWLEDGED: &str = "central_forward_events_acknowledged_total";
/// Connected to the province's broker?
pub const FORWARD_CONNECTED: &str = "central_forward_connected";

/// How log lines look.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum LogFormat {
    /// For people.
    #[default]
    Plain,
    /// One JSON object a line.
    Json,
}

/// Settings of logs and metrics.
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct TelemetrySettings {
    /// Where `GET /metrics` is answered; loopback only. Default `127.0.0.1:9464`.
    #[schemars(with = "String")]
    pub listen: std::net::SocketAddr,
    /// What is logged, in the syntax of `tracing`'s filters. Default `info`.
    pub log: String,
    /// `plain` or `json`. Default `plain`.
    pub format: LogFormat,
}

impl Default for TelemetrySettings {
    fn default() -> Self {
        Self {
            listen: std::net::SocketAddr::from(([127, 0, 0, 1], 9464)),
            log: "info".to_owned(),
            format: LogFormat::Plain,
        }
    }
}

/// Starts logging to standard error. Once a process.
pub fn start_logs(filter: &str, format: LogFormat) {
    // These two speak at info about each statement and each connection.
    let filter = EnvFilter::new(format!("{filter},sqlx=warn,rumqttc=warn,hyper=warn,rustls=warn"));
    let lines = tracing_subscriber::fmt().with_env_filter(filter).with_writer(std::io::stderr);
    // A second start (tests) keeps the first.
    let _ = match format {
        LogFormat::Plain => lines.with_ansi(false).try_init(),
        LogFormat::Json => lines.json().try_init(),
    };
}

/// Starts metrics; gives back what renders them.
pub fn start_metrics() -> anyhow::Result<PrometheusHandle> {
    let seconds = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 60.0];
    let batches = [1.0, 2.0, 4.0, 8.0, 16.0, 32.0, 64.0, 128.0, 256.0];
    let handle = PrometheusBuilder::new()
        .set_buckets_for_metric(Matcher::Suffix("_seconds".to_owned()), &seconds)?
        .set_buckets_for_metric(Matcher::Full(INGEST_BATCH.to_owned()), &batches)?
        .install_recorder()?;
    Ok(handle)
}

/// `GET /metrics`.
pub fn router(handle: PrometheusHandle) -> Router {
    Router::new().route(
        "/metrics",
        get(move || {
            let handle = handle.clone();
            async move {
                handle.run_upkeep();
                handle.render()
            }
        }),
    )
}

/// An error with its whole chain of causes, in one line.
#[must_use]
pub fn chain(error: &dyn std::error::Error) -> String {
    let mut text = error.to_string();
    let mut cause = error.source();
    while let Some(next) = cause {
        let _ = write!(text, ": {next}");
        cause = next.source();
    }
    text
}

/// Evidence was stored.
pub fn evidence_stored(bytes: u64) {
    counter!(EVIDENCE_STORED).increment(1);
    counter!(EVIDENCE_BYTES).increment(bytes);
}

/// The connection to the broker came or went.
pub fn broker_connected(connected: bool) {
    gauge!(BROKER_CONNECTED).set(if connected { 1.0 } else { 0.0 });
    if !connected {
        counter!(BROKER_DISCONNECTS).increment(1);
    }
}

/// A message was quarantined.
pub fn quarantined(reason: &'static str) {
    counter!(INGEST_QUARANTINED, "reason" => reason).increment(1);
}

/// A batch was committed.
pub fn batch_committed(events: usize) {
    #[expect(clippy::cast_precision_loss, reason = "a batch has at most some hundred events")]
    histogram!(INGEST_BATCH).record(events as f64);
}
