//! The centre's folder is the centre's own: it holds plates, pictures and keys, and another user of the machine has no business
//! there.

use std::fs::{DirBuilder, OpenOptions, Permissions};
use std::os::unix::fs::{DirBuilderExt as _, OpenOptionsExt as _, PermissionsExt as _};
use std::path::Path;

use anyhow::{Context as _, Result};

/// Makes a folder nobody else may enter; shuts one that is there.
pub(crate) fn private_folder(path: &Path) -> Result<()> {
    let doing = || format!("making the data folder {} and shutting it to other users", path.display());
    DirBuilder::new().recursive(true).mode(0o700).create(path).with_context(doing)?;
    if is_open_to_others(path)? {
        std::fs::set_permissions(path, Permissions::from_mode(0o700)).with_context(doing)?;
    }
    Ok(())
}

/// Makes an empty file nobody else may read; shuts one that is there. What SQLite lays beside it takes its mode.
pub(crate) fn private_file(path: &Path) -> Result<()> {
    let doing = || format!("making {} and shutting it to other users", path.display());
    OpenOptions::new().create(true).append(true).mode(0o600).open(path).with_context(doing)?;
    if is_open_to_others(path)? {
        std::fs::set_permissions(path, Permissions::from_mode(0o600)).with_context(doing)?;
    }
    Ok(())
}

/// May anybody but the owner do anything with it?
pub(crate) fn is_open_to_others(path: &Path) -> Result<bool> {
    let metadata = std::fs::metadata(path).with_context(|| format!("looking at {}", path.display()))?;
    Ok(metadata.permissions().mode() & 0o077 != 0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_the_centre_keeps_is_shut_to_other_users_new_or_old() {
        let dir = tempfile::tempdir().unwrap();
        let (old, new) = (dir.path().join("old"), dir.path().join("a/new"));
        std::fs::create_dir(&old).unwrap();
        std::fs::set_permissions(&old, Permissions::from_mode(0o755)).unwrap();
        for folder in [&old, &new] {
            private_folder(folder).unwrap();
            assert!(!is_open_to_others(folder).unwrap(), "{}", folder.display());
        }
        let file = old.join("central.sqlite");
        std::fs::write(&file, "x").unwrap();
        std::fs::set_permissions(&file, Permissions::from_mode(0o644)).unwrap();
        for file in [&file, &new.join("central.sqlite")] {
            private_file(file).unwrap();
            assert!(!is_open_to_others(file).unwrap(), "{}", file.display());
        }
        assert_eq!(std::fs::read(file).unwrap(), b"x", "what was there stays");
    }
}
