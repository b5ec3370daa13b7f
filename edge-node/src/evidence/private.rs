//! Files and folders for the node's own eyes: what it keeps shows plates and places, so nobody else on the machine may
//! read it. It changes rights only, never content.

use std::fs::{self, DirBuilder, OpenOptions, Permissions};
use std::io::{self, Write as _};
use std::os::unix::fs::{DirBuilderExt as _, OpenOptionsExt as _, PermissionsExt as _};
use std::path::Path;

/// Rights of a file the node keeps.
pub const PRIVATE_FILE: u32 = 0o600;
/// Rights of a folder the node keeps.
const PRIVATE_FOLDER: u32 = 0o700;
/// A folder that many share, such as `/tmp`: not ours to close.
const SHARED: u32 = 0o1000;

/// Makes a folder (and what is missing above it) that only its owner may enter; one that is there already is closed to
/// others, unless it is a shared one.
pub fn private_folder(path: &Path) -> io::Result<()> {
    DirBuilder::new().recursive(true).mode(PRIVATE_FOLDER).create(path)?;
    let mode = fs::metadata(path)?.permissions().mode();
    if mode & 0o077 == 0 || mode & SHARED != 0 {
        return Ok(());
    }
    fs::set_permissions(path, Permissions::from_mode(PRIVATE_FOLDER))
}

/// Writes a small file that only its owner may read: the old content or the new one is there, never half of it.
pub fn private_file(path: &Path, content: &[u8]) -> io::Result<()> {
    let part = path.with_extension("part");
    let mut file = OpenOptions::new().write(true).create(true).truncate(true).mode(PRIVATE_FILE).open(&part)?;
    file.write_all(content)?;
    file.sync_all()?;
    fs::rename(&part, path)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn mode(path: &Path) -> u32 {
        fs::metadata(path).unwrap().permissions().mode() & 0o7777
    }

    #[test]
    fn a_folder_is_made_private_closed_to_others_and_left_alone_where_it_is_shared() {
        let dir = tempfile::tempdir().unwrap();
        let new = dir.path().join("a/b");
        private_folder(&new).unwrap();
        assert_eq!((mode(&new), mode(&dir.path().join("a"))), (0o700, 0o700));

        let old = dir.path().join("old");
        DirBuilder::new().create(&old).unwrap();
        fs::set_permissions(&old, Permissions::from_mode(0o755)).unwrap();
        private_folder(&old).unwrap();
        assert_eq!(mode(&old), 0o700);

        fs::set_permissions(&old, Permissions::from_mode(0o1777)).unwrap();
        private_folder(&old).unwrap();
        assert_eq!(mode(&old), 0o1777);
    }
}
