//! Refuses to measure on a machine that is a node in the field. Looks for an identity; never reads one.

use std::path::{Path, PathBuf};

use anyhow::bail;

/// Names the folder of a node's configuration and identity.
const NODE_FOLDER_VARIABLE: &str = "CHILANG_NODE_DIR";

/// Fails where a node identity exists.
pub(crate) fn refuse_beside_a_node() -> anyhow::Result<()> {
    let configured = std::env::var_os(NODE_FOLDER_VARIABLE).map(PathBuf::from);
    if let Some(place) =
        identity_among(configured.as_deref(), Path::new("/etc/chilang/node"), Path::new("node/identity.key"))
    {
        bail!("a node identity exists at {}: measure does not run on a node; use another machine", place.display());
    }
    Ok(())
}

/// The first place that says that this machine is a node.
fn identity_among(configured: Option<&Path>, system: &Path, local: &Path) -> Option<PathBuf> {
    configured.into_iter().chain([system, local]).find(|place| place.exists()).map(Path::to_owned)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn any_of_the_three_places_stops_it() {
        let folder = std::env::temp_dir();
        let nowhere = Path::new("no-such-folder-anywhere");
        assert_eq!(identity_among(None, nowhere, nowhere), None);
        assert_eq!(identity_among(Some(&folder), nowhere, nowhere), Some(folder.clone()));
        assert_eq!(identity_among(None, &folder, nowhere), Some(folder.clone()));
        assert_eq!(identity_among(Some(nowhere), nowhere, &folder), Some(folder));
    }
}
