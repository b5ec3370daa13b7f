-- A node that starts again within a minute counts the rest of it anew, again from revision 1: what both runs saw adds up.
-- What stands here already was counted before runs were told apart.
CREATE TABLE count_buckets_by_run (
    site TEXT NOT NULL,
    node TEXT NOT NULL,
    camera TEXT NOT NULL,
    line TEXT NOT NULL,
    start_at BIGINT NOT NULL,
    config_sha BLOB NOT NULL,
    boot_id BLOB NOT NULL,
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
    PRIMARY KEY (site, node, camera, line, start_at, config_sha, boot_id)
);
INSERT INTO count_buckets_by_run
SELECT site, node, camera, line, start_at, config_sha, zeroblob(16), controller, class, went_in, went_out, doubtful,
    analysed_ms, lost_ms, revision, state, updated_at
FROM count_buckets;
DROP TABLE count_buckets;
ALTER TABLE count_buckets_by_run RENAME TO count_buckets;
CREATE INDEX count_buckets_by_time ON count_buckets (site, camera, line, start_at);
