//! The node's TOML: every fault at once, with its key path.
