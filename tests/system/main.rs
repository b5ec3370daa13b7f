//! System tests: the whole chain with real processes, and the rules the source tree keeps. One binary, so that the
//! workspace links once.

#![expect(clippy::unwrap_used, reason = "a test binary: a fault here is a failing test")]

mod accidents;
mod api_document;
mod architecture;
mod console_admin;
mod console_desk;
mod console_police;
mod console_staff;
mod console_visitors;
mod devices;
mod full_disks;
mod gate_cut;
mod gate_desk;
mod gate_pass;
mod hard_cameras;
mod live_page;
mod no_trace;
mod refusals;
mod replays;
mod samples;
mod site_shift;

/// Cameras play at real speed, and two cores carry one stage at a time: whoever puts one up waits for its turn.
static ONE_STAGE: tokio::sync::Mutex<()> = tokio::sync::Mutex::const_new(());

/// A folder that PostgreSQL's own user may walk into.
fn open_folder() -> tempfile::TempDir {
    use std::os::unix::fs::PermissionsExt as _;
    let folder = tempfile::tempdir().unwrap();
    std::fs::set_permissions(folder.path(), std::fs::Permissions::from_mode(0o755)).unwrap();
    folder
}
