//! `bench-ingest`: how fast the centre takes a backlog, and how long a fresh event waits meanwhile. Through the product: a
//! real Mosquitto, a real `central serve`, events signed by a node that enrolled, acknowledged by ranges. Then the same
//! rows are put into a fresh database of the same engine by bare batched inserts, so that both times come from one run on
//! one machine. Prints one JSON object a run.

mod bare;
mod events;
mod node;
mod postgres;

use std::io::Write as _;
use std::path::Path;
use std::process::ExitCode;
use std::sync::Arc;
use std::time::Duration;

use anyhow::{Context as _, Result, ensure};
use clap::{Parser, ValueEnum};
use contract::clock::{Clock, SystemClock};
use courier::identity;
use serde_json::{Value, json};
use stage::broker::Broker;
use stage::centre::{Centre, CentreSettings};
use stage::process::free_port;

use crate::events::Maker;
use crate::node::{Drained, Pace};
use crate::postgres::Cluster;

const NODE: &str = "chi-lang/node-1";
const CONTROLLER: &str = "traffic-police";

/// Measures the centre's ingest through the product.
#[derive(Debug, Parser)]
#[command(name = "bench-ingest", version)]
struct Arguments {
    /// Which database.
    #[arg(long, value_enum)]
    engine: Engine,
    /// Events of the backlog.
    #[arg(long, default_value_t = 200_000)]
    backlog: usize,
    /// Fresh events a second beside it.
    #[arg(long, default_value_t = 5)]
    live_per_second: u32,
    /// Seconds of fresh events alone, before the backlog begins: what to compare with.
    #[arg(long, default_value_t = 10)]
    quiet_s: u64,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Engine {
    Sqlite,
    Postgres,
}

fn main() -> ExitCode {
    let arguments = Arguments::parse();
    identity::install_tls_provider();
    let outcome = tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .build()
        .context("starting the runtime")
        .and_then(|runtime| runtime.block_on(run(&arguments)));
    match outcome {
        Ok(result) => {
            let _ = writeln!(std::io::stdout(), "{result}");
            ExitCode::SUCCESS
        }
        Err(error) => {
            let _ = writeln!(std::io::stderr(), "bench-ingest: {error:#}");
            ExitCode::FAILURE
        }
    }
}

async fn run(arguments: &Arguments) -> Result<Value> {
    let folder = tempfile::tempdir().context("making a folder for this run")?;
    let dir = folder.path();
    let cluster = match arguments.engine {
        Engine::Sqlite => None,
        Engine::Postgres => Some(Cluster::start("through")?),
    };
    let broker_port = free_port()?;
    let mut centre = Centre::prepare(CentreSettings {
        dir: dir.join("central"),
        store: cluster.as_ref().map(|c| c.url().to_owned()),
        people_port: free_port()?,
        nodes_port: free_port()?,
        telemetry_port: free_port()?,
        broker_port,
        disk_mib: None,
        province: None,
    })?;
    let mut broker = Broker::start(&dir.join("broker"), &centre.broker_files(), broker_port)?;
    centre.start()?;
    let token = centre.add_node(NODE, CONTROLLER)?.parse()?;
    let identity = identity::enrol(&token, &dir.join("node")).await.context("enrolling the bench as a node")?;

    let clock: Arc<dyn Clock> = Arc::new(SystemClock::new());
    say("signing the backlog");
    let mut maker = Maker::new(&identity, CONTROLLER.parse()?, clock.as_ref())?;
    let backlog = maker.backlog(arguments.backlog, clock.as_ref());
    say("sending it");
    let pace = Pace { live_per_second: arguments.live_per_second, quiet: Duration::from_secs(arguments.quiet_s) };
    let drained = node::drain(&identity, &backlog, &mut maker, pace, Arc::clone(&clock)).await?;

    let ledger: Value = serde_json::from_str(&centre.command(&["ledger", "--json"])?)?;
    check(&ledger, backlog.len() + drained.live_sent())?;
    centre.stop()?;
    broker.stop()?;
    drop(cluster);

    say("the same rows by bare batched inserts");
    let bare = bare_times(arguments.engine, dir, &backlog, clock.as_ref()).await?;
    Ok(report(arguments, &backlog, &drained, &bare))
}

/// Into a fresh database of the same engine: the events' own table alone, and all that ingest derives from them.
async fn bare_times(
    engine: Engine,
    dir: &Path,
    backlog: &[events::Signed],
    clock: &dyn Clock,
) -> Result<(Duration, Duration)> {
    let mut times = Vec::new();
    for (name, rows) in [("bare-events", bare::Rows::EventsOnly), ("bare-all", bare::Rows::All)] {
        let cluster = match engine {
            Engine::Sqlite => None,
            Engine::Postgres => Some(Cluster::start(name)?),
        };
        let file = dir.join(format!("{name}.sqlite"));
        let url = cluster.as_ref().map_or_else(|| format!("sqlite:{}", file.display()), |c| c.url().to_owned());
        times.push(bare::insert(&url, backlog, rows, clock).await?);
    }
    Ok((times[0], times[1]))
}

/// The centre's own account: everything once, nothing missing, nothing apart.
fn check(ledger: &Value, sent: usize) -> Result<()> {
    let node = &ledger["nodes"][0];
    let rows: u64 = node["events"].as_object().map_or(0, |kinds| kinds.values().filter_map(Value::as_u64).sum());
    ensure!(rows == sent as u64, "{sent} events were sent, {rows} are stored");
    ensure!(node["distinct"].as_u64() == Some(rows), "an event is stored twice: {}", node["distinct"]);
    ensure!(node["ledgers"][0]["gaps"] == json!([]), "the ledger has gaps: {}", node["ledgers"][0]["gaps"]);
    ensure!(ledger["quarantine"] == json!({}), "something is in quarantine: {}", ledger["quarantine"]);
    Ok(())
}

fn report(
    arguments: &Arguments,
    backlog: &[events::Signed],
    drained: &Drained,
    (bare_events, bare_all): &(Duration, Duration),
) -> Value {
    let through = drained.drain.as_secs_f64();
    let round = |x: f64| (x * 1000.0).round() / 1000.0;
    json!({
        "engine": format!("{:?}", arguments.engine).to_lowercase(),
        "backlog_events": backlog.len(),
        "backlog_bytes": backlog.iter().map(|e| e.bytes.len()).sum::<usize>(),
        "drain_s": round(through),
        "events_per_s": (backlog.len() as f64 / through).round(),
        "live_quiet_ms": drained.quiet_ms.summary(),
        "live_beside_backlog_ms": drained.beside_ms.summary(),
        "sent_again": drained.sent_again,
        "bare_events_table_s": round(bare_events.as_secs_f64()),
        "bare_all_rows_s": round(bare_all.as_secs_f64()),
        "through_over_bare_events": round(through / bare_events.as_secs_f64()),
        "through_over_bare_all": round(through / bare_all.as_secs_f64()),
    })
}

/// Where it stands, for whoever waits.
fn say(text: &str) {
    let _ = writeln!(std::io::stderr(), "      {text}");
}
