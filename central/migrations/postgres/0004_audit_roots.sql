-- Signed roots of the audit chains' days. Each is also written to a folder outside this machine: a chain that is rewritten
-- here, roots and all, no longer fits the roots there.
CREATE TABLE audit_roots (
    controller TEXT NOT NULL,
    day TEXT NOT NULL,
    document TEXT NOT NULL,
    signature TEXT NOT NULL,
    made_at BIGINT NOT NULL,
    shipped_at BIGINT,
    PRIMARY KEY (controller, day)
);
