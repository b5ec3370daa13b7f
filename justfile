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

# regenerate committed schemas, tables and golden messages, then show the difference
schema:
    CHILANG_REGENERATE=1 cargo test --release -p contract -p edge-node generated
    CHILANG_UPDATE_DOCS=1 cargo test --release -p central is_the_committed_one
    cargo run --release --quiet -p central -- check-config --schema > target/central.schema.json
    mv target/central.schema.json config/schema/central.schema.json
    git diff --stat -- config contract docs

# how fast the centre takes a backlog, beside bare inserts of the same rows; engine = sqlite | postgres (after ./setup)
bench engine="sqlite" *args:
    cargo run --release -p benches --bin bench-ingest -- --engine {{engine}} {{args}}

# long measurements of one node: memory of cameras that come and go, CPU by stage (just soak memory --minutes 20)
soak *args:
    python3 benches/soak.py {{args}}

# accuracy on folders of pictures, one JSON line a picture (just measure plates --crops FILE…)
measure *args:
    cargo run --release --quiet -p benches --bin measure -- {{args}}

# what is wrong with this machine
doctor:
    target/release/edge-node doctor --config .demo/run/edge-node/edge-node.toml
    target/release/central doctor --config .demo/run/central/central.toml
