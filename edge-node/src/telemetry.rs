//! Logs and metrics: tracing to standard error, a Prometheus page on the loopback, and every metric name of the node in
//! one place. No plate, face, name, payload, token or address with a password is ever logged or made a label.

use std::net::SocketAddr;

use axum::Router;
use axum::http::header::CONTENT_TYPE;
use axum::routing::get;
use metrics_exporter_prometheus::{PrometheusBuilder, PrometheusHandle};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use tokio::net::TcpListener;
use tokio_util::sync::CancellationToken;
use tracing_subscriber::EnvFilter;

macro_rules! names {
    ($($(#[$doc:meta])* $name:ident = $text:literal, $kind:ident;)*) => {
        $($(#[$doc])* pub const $name: &str = $text;)*

        fn describe() {
            $(names!(@ $kind, $text);)*
        }

        #[cfg(test)]
        const ALL: &[(&str, &str)] = &[$(($text, stringify!($kind))),*];
    };
    (@ counter, $text:literal) => { metrics::counter!($text).absolute(0) };
    (@ labelled, $text:literal) => {};
    (@ gauge, $text:literal) => { metrics::gauge!($text).set(0.0) };
}

names! {
    /// Events made, by kind.
    OUTBOX_EVENTS_MADE_TOTAL = "outbox_events_made_total", labelled;
    /// Events that could not be made, by reason.
    OUTBOX_EVENTS_NOT_MADE_TOTAL = "outbox_events_not_made_total", labelled;
    /// Events the centre has taken over, by verdict.
    OUTBOX_EVENTS_ACKNOWLEDGED_TOTAL = "outbox_events_acknowledged_total", labelled;
    /// Transactions of the outbox.
    OUTBOX_COMMITS_TOTAL = "outbox_commits_total", counter;
    /// Events not acknowledged yet.
    OUTBOX_UNACKNOWLEDGED_EVENTS = "outbox_unacknowledged_events", gauge;
    /// Free room on the data disk.
    DISK_FREE_BYTES = "disk_free_bytes", gauge;
    /// 0 roomy, 1 no pictures, 2 no events.
    DISK_LEVEL = "disk_level", gauge;
    /// Orders to doors, by door, what was asked and how it ended.
    GATE_DOOR_ORDERS_TOTAL = "gate_door_orders_total", labelled;
    /// Renewed orders that keep a fail-safe door shut, by door and how they ended.
    GATE_DOOR_HOLDS_TOTAL = "gate_door_holds_total", labelled;
    /// Pictures kept.
    EVIDENCE_PICTURES_KEPT_TOTAL = "evidence_pictures_kept_total", counter;
    /// Pictures not kept, by reason.
    EVIDENCE_PICTURES_NOT_KEPT_TOTAL = "evidence_pictures_not_kept_total", labelled;
    /// Attempts to upload a picture, by outcome.
    EVIDENCE_UPLOADS_TOTAL = "evidence_uploads_total", labelled;
    /// Pictures waiting for upload.
    EVIDENCE_WAITING_PICTURES = "evidence_waiting_pictures", gauge;
    /// 1 while the broker is connected.
    UPLINK_CONNECTED = "uplink_connected", gauge;
    /// 1 while the centre takes events.
    UPLINK_CENTRE_ONLINE = "uplink_centre_online", gauge;
    /// Connections lost or refused, by reason.
    UPLINK_DISCONNECTS_TOTAL = "uplink_disconnects_total", labelled;
    /// Events sent, by lane.
    UPLINK_EVENTS_SENT_TOTAL = "uplink_events_sent_total", labelled;
    /// Events sent again.
    UPLINK_EVENTS_RESENT_TOTAL = "uplink_events_resent_total", counter;
    /// Events sent and not acknowledged.
    UPLINK_IN_FLIGHT_EVENTS = "uplink_in_flight_events", gauge;
    /// Messages from above that could not be read, by topic kind.
    UPLINK_MESSAGES_REFUSED_TOTAL = "uplink_messages_refused_total", labelled;
    /// Bundles fetched, by outcome.
    BUNDLE_FETCHES_TOTAL = "bundle_fetches_total", labelled;
    /// Seconds until the node's certificate ends.
    IDENTITY_CERTIFICATE_LEFT_SECONDS = "identity_certificate_left_seconds", gauge;
    /// Frames decoded, by camera.
    CAMERA_FRAMES_DECODED_TOTAL = "camera_frames_decoded_total", labelled;
    /// Frames analysed, by camera.
    CAMERA_FRAMES_ANALYSED_TOTAL = "camera_frames_analysed_total", labelled;
    /// Frames dropped, by camera and reason.
    CAMERA_FRAMES_DROPPED_TOTAL = "camera_frames_dropped_total", labelled;
    /// Streams opened again, by camera.
    CAMERA_RECONNECTS_TOTAL = "camera_reconnects_total", labelled;
    /// 1 while pictures come, by camera.
    CAMERA_ONLINE = "camera_online", labelled;
    /// Frames on which the detector's net failed.
    DETECTION_NET_FAILURES_TOTAL = "detection_net_failures_total", counter;
    /// Crossings that came too late for their minute.
    COUNTING_CROSSINGS_TOO_LATE_TOTAL = "counting_crossings_too_late_total", counter;
    /// CPU time by stage, microseconds.
    PIPELINE_STAGE_CPU_MICROS_TOTAL = "pipeline_stage_cpu_micros_total", labelled;
    /// Plates read, by outcome.
    PLATE_READS_TOTAL = "plate_reads_total", labelled;
}

/// `[telemetry]`
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct TelemetrySettings {
    /// Where `/metrics` and `/healthz` are served, loopback only; absent: nowhere. Default absent.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(with = "Option<String>", extend("pattern" = r"^(127\.[0-9.]+|localhost|\[::1\]):[0-9]{1,5}$"))]
    pub listen: Option<String>,
    /// `text` or `json`. Default `text`.
    pub log_format: LogFormat,
    /// Filter as of `tracing`'s `EnvFilter`; the variable `CHILANG_LOG` has precedence. Default `info,ort=warn`.
    pub log_filter: String,
}

/// How log lines look.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum LogFormat {
    /// For people.
    #[default]
    Text,
    /// One JSON object a line.
    Json,
}

impl Default for TelemetrySettings {
    fn default() -> Self {
        Self { listen: None, log_format: LogFormat::Text, log_filter: "info,ort=warn".to_owned() }
    }
}

/// What can go wrong when logs and metrics are set up.
#[derive(Debug, thiserror::Error)]
pub enum TelemetryError {
    /// The log filter is not one.
    #[error("the log filter {filter:?} cannot be read")]
    Filter {
        /// As given.
        filter: String,
        /// Why.
        #[source]
        source: tracing_subscriber::filter::ParseError,
    },
    /// Metrics or logs were set up before in this process.
    #[error("logs or metrics are set up already in this process")]
    Twice,
    /// The address is no loopback address.
    #[error("metrics are served on the loopback only, not on {0}")]
    NotLoopback(String),
    /// The address cannot be taken.
    #[error("the metrics address {address} cannot be taken")]
    Bind {
        /// Which.
        address: String,
        /// Why.
        #[source]
        source: std::io::Error,
    },
}

/// An error with its whole chain of causes, in one line.
#[must_use]
pub fn chain(error: &(dyn std::error::Error + 'static)) -> String {
    let mut text = error.to_string();
    let mut cause = error.source();
    while let Some(next) = cause {
        text.push_str(": ");
        text.push_str(&next.to_string());
        cause = next.source();
    }
    text
}

/// Sets up logging to standard error for the whole process. Call once, first.
pub fn start_logging(settings: &TelemetrySettings) -> Result<(), TelemetryError> {
    let filter = std::env::var("CHILANG_LOG").unwrap_or_else(|_| settings.log_filter.clone());
    let parsed = EnvFilter::try_new(&filter).map_err(|source| TelemetryError::Filter { filter, source })?;
    let lines = tracing_subscriber::fmt().with_env_filter(parsed).with_writer(std::io::stderr);
    let installed = match settings.log_format {
        LogFormat::Text => lines.with_ansi(false).try_init(),
        LogFormat::Json => lines.json().try_init(),
    };
    installed.map_err(|_| TelemetryError::Twice)
}

/// Sets up the metrics of the whole process. Call once, before anything counts.
pub fn start_metrics() -> Result<PrometheusHandle, TelemetryError> {
    let handle = PrometheusBuilder::new().install_recorder().map_err(|_| TelemetryError::Twice)?;
    describe();
    Ok(handle)
}

/// Takes the loopback address; answers with the listener, so that a busy port stops the start.
pub async fn bind(address: &str) -> Result<TcpListener, TelemetryError> {
    let listener = TcpListener::bind(address)
        .await
        .map_err(|source| TelemetryError::Bind { address: address.to_owned(), source })?;
    let loopback = listener.local_addr().is_ok_and(|a: SocketAddr| a.ip().is_loopback());
    if loopback { Ok(listener) } else { Err(TelemetryError::NotLoopback(address.to_owned())) }
}

/// Serves `/metrics` and `/healthz` until told to stop.
pub async fn serve(listener: TcpListener, handle: PrometheusHandle, stop: CancellationToken) {
    let upkeep = handle.clone();
    let router = Router::new().route("/healthz", get(|| async { "ok\n" })).route(
        "/metrics",
        get(move || {
            let page = handle.render();
            async move { ([(CONTENT_TYPE, "text/plain; version=0.0.4")], page) }
        }),
    );
    let housekeeping = async {
        let mut tick = tokio::time::interval(std::time::Duration::from_secs(5));
        loop {
            tick.tick().await;
            upkeep.run_upkeep();
        }
    };
    let stopped = stop.clone();
    let serving = axum::serve(listener, router).with_graceful_shutdown(async move { stopped.cancelled().await });
    tokio::select! {
        served = serving => if let Err(error) = served {
            tracing::error!(error = %chain(&error), "the metrics page has stopped");
        },
        () = housekeeping => {}
        () = stop.cancelled() => {}
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::HashSet;
    use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};

    #[test]
    fn metric_names_are_unique_and_say_their_unit() {
        let mut seen = HashSet::new();
        for (name, kind) in ALL {
            assert!(seen.insert(name), "{name} twice");
            assert!(name.bytes().all(|b| b.is_ascii_lowercase() || b == b'_'), "{name}");
            assert!(*kind != "counter" || name.ends_with("_total"), "{name}");
            assert!(*kind != "gauge" || !name.ends_with("_total"), "{name}");
        }
    }

    #[tokio::test]
    async fn the_page_is_served_on_the_loopback_only() {
        assert!(matches!(bind("0.0.0.0:0").await, Err(TelemetryError::NotLoopback(_))));
        let listener = bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let handle = PrometheusBuilder::new().build_recorder().handle();
        let stop = CancellationToken::new();
        let serving = tokio::spawn(serve(listener, handle, stop.clone()));
        let mut stream = tokio::net::TcpStream::connect(address).await.unwrap();
        stream.write_all(b"GET /healthz HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n").await.unwrap();
        let mut answer = String::new();
        stream.read_to_string(&mut answer).await.unwrap();
        assert!(answer.starts_with("HTTP/1.1 200"), "{answer}");
        stop.cancel();
        serving.await.unwrap();
    }

    #[tokio::test]
    async fn a_busy_port_is_named() {
        let taken = bind("127.0.0.1:0").await.unwrap();
        let address = taken.local_addr().unwrap().to_string();
        let busy = bind(&address).await.unwrap_err();
        assert!(busy.to_string().contains(&address));
    }
}
