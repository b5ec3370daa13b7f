//! `central verify-audit`: every chain of the store, and the roots kept elsewhere, checked without a running centre. And the
//! records of what the command line itself does.

use std::path::Path;
use std::process::ExitCode;

use anyhow::{Context as _, Result};
use contract::clock::{Clock as _, HOUR_US, SystemClock};
use contract::ids::ControllerName;

use super::say;
use crate::app::open_current_store;
use crate::audit::{self, Entry, Root, SignedRoot, compare_roots};
use crate::auth::Purpose;
use crate::config::Config;
use crate::fleet::Authority;
use crate::jobs::AFTER_MIDNIGHT_US;
use crate::store::{Db, audit as table};
use crate::telemetry;

/// Puts on record what the command line is about to do, before it is done: without the record it is not done. Who sits
/// there is known by the machine's own account only.
pub(super) async fn record(
    db: &Db,
    controller: &ControllerName,
    action: &str,
    object: impl ToString,
    detail: &str,
) -> Result<()> {
    let account = rustix::process::getuid().as_raw();
    let joint = if detail.is_empty() { "" } else { ", " };
    let entry = Entry::new(None, action, Purpose::Operations)
        .with_object(object)
        .with_detail(format!("command line, uid {account}{joint}{detail}"));
    let mut tx = db.write().await?;
    audit::append(&mut tx, controller, SystemClock::new().now(), entry).await?;
    tx.commit().await?;
    Ok(())
}

pub(super) async fn verify(config: &Config, roots_dir: Option<&Path>, key: Option<&Path>) -> Result<ExitCode> {
    let key = match key {
        Some(file) => std::fs::read(file).with_context(|| format!("reading {}", file.display()))?,
        None => Authority::open(&config.data_dir)?.bundle_key().public_key().to_vec(),
    };
    let db = open_current_store(config).await?;
    let heads = table::heads(&mut *db.read().await?).await?;
    let mut faults = 0;
    for (controller, day, ..) in &heads {
        for fault in audit::verify_day(&mut *db.read().await?, &controller.parse()?, day).await? {
            faults += 1;
            say(&format!("fault: {controller} {day}: {fault}"))?;
        }
    }
    db.close().await;
    let dir = roots_dir.map(Path::to_owned).or_else(|| config.roots_dir());
    // Days are sealed by an hourly job that leaves the last one open for a while: before that nothing is missing.
    let open_from = audit::day_of(SystemClock::new().now().plus_us(-AFTER_MIDNIGHT_US - HOUR_US));
    let rooted = match &dir {
        Some(dir) => {
            let (roots, unread) = read_roots(dir, &key)?;
            for what in unread {
                faults += 1;
                say(&format!("fault: {what}"))?;
            }
            for fault in compare_roots(&roots, &heads, &open_from) {
                faults += 1;
                say(&format!("fault: {fault}"))?;
            }
            format!("{} roots of {}", roots.len(), dir.display())
        }
        None => "no roots: give --roots or set audit.roots_dir".to_owned(),
    };
    say(&format!("{} days of audit chains, {rooted}, {faults} faults", heads.len()))?;
    Ok(if faults == 0 { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

/// Every root of a folder that the key signed, and in words what is none.
fn read_roots(dir: &Path, key: &[u8]) -> Result<(Vec<Root>, Vec<String>)> {
    let mut roots = Vec::new();
    let mut unread = Vec::new();
    for entry in std::fs::read_dir(dir).with_context(|| format!("reading {}", dir.display()))? {
        let path = entry?.path();
        if path.extension().is_none_or(|e| e != "json") {
            continue;
        }
        let text = std::fs::read(&path).with_context(|| format!("reading {}", path.display()))?;
        let opened = serde_json::from_slice::<SignedRoot>(&text)
            .map_err(|_| audit::RootFault::NoRoot)
            .and_then(|signed| signed.open(key));
        match opened {
            Ok(root) => roots.push(root),
            Err(fault) => unread.push(format!("{}: {}", path.display(), telemetry::chain(&fault))),
        }
    }
    Ok((roots, unread))
}
