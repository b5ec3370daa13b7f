-- A node that starts again within a minute counts the rest of it anew, again from revision 1: what both runs saw adds up.
-- What stands here already was counted before runs were told apart.
ALTER TABLE count_buckets ADD COLUMN boot_id BYTEA NOT NULL DEFAULT '\x00000000000000000000000000000000';
ALTER TABLE count_buckets ALTER COLUMN boot_id DROP DEFAULT;
ALTER TABLE count_buckets DROP CONSTRAINT count_buckets_pkey;
ALTER TABLE count_buckets ADD PRIMARY KEY (site, node, camera, line, start_at, config_sha, boot_id);
