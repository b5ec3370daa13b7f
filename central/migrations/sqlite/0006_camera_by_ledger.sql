-- Which word of a camera is the last is told by its place in the node's ledger: clocks are set back.
ALTER TABLE camera_health ADD COLUMN log_id BLOB NOT NULL DEFAULT x'00000000000000000000000000000000';
ALTER TABLE camera_health ADD COLUMN seq BIGINT NOT NULL DEFAULT 0;
