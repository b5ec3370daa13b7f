-- The people's side: accounts, sessions, decisions, audit. The same tables and refusals stand in migrations/postgres.
-- What must never happen is refused here too, so that no program and no hand at a prompt can do it by mistake: a case does
-- not become decided without a decision, a decision is a person's, an audit record stays as it is.

CREATE TABLE users (
    user_id BLOB PRIMARY KEY,
    name TEXT NOT NULL UNIQUE,
    kind TEXT NOT NULL CHECK (kind IN ('person', 'service')),
    password_hash TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    disabled_at BIGINT
);

CREATE TABLE user_roles (
    user_id BLOB NOT NULL REFERENCES users (user_id),
    controller TEXT NOT NULL,
    role TEXT NOT NULL,
    PRIMARY KEY (user_id, controller, role)
);

CREATE TABLE sessions (
    session_id BLOB PRIMARY KEY,
    token_hash BLOB NOT NULL UNIQUE,
    user_id BLOB NOT NULL REFERENCES users (user_id),
    interactive BIGINT NOT NULL,
    created_at BIGINT NOT NULL,
    last_seen_at BIGINT NOT NULL,
    ended_at BIGINT
);
CREATE INDEX sessions_by_user ON sessions (user_id, ended_at);

CREATE TABLE sign_in_failures (
    subject BLOB PRIMARY KEY,
    failures BIGINT NOT NULL,
    first_at BIGINT NOT NULL,
    last_at BIGINT NOT NULL
);

CREATE TABLE evidence_served (
    session_id BLOB NOT NULL REFERENCES sessions (session_id),
    case_id BLOB NOT NULL REFERENCES cases (id),
    sha256 BLOB NOT NULL,
    served_at BIGINT NOT NULL,
    PRIMARY KEY (session_id, case_id, sha256)
);

CREATE TABLE decisions (
    case_id BLOB PRIMARY KEY REFERENCES cases (id),
    controller TEXT NOT NULL,
    decided_on BIGINT NOT NULL,
    verdict TEXT NOT NULL CHECK (verdict IN ('confirmed', 'rejected')),
    reason TEXT,
    note TEXT,
    checklist TEXT,
    decided_by BLOB NOT NULL REFERENCES users (user_id),
    session_id BLOB NOT NULL REFERENCES sessions (session_id),
    decided_at BIGINT NOT NULL,
    CHECK ((verdict = 'rejected') = (reason IS NOT NULL))
);

CREATE TABLE audit_heads (
    controller TEXT NOT NULL,
    day TEXT NOT NULL,
    seq BIGINT NOT NULL,
    hash BLOB NOT NULL,
    PRIMARY KEY (controller, day)
);

CREATE TABLE audit (
    controller TEXT NOT NULL,
    day TEXT NOT NULL,
    seq BIGINT NOT NULL,
    at BIGINT NOT NULL,
    action TEXT NOT NULL,
    record TEXT NOT NULL,
    previous BLOB NOT NULL,
    hash BLOB NOT NULL,
    PRIMARY KEY (controller, day, seq)
);

CREATE TRIGGER audit_is_never_changed BEFORE UPDATE ON audit
BEGIN
    SELECT RAISE(ABORT, 'audit records are never changed');
END;

CREATE TRIGGER audit_is_never_deleted BEFORE DELETE ON audit
BEGIN
    SELECT RAISE(ABORT, 'audit records are never deleted');
END;

-- INSERT OR REPLACE deletes without a DELETE trigger: a number that is taken is refused before it can.
CREATE TRIGGER audit_is_never_replaced BEFORE INSERT ON audit
WHEN EXISTS (SELECT 1 FROM audit WHERE controller = NEW.controller AND day = NEW.day AND seq = NEW.seq)
BEGIN
    SELECT RAISE(ABORT, 'audit records are never replaced');
END;

CREATE TRIGGER audit_heads_are_never_deleted BEFORE DELETE ON audit_heads
BEGIN
    SELECT RAISE(ABORT, 'audit heads are never deleted');
END;

CREATE TRIGGER decision_is_an_officers BEFORE INSERT ON decisions
WHEN NOT EXISTS (
    SELECT 1
    FROM cases c
    JOIN users u ON u.user_id = NEW.decided_by
    JOIN sessions s ON s.session_id = NEW.session_id
    JOIN user_roles r ON r.user_id = u.user_id
    WHERE c.id = NEW.case_id AND c.controller = NEW.controller AND c.version = NEW.decided_on
        AND c.state = 'pending_review'
        AND u.kind = 'person' AND u.disabled_at IS NULL
        AND s.user_id = u.user_id AND s.interactive = 1 AND s.ended_at IS NULL
        AND r.controller = c.controller AND r.role IN ('traffic_officer', 'traffic_leader')
)
BEGIN
    SELECT RAISE(ABORT, 'a decision needs a named officer, an interactive session and the case as it is');
END;

CREATE TRIGGER confirmation_needs_served_evidence BEFORE INSERT ON decisions
WHEN NEW.verdict = 'confirmed' AND NOT EXISTS (
    SELECT 1 FROM evidence_served e WHERE e.session_id = NEW.session_id AND e.case_id = NEW.case_id
)
BEGIN
    SELECT RAISE(ABORT, 'a confirmation needs evidence that was served to its session');
END;

CREATE TRIGGER decisions_are_never_changed BEFORE UPDATE ON decisions
BEGIN
    SELECT RAISE(ABORT, 'decisions are never changed');
END;

CREATE TRIGGER decisions_are_never_deleted BEFORE DELETE ON decisions
BEGIN
    SELECT RAISE(ABORT, 'decisions are never deleted');
END;

CREATE TRIGGER cases_begin_as_suspicions BEFORE INSERT ON cases
WHEN NEW.state <> 'pending_review' OR NEW.notice_sent_at IS NOT NULL
BEGIN
    SELECT RAISE(ABORT, 'a case begins as a suspicion');
END;

CREATE TRIGGER cases_change_by_decision_only BEFORE UPDATE ON cases
WHEN NEW.state <> OLD.state AND (
    OLD.state <> 'pending_review' OR NOT EXISTS (
        SELECT 1 FROM decisions d
        WHERE d.case_id = OLD.id AND d.verdict = NEW.state AND d.decided_on = OLD.version
    )
)
BEGIN
    SELECT RAISE(ABORT, 'a case changes its state by a decision only');
END;

CREATE TRIGGER notices_need_a_confirmation BEFORE UPDATE ON cases
WHEN NEW.notice_sent_at IS NOT NULL AND NEW.state <> 'confirmed'
BEGIN
    SELECT RAISE(ABORT, 'a notice needs a confirmed case');
END;

-- A newer word of the machine about the same suspicion makes what an officer has on the screen old.
CREATE TRIGGER machine_changes_make_a_new_version AFTER UPDATE ON cases
WHEN NEW.revision <> OLD.revision AND NEW.version = OLD.version
BEGIN
    UPDATE cases SET version = version + 1 WHERE id = NEW.id;
END;
