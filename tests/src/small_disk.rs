//! A small disk of its own for one process: a tmpfs in a mount namespace that only this process and its children see. It
//! can be filled to the last byte without harm to anything else, and is gone with the process. Needs root or unprivileged
//! user namespaces.

use std::fs::File;
use std::io::Write as _;
use std::path::{Path, PathBuf};

use anyhow::{Context as _, Result};

use crate::process::run;

/// A folder that becomes a disk of so many MiB for one process. What lies in the folder is copied onto it first.
#[derive(Debug, Clone)]
pub struct SmallDisk {
    /// The folder.
    pub folder: PathBuf,
    /// Its size, MiB.
    pub mib: u32,
}

impl SmallDisk {
    /// Program and arguments that run `program` with the folder on the small disk. The process that is started becomes the
    /// program itself: its id is the program's, and a signal reaches it.
    #[must_use]
    pub fn around(&self, program: &Path, args: &[&str]) -> (PathBuf, Vec<String>) {
        let script = "kept=$(mktemp -d) && cp -a \"$1/.\" \"$kept/\" && mount -t tmpfs -o size=\"$2\"m,mode=755 tmpfs \"$1\" \
                      && cp -a \"$kept/.\" \"$1/\" && rm -rf \"$kept\" && shift 2 && exec \"$@\"";
        let mut all = own_mounts();
        all.extend(["sh", "-c", script, "small-disk"].map(str::to_owned));
        all.extend([self.folder.to_string_lossy().into_owned(), self.mib.to_string()]);
        all.push(program.to_string_lossy().into_owned());
        all.extend(args.iter().map(|a| (*a).to_owned()));
        (PathBuf::from("unshare"), all)
    }

    /// Runs a program to its end beside the process `id`, seeing the same disk; gives back what it printed.
    pub fn run_beside(id: u32, program: &Path, args: &[&str]) -> Result<String> {
        let target = id.to_string();
        let mut all = vec!["--target", &target, "--mount", "--wdns=/"];
        if !rustix::process::geteuid().is_root() {
            all.extend(["--user", "--preserve-credentials"]);
        }
        let program = program.to_string_lossy();
        all.extend(["--", &*program]);
        all.extend(args);
        run(Path::new("nsenter"), &all)
    }

    /// The folder as it is on the disk of the process `id`.
    #[must_use]
    pub fn seen_from(&self, id: u32) -> PathBuf {
        let below_root = self.folder.strip_prefix("/").unwrap_or(&self.folder);
        Path::new("/proc").join(id.to_string()).join("root").join(below_root)
    }

    /// Fills the disk of the process `id` until `left_bytes` are free.
    pub fn fill(&self, id: u32, left_bytes: u64) -> Result<()> {
        let folder = self.seen_from(id);
        let mut file =
            File::options().create(true).append(true).open(folder.join("ballast")).context("filling a disk")?;
        let piece = vec![0u8; 64 * 1024];
        loop {
            let stat = rustix::fs::statvfs(&folder).context("asking how full a disk is")?;
            let free = stat.f_bavail.saturating_mul(stat.f_frsize);
            if free <= left_bytes {
                return Ok(());
            }
            let step = usize::try_from(free - left_bytes).unwrap_or(usize::MAX).min(piece.len());
            match file.write(&piece[..step]) {
                Ok(_) => {}
                Err(error) if error.kind() == std::io::ErrorKind::StorageFull => return Ok(()),
                Err(error) => return Err(error).context("filling a disk"),
            }
        }
    }

    /// Gives the room back.
    pub fn empty(&self, id: u32) -> Result<()> {
        std::fs::remove_file(self.seen_from(id).join("ballast")).context("giving a disk its room back")
    }
}

/// `unshare` with what this user needs to mount something of his own.
fn own_mounts() -> Vec<String> {
    let flags: &[&str] = if rustix::process::geteuid().is_root() {
        &["--mount", "--"]
    } else {
        &["--mount", "--user", "--map-current-user", "--keep-caps", "--"]
    };
    flags.iter().map(|f| (*f).to_owned()).collect()
}
