//! `central verify-evidence DIR`: an exported case, checked offline from its own files and the authority's certificate.

use std::collections::BTreeMap;
use std::path::{Component, Path};
use std::process::ExitCode;

use anyhow::{Context as _, Result};
use contract::evidence::{MANIFEST_FILE, Manifest, verify as verify_manifest};

use super::say;
use crate::fleet::TrustedAuthority;
use crate::telemetry;

pub(super) fn verify(dir: &Path, authority: &Path) -> Result<ExitCode> {
    let pem = std::fs::read(authority).with_context(|| {
        format!("reading the authority's certificate {} (another is given by --authority)", authority.display())
    })?;
    let authority = TrustedAuthority::from_pem(&pem).with_context(|| format!("reading {}", authority.display()))?;
    let path = dir.join(MANIFEST_FILE);
    let text = std::fs::read(&path).with_context(|| format!("reading {}", path.display()))?;
    let manifest: Manifest =
        serde_json::from_slice(&text).with_context(|| format!("{} is no evidence manifest", path.display()))?;
    let mut files = BTreeMap::new();
    for entry in &manifest.files {
        // A name that leads out of the folder is as good as missing.
        let plain = Path::new(&entry.file).components().all(|c| matches!(c, Component::Normal(_)));
        if plain && let Ok(bytes) = std::fs::read(dir.join(&entry.file)) {
            files.insert(entry.file.clone(), bytes);
        }
    }
    let faults = verify_manifest(&manifest, &files, &|key, at| authority.vouch(key, at));
    for fault in &faults {
        say(&format!("fault: {}", telemetry::chain(fault)))?;
    }
    if faults.is_empty() {
        say(&format!("good: {} files and {} signed events hold", manifest.files.len(), manifest.events.len()))?;
        Ok(ExitCode::SUCCESS)
    } else {
        say(&format!("{} faults", faults.len()))?;
        Ok(ExitCode::FAILURE)
    }
}
