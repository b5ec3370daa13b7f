# The commands of daily work. `./demo` and `./test` need none of this.
_default:
    @just --list

# form, lints, documentation, licences
check:
    cargo fmt --all --check
    cargo clippy --release --workspace --all-targets -- -D warnings
    RUSTDOCFLAGS="-D warnings" cargo doc --release --workspace --no-deps --document-private-items
    cargo deny check bans licenses sources

# everything
test *args:
    ./test {{args}}

# the pure parts only: no broker, no camera, no database
test-fast:
    cargo test --release -p contract

# the whole chain on this machine
demo *args:
    ./demo {{args}}

# fetch and verify models (just models --mirror DIR)
models *args:
    python3 models/pull {{args}}

# the sample cameras alone, for ever
fake-camera port="8554":
    target/release/sample-video serve --dir .demo/clips --port {{port}} --loop

# regenerate committed schemas and tables, then show the difference
schema:
    CHILANG_REGENERATE=1 cargo test --release --workspace generated
    git diff --stat -- config/schema docs

# benchmarks: ratios within one run
bench *args:
    cargo bench -p benches {{args}}

# what is wrong with this machine
doctor:
    target/release/edge-node doctor --config .demo/run/edge-node/edge-node.toml
    target/release/central doctor --config .demo/run/central/central.toml
