//! Refuses to measure on a machine that is a node in the field: `measure` is no face search. Looks for an identity where nodes
//! keep it; never reads one.

use std::path::{Path, PathBuf};

use anyhow::bail;
use courier::identity::identity_dir;
use edge_node::config::Config;

/// Where the settings of a node stand (docs/operations.md), and this folder.
const SETTINGS: [&str; 2] = ["/etc/chilang/edge-node.toml", "edge-node.toml"];
/// Where its data lie when nobody says otherwise.
const DATA: [&str; 2] = ["/var/lib/chilang/edge-node", "data"];

/// Fails where a node identity exists.
pub(crate) fn refuse_beside_a_node() -> anyhow::Result<()> {
    if let Some(place) = identity_among(&SETTINGS.map(Path::new), &DATA.map(Path::new)) {
        bail!("a node identity exists at {}: measure does not run on a node; use another machine", place.display());
    }
    Ok(())
}

/// The first identity that one of these settings files or data folders leads to.
fn identity_among(settings: &[&Path], data: &[&Path]) -> Option<PathBuf> {
    let configured = settings.iter().filter_map(|file| Some(Config::read_beside(file).ok()?.data_dir));
    configured
        .chain(data.iter().map(|folder| folder.to_path_buf()))
        .map(|folder| identity_dir(&folder))
        .find(|dir| dir.exists())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_identity_is_found_through_the_settings_and_in_the_usual_folder() {
        let folder = tempfile::tempdir().unwrap();
        let (settings, data) = (folder.path().join("edge-node.toml"), folder.path().join("node-data"));
        std::fs::write(&settings, "data_dir = \"node-data\"\n").unwrap();
        let found = || identity_among(&[&settings], &[]);
        assert_eq!(found(), None, "settings alone make no node");
        // As `edge-node enrol` leaves it.
        std::fs::create_dir_all(identity_dir(&data)).unwrap();
        assert_eq!(found(), Some(identity_dir(&data)));
        assert_eq!(identity_among(&[], &[&data]), Some(identity_dir(&data)));
        assert_eq!(identity_among(&[Path::new("no-such-file.toml")], &[folder.path()]), None);
    }
}
