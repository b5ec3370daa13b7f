//! Logs and metrics: names in one place, no personal data.
