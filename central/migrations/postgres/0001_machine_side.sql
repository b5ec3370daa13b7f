-- The machine side of the central store: fleet, ledger, events, projections, evidence.
-- The same tables stand in migrations/sqlite with BLOB for BYTEA. Ids are 16-byte blobs, hashes 32-byte blobs,
-- moments UTC microseconds, truth values 0/1, JSON as text. Every column has its entry in the data-class registry.

CREATE TABLE controllers (
    controller TEXT PRIMARY KEY,
    title TEXT NOT NULL,
    created_at BIGINT NOT NULL
);

CREATE TABLE nodes (
    site TEXT NOT NULL,
    node TEXT NOT NULL,
    controller TEXT NOT NULL REFERENCES controllers (controller),
    created_at BIGINT NOT NULL,
    revoked_at BIGINT,
    online BIGINT NOT NULL DEFAULT 0,
    status_since BIGINT,
    birth TEXT,
    birth_at BIGINT,
    log_alarm_at BIGINT,
    PRIMARY KEY (site, node)
);

CREATE TABLE node_keys (
    key_id BYTEA PRIMARY KEY,
    site TEXT NOT NULL,
    node TEXT NOT NULL,
    public_key BYTEA NOT NULL,
    certificate_pem TEXT NOT NULL,
    not_after BIGINT NOT NULL,
    issued_at BIGINT NOT NULL,
    revoked_at BIGINT,
    FOREIGN KEY (site, node) REFERENCES nodes (site, node)
);

CREATE TABLE certificates (
    serial TEXT PRIMARY KEY,
    key_id BYTEA NOT NULL REFERENCES node_keys (key_id),
    issued_at BIGINT NOT NULL,
    not_after BIGINT NOT NULL,
    revoked_at BIGINT
);

CREATE TABLE enrol_tokens (
    token_hash BYTEA PRIMARY KEY,
    site TEXT NOT NULL,
    node TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    expires_at BIGINT NOT NULL,
    used_at BIGINT,
    FOREIGN KEY (site, node) REFERENCES nodes (site, node)
);

CREATE TABLE bundles (
    site TEXT NOT NULL,
    node TEXT NOT NULL,
    kind TEXT NOT NULL,
    revision BIGINT NOT NULL,
    sha256 BYTEA NOT NULL,
    signed TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    PRIMARY KEY (site, node, kind, revision),
    FOREIGN KEY (site, node) REFERENCES nodes (site, node)
);

CREATE TABLE events (
    event_id BYTEA PRIMARY KEY,
    site TEXT NOT NULL,
    node TEXT NOT NULL,
    controller TEXT NOT NULL,
    log_id BYTEA NOT NULL,
    seq BIGINT NOT NULL,
    kind TEXT NOT NULL,
    camera TEXT NOT NULL,
    passage_id BYTEA NOT NULL,
    revision BIGINT NOT NULL,
    state TEXT NOT NULL,
    captured_at BIGINT NOT NULL,
    received_at BIGINT NOT NULL,
    shadow BIGINT NOT NULL,
    replayed BIGINT NOT NULL,
    envelope BYTEA NOT NULL,
    signature TEXT NOT NULL,
    UNIQUE (site, node, log_id, seq)
);
CREATE INDEX events_by_passage ON events (passage_id, revision);

CREATE TABLE ledgers (
    site TEXT NOT NULL,
    node TEXT NOT NULL,
    log_id BYTEA NOT NULL,
    first_heard_at BIGINT NOT NULL,
    last_heard_at BIGINT NOT NULL,
    last_seq BIGINT NOT NULL,
    duplicates BIGINT NOT NULL DEFAULT 0,
    PRIMARY KEY (site, node, log_id)
);

CREATE TABLE ledger_ranges (
    site TEXT NOT NULL,
    node TEXT NOT NULL,
    log_id BYTEA NOT NULL,
    from_seq BIGINT NOT NULL,
    to_seq BIGINT NOT NULL,
    PRIMARY KEY (site, node, log_id, from_seq)
);

CREATE TABLE quarantine (
    sha256 BYTEA NOT NULL,
    topic TEXT NOT NULL,
    size_bytes BIGINT NOT NULL,
    first_kib BYTEA NOT NULL,
    reason TEXT NOT NULL,
    detail TEXT NOT NULL,
    site TEXT,
    node TEXT,
    log_id BYTEA,
    seq BIGINT,
    received_at BIGINT NOT NULL,
    times BIGINT NOT NULL DEFAULT 1,
    PRIMARY KEY (sha256, topic)
);
CREATE INDEX quarantine_by_ledger ON quarantine (site, node, log_id, seq);

CREATE TABLE evidence (
    sha256 BYTEA PRIMARY KEY,
    site TEXT NOT NULL,
    node TEXT NOT NULL,
    controller TEXT NOT NULL,
    size_bytes BIGINT NOT NULL,
    media_type TEXT NOT NULL,
    state TEXT NOT NULL,
    lost_reason TEXT,
    announced_at BIGINT NOT NULL,
    stored_at BIGINT
);

CREATE TABLE evidence_links (
    passage_id BYTEA NOT NULL,
    role TEXT NOT NULL,
    sha256 BYTEA NOT NULL REFERENCES evidence (sha256),
    event_id BYTEA NOT NULL,
    revision BIGINT NOT NULL,
    site TEXT NOT NULL,
    camera TEXT NOT NULL,
    controller TEXT NOT NULL,
    captured_at BIGINT NOT NULL,
    PRIMARY KEY (passage_id, role, sha256)
);
CREATE INDEX evidence_links_by_hash ON evidence_links (sha256);

CREATE TABLE passes (
    passage_id BYTEA PRIMARY KEY,
    revision BIGINT NOT NULL,
    state TEXT NOT NULL,
    end_reason TEXT,
    site TEXT NOT NULL,
    node TEXT NOT NULL,
    camera TEXT NOT NULL,
    controller TEXT NOT NULL,
    class TEXT NOT NULL,
    first_seen BIGINT NOT NULL,
    last_seen BIGINT NOT NULL,
    plate_key TEXT,
    plate_last5 TEXT,
    plate_display TEXT,
    plate_class TEXT,
    country_class TEXT,
    plate_colour TEXT,
    plate_confidence DOUBLE PRECISION,
    unreadable BIGINT NOT NULL,
    shadow BIGINT NOT NULL,
    body TEXT NOT NULL,
    event_id BYTEA NOT NULL,
    updated_at BIGINT NOT NULL
);
CREATE INDEX passes_by_time ON passes (site, first_seen, passage_id);
CREATE INDEX passes_by_plate ON passes (site, plate_key, first_seen);
CREATE INDEX passes_by_last5 ON passes (site, plate_last5, first_seen);

CREATE TABLE count_buckets (
    site TEXT NOT NULL,
    node TEXT NOT NULL,
    camera TEXT NOT NULL,
    line TEXT NOT NULL,
    start_at BIGINT NOT NULL,
    config_sha BYTEA NOT NULL,
    controller TEXT NOT NULL,
    class TEXT NOT NULL,
    went_in BIGINT NOT NULL,
    went_out BIGINT NOT NULL,
    doubtful BIGINT NOT NULL,
    analysed_ms BIGINT NOT NULL,
    lost_ms BIGINT NOT NULL,
    revision BIGINT NOT NULL,
    state TEXT NOT NULL,
    updated_at BIGINT NOT NULL,
    PRIMARY KEY (site, node, camera, line, start_at, config_sha)
);
CREATE INDEX count_buckets_by_time ON count_buckets (site, camera, line, start_at);

CREATE TABLE camera_health (
    site TEXT NOT NULL,
    node TEXT NOT NULL,
    camera TEXT NOT NULL,
    controller TEXT NOT NULL,
    camera_state TEXT NOT NULL,
    view_trouble TEXT NOT NULL,
    reason TEXT NOT NULL,
    since_at BIGINT NOT NULL,
    stream TEXT NOT NULL,
    captured_at BIGINT NOT NULL,
    updated_at BIGINT NOT NULL,
    PRIMARY KEY (site, node, camera)
);

CREATE TABLE case_counters (
    controller TEXT NOT NULL,
    year BIGINT NOT NULL,
    last_number BIGINT NOT NULL,
    PRIMARY KEY (controller, year)
);

CREATE TABLE cases (
    id BYTEA PRIMARY KEY,
    number TEXT NOT NULL,
    controller TEXT NOT NULL,
    site TEXT NOT NULL,
    node TEXT NOT NULL,
    camera TEXT NOT NULL,
    suspicion_passage BYTEA NOT NULL UNIQUE,
    vehicle_passage BYTEA NOT NULL,
    event_id BYTEA NOT NULL,
    revision BIGINT NOT NULL,
    violation TEXT NOT NULL,
    rule_id TEXT NOT NULL,
    rule_version BIGINT NOT NULL,
    class TEXT NOT NULL,
    plate_key TEXT,
    plate_display TEXT,
    body TEXT NOT NULL,
    occurred_at BIGINT NOT NULL,
    recorded_at BIGINT NOT NULL,
    state TEXT NOT NULL DEFAULT 'pending_review',
    version BIGINT NOT NULL DEFAULT 1,
    due_notice_at BIGINT NOT NULL,
    limitation_at BIGINT NOT NULL,
    notice_sent_at BIGINT,
    warning_due_at BIGINT,
    updated_at BIGINT NOT NULL,
    UNIQUE (controller, number)
);
CREATE INDEX cases_by_state ON cases (controller, state, recorded_at, id);
