//! `edge-node doctor`: what is wrong with this machine, one line a check, in words that say what to do.

use std::path::Path;
use std::process::ExitCode;

use anyhow::Context as _;
use contract::clock::{Clock as _, SystemClock, UtcMicros};
use contract::ids::NodeAddress;

use crate::camera::decoder;
use crate::config::Config;
use crate::inference::Role;
use crate::pipeline::nets::open_store;
use courier::identity::NodeIdentity;

pub(super) fn run(config: &Path) -> anyhow::Result<ExitCode> {
    let mut faults = 0;
    let mut say = |what: &str, found: anyhow::Result<String>| match found {
        Ok(words) => super::answer(&format!("  tốt / ok    {what}: {words}")),
        Err(error) => {
            faults += 1;
            super::answer(&format!("  LỖI / FAULT {what}: {}", super::chain(&error)));
        }
    };
    let settings = Config::read(config);
    let dir = settings.as_ref().ok().and_then(|c| c.models.dir.clone());
    let here = settings.as_ref().ok().map(|c| (c.data_dir.clone(), c.stand_alone.clone()));
    say("cấu hình / settings", settings.map(|_| config.display().to_string()).map_err(Into::into));
    say("bộ giải mã / decoders", decoder::available().map_err(Into::into).map(|d| d.join(", ")));
    let store = open_store(dir.as_deref());
    match store {
        Ok(store) => {
            for role in Role::ALL {
                let best = store.best(role).map(|c| c.name.clone()).map_err(anyhow::Error::from);
                say(&format!("mô hình / model {}", role.as_str()), best);
            }
        }
        Err(error) => say("mô hình / models", Err(error)),
    }
    if let Some((data, stand_alone)) = here {
        say("định danh / identity", identity(&data, stand_alone.as_ref(), SystemClock::new().now()));
        say("ổ đĩa / disk", free_space(&data));
    }
    Ok(if faults == 0 { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

/// A node without a centre needs no identity of a centre's making.
fn identity(data: &Path, stand_alone: Option<&NodeAddress>, now: UtcMicros) -> anyhow::Result<String> {
    if let Some(node) = stand_alone {
        return Ok(format!("{node}, không có trung tâm / without a centre"));
    }
    let identity = NodeIdentity::load(data)?;
    let words = identity.expiry_words(now);
    anyhow::ensure!(identity.not_after > now, "{words}; chạy lại enrol / the certificate has ended: enrol again");
    Ok(format!("{}; {words}", identity.node))
}

fn free_space(data: &Path) -> anyhow::Result<String> {
    let stat = rustix::fs::statvfs(data).with_context(|| format!("looking at the disk of {}", data.display()))?;
    let free_mib = stat.f_bavail.saturating_mul(stat.f_frsize) / (1 << 20);
    anyhow::ensure!(free_mib > 1024, "{free_mib} MiB are free, at least 1024 are wanted");
    Ok(format!("{free_mib} MiB"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_node_without_a_centre_needs_no_identity_and_one_with_a_centre_does() {
        let dir = tempfile::tempdir().unwrap();
        let node = "square/node-1".parse().unwrap();
        assert!(identity(dir.path(), Some(&node), UtcMicros(0)).unwrap().starts_with("square/node-1"));
        assert!(identity(dir.path(), None, UtcMicros(0)).is_err());
    }
}
