//! `central doctor`: one line for each thing the centre needs, with what to do where it is wrong.

use std::net::{TcpStream, ToSocketAddrs as _};
use std::process::ExitCode;
use std::time::Duration;

use anyhow::Result;
use contract::clock::{Clock as _, DAY_US, SystemClock};

use super::say;
use crate::app::open_current_store;
use crate::config::Config;
use crate::evidence::EvidenceStore;
use crate::fleet::Authority;
use crate::{app, fleet, store, telemetry};

pub(super) async fn run(config: &Config) -> Result<ExitCode> {
    let findings = [
        ("authority", authority(config)),
        ("folder", folder(config)),
        ("store", store(config).await),
        ("evidence", evidence(config)),
        ("broker", broker(config)),
    ];
    let mut status = ExitCode::SUCCESS;
    for (what, finding) in findings {
        match finding {
            Ok(good) => say(&format!("ok     {what}: {good}"))?,
            Err(wrong) => {
                status = ExitCode::FAILURE;
                say(&format!("WRONG  {what}: {wrong}"))?;
            }
        }
    }
    Ok(status)
}

fn authority(config: &Config) -> Result<String, String> {
    let authority = Authority::open(&config.data_dir).map_err(|e| telemetry::chain(&e))?;
    let now = SystemClock::new().now();
    let mut days = i64::MAX;
    for name in ["server.crt", "central-mqtt.crt"] {
        let end = fleet::end_of_certificate(&authority.file(name))
            .ok_or_else(|| format!("{name} cannot be read; remove it and start the centre, which makes it anew"))?;
        days = days.min(end.since_us(now) / DAY_US);
    }
    if days < 7 {
        return Err(format!("the own certificates end in {days} days; restart the centre, which renews them"));
    }
    Ok(format!("the own certificates are good for {days} days"))
}

fn folder(config: &Config) -> Result<String, String> {
    let open = app::open_to_others(config).map_err(|e| format!("{e:#}"))?;
    if open.is_empty() {
        return Ok(format!("{} is shut to other users of this machine", config.data_dir.display()));
    }
    Err(format!("other users of this machine can get at {}: chmod go= them", open.join(" and ")))
}

async fn store(config: &Config) -> Result<String, String> {
    let look = async {
        let db = open_current_store(config).await?;
        let nodes = store::fleet::nodes(&mut *db.read().await?).await?.len();
        let engine = db.engine();
        db.close().await;
        anyhow::Ok((engine, nodes))
    };
    look.await
        .map(|(engine, nodes)| format!("{engine:?} answers, {nodes} nodes are registered"))
        .map_err(|e| format!("{e:#}"))
}

fn evidence(config: &Config) -> Result<String, String> {
    let store =
        EvidenceStore::open(&config.evidence_dir(), config.evidence.reserve_mib).map_err(|e| telemetry::chain(&e))?;
    store.check_space(0).map_err(|e| telemetry::chain(&e))?;
    Ok(format!("more than the reserve of {} MiB is free", config.evidence.reserve_mib))
}

fn broker(config: &Config) -> Result<String, String> {
    let (host, port) = (config.mqtt.host.as_str(), config.mqtt.port);
    let address = (host, port)
        .to_socket_addrs()
        .ok()
        .and_then(|mut found| found.next())
        .ok_or_else(|| format!("mqtt.host {host} has no address"))?;
    TcpStream::connect_timeout(&address, Duration::from_secs(3))
        .map(|_| format!("something listens on {host}:{port}"))
        .map_err(|e| {
            format!("nothing listens on {host}:{port} ({e}); start the broker with the files in data_dir/broker")
        })
}
