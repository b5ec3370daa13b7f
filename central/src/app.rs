//! The composition root: the one place that knows every part of the centre. The list in [`serve`] is the start-up order;
//! the stop goes the same way, so that what was taken is still written.

mod connections;
mod folders;
mod nodes;
mod one_centre;
mod site;

use std::net::{SocketAddr, TcpListener};
use std::sync::Arc;
use std::time::Duration;

use anyhow::{Context as _, Result, anyhow};
use axum::Router;
use axum_server::Handle;
use axum_server::accept::DefaultAcceptor;
use axum_server::tls_rustls::{RustlsAcceptor, RustlsConfig};
use bytes::Bytes;
use contract::clock::{Clock, SystemClock};
use contract::ids::{IdSource, SystemIds};
use contract::signature::Sha256;
use futures_util::future::BoxFuture;
use ring::rand::SystemRandom;
use tokio::signal::unix::{SignalKind, signal};
use tokio::sync::{mpsc, watch};
use tokio::task::JoinSet;

use crate::api::{self, People, PictureError, Pictures};
use crate::auth::Means;
use crate::config::Config;
use crate::devices::Wishes;
use crate::evidence::EvidenceStore;
use crate::fleet::{self, Authority, KeyRing, NodeListenerState, PeerAcceptor};
use crate::ingest::{
    Committed, Intake, Presence, Session, SessionSettings, Writer, run_intake, run_presence, run_watch,
};
use crate::jobs::{OnRenewed, run_enrolment, run_renewal, run_retention, run_roots};
use crate::live::LiveHub;
use crate::people::{Office, Vault, Worker};
use crate::store::Db;
use crate::telemetry;
use crate::visits::{Commands, Desk};
use connections::{Limited, impatient};

pub use site::Tier;

/// Acknowledgements and notices waiting for the session.
const OUTBOUND: usize = 4096;
/// How long requests that are being answered may take at the end.
const GRACE: Duration = Duration::from_secs(3);
/// How long what was taken may take to be written at the end.
const DRAIN: Duration = Duration::from_secs(10);

/// Connections of the people's listener at once: desks, consoles, and a live stream for each.
const PEOPLE_CONNECTIONS: usize = 1_024;
/// Of the nodes' listener: some per node, while pictures go up.
const NODE_CONNECTIONS: usize = 1_024;
/// Of the metrics' listener, which is asked by this machine.
const METRICS_CONNECTIONS: usize = 16;

/// Opens the store for `init` and `migrate` and brings its tables up to date. Refused while a centre serves from it: its
/// tables would change underneath it.
pub async fn open_store(config: &Config) -> Result<Db> {
    folders::private_folder(&config.data_dir)?;
    let db = connect(config, Missing::IsMade).await?;
    let Some(_only) = one_centre::try_become_the_one(&config.data_dir, &db).await? else {
        return Err(anyhow!("a centre serves from this store: stop it first, then bring the tables up to date"));
    };
    db.migrate().await?;
    Ok(db)
}

/// Opens the store for a command: it must be this version's already, so that no look into the store of a centre that runs
/// changes it under that centre's feet. And it must be there: a mistyped settings file makes no new one.
pub async fn open_current_store(config: &Config) -> Result<Db> {
    let db = connect(config, Missing::IsAFault).await?;
    db.check_version().await?;
    Ok(db)
}

/// The registration office of this data folder. `stays`: its worker is kept between calls.
pub fn office(config: &Config, db: &Db, stays: bool) -> Result<Office> {
    let program = config.enrolment.worker.clone().unwrap_or_else(Worker::beside_this_program);
    Ok(Office {
        db: db.clone(),
        vault: Arc::new(Vault::open_or_create(&config.data_dir)?),
        key: Authority::open(&config.data_dir)?.shared_bundle_key(),
        judge: Arc::new(Worker::new(program, stays)),
        settings: config.enrolment.clone(),
        clock: Arc::new(SystemClock::new()),
        ids: Arc::new(SystemIds::new()),
    })
}

/// What a store in a file that is not there means.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Missing {
    IsMade,
    IsAFault,
}

async fn connect(config: &Config, missing: Missing) -> Result<Db> {
    let default = || Db::sqlite_url(&config.data_dir.join("central.sqlite"));
    let url = config.store.url.clone().unwrap_or_else(default);
    if let Some(file) = Db::file_of(&url) {
        if missing == Missing::IsAFault && !file.is_file() {
            return Err(anyhow!(
                "there is no store at {}: is this the right settings file? `central init` makes a new one",
                file.display()
            ));
        }
        folders::private_file(&file)?;
    }
    Ok(Db::connect(&url, config.store.max_connections).await?)
}

/// What of the centre's own folder other users of the machine can get at, in words; empty when nothing.
pub(crate) fn open_to_others(config: &Config) -> Result<Vec<String>> {
    let mut open = Vec::new();
    for path in [config.data_dir.clone(), config.data_dir.join("central.sqlite")] {
        if path.exists() && folders::is_open_to_others(&path)? {
            open.push(path.display().to_string());
        }
    }
    Ok(open)
}

/// Runs the centre until SIGTERM or SIGINT.
pub async fn serve(config: Config, tier: Tier) -> Result<()> {
    let clock: Arc<dyn Clock> = Arc::new(SystemClock::new());
    let ids: Arc<dyn IdSource> = Arc::new(SystemIds::new());
    let (stop, stopping) = watch::channel(false);
    let (mut terminate, mut interrupt) = (signal(SignalKind::terminate())?, signal(SignalKind::interrupt())?);

    // What must be there before anything runs. Ports first: the commonest fault has the clearest sentence.
    let people_port = listen("people.listen", config.people.listen)?;
    let nodes_port = listen("nodes.listen", config.nodes.listen)?;
    let metrics_port = listen("telemetry.listen", config.telemetry.listen)?;
    let prometheus = telemetry::start_metrics()?;
    let authority = Arc::new(Authority::open(&config.data_dir)?);
    if authority.renew_own(&config.server_names(), &config.broker_names(), clock.now())? {
        tracing::warn!("own certificates were renewed; the broker takes its new one on SIGHUP");
    }
    folders::private_folder(&config.data_dir)?;
    let db = connect(&config, Missing::IsMade).await?;
    let one = one_centre::become_the_one(&config.data_dir, &db).await?;
    db.migrate().await?;
    fleet::write_revocation_list(&db, &authority, clock.now()).await?;
    let evidence = EvidenceStore::open(&config.evidence_dir(), config.evidence.reserve_mib)?;
    let ring = KeyRing::default();
    ring.refresh(&db).await?;
    let office = office(&config, &db, false)?;
    let upward = site::open(&config, tier, &db, &clock, &ids).await?;
    let voice = upward.as_ref().map(|up| Arc::clone(&up.voice));
    let live = Arc::new(LiveHub::new(ids.next(clock.now())));

    let mut tasks = JoinSet::new();
    let (folder, database) = one.into_parts();
    tasks.spawn(named("store.one_centre", until(stopping.clone(), database.keep())));
    let handle: Handle<SocketAddr> = Handle::new();

    // The machines' side: session → intake → writer, with presence and watch beside it.
    let (out, outbound) = mpsc::channel(OUTBOUND);
    let (intake, intake_task, lanes) = Intake::new(Arc::clone(&clock));
    let (presence, presence_task) = Presence::new();
    let hub = Arc::clone(&live);
    let told_at = Arc::clone(&clock);
    let down: Arc<dyn Commands> = Arc::new(nodes::Down { out: out.clone(), clock: Arc::clone(&clock) });
    let desk = Arc::new(Desk::new(Arc::clone(&down), Arc::clone(&clock)));
    let wishes = Wishes::new(down, Arc::clone(&clock));
    let hearing = Arc::clone(&desk);
    let announce = Arc::new(move |events: &[Committed<'_>]| {
        for event in events {
            hearing.hear(event.envelope, event.received_us);
            hub.announce(event.envelope, told_at.now());
            if event.alerted {
                hub.tell_plate_alert(event.envelope, told_at.now());
            }
        }
    });
    let (writer, health) = Writer::new(db.clone(), Arc::clone(&clock), Arc::clone(&ids), out.clone(), announce);
    let (renew_session, session_now) = watch::channel(session_settings(&config, &authority)?);
    let session = Session::new(session_now, Arc::clone(&clock), intake, presence, outbound, health);
    tasks.spawn(named("ingest.session", session.run(stopping.clone())));
    tasks.spawn(named("ingest.intake", run_intake(intake_task, ring.clone(), db.clone())));
    tasks.spawn(named("ingest.writer", writer.run(lanes)));
    tasks.spawn(named("ingest.presence", run_presence(presence_task, db.clone(), Arc::clone(&clock), out.clone())));
    tasks.spawn(named("ingest.watch", run_watch(db.clone(), ring.clone(), Arc::clone(&clock), out, stopping.clone())));

    // The nodes' HTTPS.
    let state = NodeListenerState {
        db: db.clone(),
        authority: Arc::clone(&authority),
        ring,
        evidence: evidence.clone(),
        clock: Arc::clone(&clock),
        gates: Arc::new(nodes::Gates::new(office.clone(), Arc::clone(&desk), wishes.clone())),
        mqtt_host: config.mqtt.host.clone(),
        mqtt_port: config.mqtt.port,
    };
    let acceptor = PeerAcceptor::new(nodes_tls(&authority)?);
    let limited = Limited::new(acceptor.clone(), NODE_CONNECTIONS);
    let nodes = impatient(axum_server::from_tcp(nodes_port)?.handle(handle.clone()).acceptor(limited));
    tasks.spawn(named("nodes.listen", serving(nodes.serve(fleet::router(state).into_make_service()))));

    // Work by the clock.
    let renewed: OnRenewed = {
        let (config, authority) = (config.clone(), Arc::clone(&authority));
        Arc::new(move || {
            acceptor.replace(nodes_tls(&authority)?);
            renew_session.send_replace(session_settings(&config, &authority)?);
            Ok(())
        })
    };
    let names = (config.server_names(), config.broker_names());
    tasks.spawn(named(
        "jobs.renewal",
        run_renewal(Arc::clone(&authority), names, Arc::clone(&clock), renewed, stopping.clone()),
    ));
    tasks.spawn(named(
        "jobs.roots",
        run_roots(db.clone(), authority, config.roots_dir(), Arc::clone(&clock), stopping.clone()),
    ));
    tasks.spawn(named(
        "jobs.retention",
        run_retention(db.clone(), evidence.clone(), Arc::clone(&clock), stopping.clone()),
    ));

    tasks.spawn(named("jobs.enrolment", run_enrolment(office.clone(), stopping.clone())));

    // A site's way to its province.
    if let Some(upward) = upward {
        let parts = (config.clone(), db.clone(), evidence.clone(), Arc::clone(&clock));
        tasks.spawn(named("forward", upward.run(parts.0, parts.1, parts.2, parts.3, stopping.clone())));
    }

    // The people's side.
    let people = Arc::new(People {
        means: Means { db: db.clone(), clock, ids, random: SystemRandom::new() },
        live,
        office,
        desk,
        wishes,
        voice,
        pictures: Arc::new(StoredPictures(evidence)),
        secure_cookies: config.people.certificate.is_some() || config.people.behind_tls_proxy,
    });
    serve_people(&mut tasks, &config, people_port, handle.clone(), api::router(people)).await?;

    // Metrics.
    let limited = Limited::new(DefaultAcceptor::new(), METRICS_CONNECTIONS);
    let metrics = impatient(axum_server::from_tcp(metrics_port)?.handle(handle.clone()).acceptor(limited));
    tasks.spawn(named("telemetry.listen", serving(metrics.serve(telemetry::router(prometheus).into_make_service()))));

    tracing::info!(
        people = %config.people.listen,
        nodes = %config.nodes.listen,
        engine = ?db.engine(),
        "the centre serves as tier {}",
        tier.as_str()
    );
    tokio::select! {
        _ = terminate.recv() => {}
        _ = interrupt.recv() => {}
        Some(ended) = tasks.join_next() => {
            return Err(anyhow!("the task {} ended by itself", ended.unwrap_or("that panicked")));
        }
    }
    tracing::info!("stopping");
    stop.send_replace(true);
    handle.graceful_shutdown(Some(GRACE));
    let drained = tokio::time::timeout(DRAIN, async { while tasks.join_next().await.is_some() {} }).await;
    if drained.is_err() {
        tracing::warn!("not everything that was taken could be written in time; the nodes send it again");
    }
    db.close().await;
    drop(folder);
    Ok(())
}

/// A task that is left where it is when the centre stops.
async fn until(mut stop: watch::Receiver<bool>, task: impl Future<Output = ()>) {
    tokio::select! {
        _ = stop.wait_for(|stop| *stop) => {}
        () = task => tracing::error!("another centre has taken this database while it was away"),
    }
}

async fn serve_people(
    tasks: &mut JoinSet<&'static str>,
    config: &Config,
    port: TcpListener,
    handle: Handle<SocketAddr>,
    router: Router,
) -> Result<()> {
    let service = router.into_make_service_with_connect_info::<SocketAddr>();
    match (&config.people.certificate, &config.people.key) {
        (Some(certificate), Some(key)) => {
            let tls = RustlsConfig::from_pem_file(certificate, key)
                .await
                .context("reading people.certificate and people.key")?;
            let limited = Limited::new(RustlsAcceptor::new(tls), PEOPLE_CONNECTIONS);
            let server = impatient(axum_server::from_tcp(port)?.acceptor(limited).handle(handle));
            tasks.spawn(named("people.listen", serving(server.serve(service))));
        }
        _ => {
            let limited = Limited::new(DefaultAcceptor::new(), PEOPLE_CONNECTIONS);
            let server = impatient(axum_server::from_tcp(port)?.acceptor(limited).handle(handle));
            tasks.spawn(named("people.listen", serving(server.serve(service))));
        }
    }
    Ok(())
}

async fn named(name: &'static str, task: impl Future<Output = ()>) -> &'static str {
    task.await;
    name
}

async fn serving(server: impl Future<Output = std::io::Result<()>>) {
    if let Err(error) = server.await {
        tracing::error!(error = telemetry::chain(&error), "a listener ended");
    }
}

/// Takes a port, or says in one sentence why not.
fn listen(setting: &str, address: SocketAddr) -> Result<TcpListener> {
    let listener = TcpListener::bind(address).map_err(|error| match error.kind() {
        std::io::ErrorKind::AddrInUse => anyhow!(
            "{setting}: another program listens on {address} already; stop it, or choose another port in the settings"
        ),
        _ => anyhow!("{setting}: cannot listen on {address}: {error}"),
    })?;
    listener.set_nonblocking(true)?;
    Ok(listener)
}

fn nodes_tls(authority: &Authority) -> Result<rustls::ServerConfig> {
    fleet::server_config(
        authority.ca_pem().as_bytes(),
        &read(authority, "server.crt")?,
        &read(authority, "server.key")?,
    )
}

fn session_settings(config: &Config, authority: &Authority) -> Result<SessionSettings> {
    Ok(SessionSettings {
        host: config.mqtt.host.clone(),
        port: config.mqtt.port,
        ca_pem: authority.ca_pem().as_bytes().to_vec(),
        certificate_pem: read(authority, "central-mqtt.crt")?,
        key_pem: read(authority, "central-mqtt.key")?,
    })
}

fn read(authority: &Authority, name: &str) -> Result<Vec<u8>> {
    let path = authority.file(name);
    std::fs::read(&path).with_context(|| format!("reading {}", path.display()))
}

/// The evidence store, as the people's side reads it.
struct StoredPictures(EvidenceStore);

impl Pictures for StoredPictures {
    fn read(&self, sha256: Sha256) -> BoxFuture<'_, Result<Option<Bytes>, PictureError>> {
        Box::pin(async move { self.0.get(sha256).await.map_err(|e| PictureError(Box::new(e))) })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_busy_port_is_told_in_one_sentence() {
        let taken = TcpListener::bind("127.0.0.1:0").unwrap();
        let error = listen("people.listen", taken.local_addr().unwrap()).unwrap_err().to_string();
        assert!(error.contains("another program listens on 127.0.0.1:"), "{error}");
        assert!(error.starts_with("people.listen"), "{error}");
    }
}
