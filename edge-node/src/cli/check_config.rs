//! `edge-node check-config`: every fault of a settings file at once.

use std::path::Path;
use std::process::ExitCode;

use crate::config::{Config, ConfigError};

pub(super) fn run(config: &Path) -> anyhow::Result<ExitCode> {
    match Config::read(config) {
        Ok(_) => {
            super::answer(&format!("{}: không có lỗi (no faults)", config.display()));
            Ok(ExitCode::SUCCESS)
        }
        Err(ConfigError::Faults(faults)) => {
            super::answer(&faults.to_string());
            Ok(ExitCode::FAILURE)
        }
        Err(other) => Err(other.into()),
    }
}
