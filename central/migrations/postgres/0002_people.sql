-- The people's side: accounts, sessions, decisions, audit. The same tables and refusals stand in migrations/sqlite.
-- What must never happen is refused here too, so that no program and no hand at a prompt can do it by mistake: a case does
-- not become decided without a decision, a decision is a person's, an audit record stays as it is.

CREATE TABLE users (
    user_id BYTEA PRIMARY KEY,
    name TEXT NOT NULL UNIQUE,
    kind TEXT NOT NULL CHECK (kind IN ('person', 'service')),
    password_hash TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    disabled_at BIGINT
);

CREATE TABLE user_roles (
    user_id BYTEA NOT NULL REFERENCES users (user_id),
    controller TEXT NOT NULL,
    role TEXT NOT NULL,
    PRIMARY KEY (user_id, controller, role)
);

CREATE TABLE sessions (
    session_id BYTEA PRIMARY KEY,
    token_hash BYTEA NOT NULL UNIQUE,
    user_id BYTEA NOT NULL REFERENCES users (user_id),
    interactive BIGINT NOT NULL,
    created_at BIGINT NOT NULL,
    last_seen_at BIGINT NOT NULL,
    ended_at BIGINT
);
CREATE INDEX sessions_by_user ON sessions (user_id, ended_at);

CREATE TABLE sign_in_failures (
    subject BYTEA PRIMARY KEY,
    failures BIGINT NOT NULL,
    first_at BIGINT NOT NULL,
    last_at BIGINT NOT NULL
);

CREATE TABLE evidence_served (
    session_id BYTEA NOT NULL REFERENCES sessions (session_id),
    case_id BYTEA NOT NULL REFERENCES cases (id),
    sha256 BYTEA NOT NULL,
    served_at BIGINT NOT NULL,
    PRIMARY KEY (session_id, case_id, sha256)
);

CREATE TABLE decisions (
    case_id BYTEA PRIMARY KEY REFERENCES cases (id),
    controller TEXT NOT NULL,
    decided_on BIGINT NOT NULL,
    verdict TEXT NOT NULL CHECK (verdict IN ('confirmed', 'rejected')),
    reason TEXT,
    note TEXT,
    checklist TEXT,
    decided_by BYTEA NOT NULL REFERENCES users (user_id),
    session_id BYTEA NOT NULL REFERENCES sessions (session_id),
    decided_at BIGINT NOT NULL,
    CHECK ((verdict = 'rejected') = (reason IS NOT NULL))
);

CREATE TABLE audit_heads (
    controller TEXT NOT NULL,
    day TEXT NOT NULL,
    seq BIGINT NOT NULL,
    hash BYTEA NOT NULL,
    PRIMARY KEY (controller, day)
);

CREATE TABLE audit (
    controller TEXT NOT NULL,
    day TEXT NOT NULL,
    seq BIGINT NOT NULL,
    at BIGINT NOT NULL,
    action TEXT NOT NULL,
    record TEXT NOT NULL,
    previous BYTEA NOT NULL,
    hash BYTEA NOT NULL,
    PRIMARY KEY (controller, day, seq)
);

-- One function refuses for every trigger: its argument is what the database says.
CREATE FUNCTION chilang_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION '%', TG_ARGV[0] USING ERRCODE = 'restrict_violation';
END;
$$;

CREATE TRIGGER audit_is_never_changed BEFORE UPDATE OR DELETE ON audit
FOR EACH ROW EXECUTE FUNCTION chilang_refuse('audit records are never changed or deleted');
CREATE TRIGGER audit_is_never_emptied BEFORE TRUNCATE ON audit
FOR EACH STATEMENT EXECUTE FUNCTION chilang_refuse('audit records are never changed or deleted');
CREATE TRIGGER audit_heads_are_never_deleted BEFORE DELETE ON audit_heads
FOR EACH ROW EXECUTE FUNCTION chilang_refuse('audit heads are never deleted');
CREATE TRIGGER audit_heads_are_never_emptied BEFORE TRUNCATE ON audit_heads
FOR EACH STATEMENT EXECUTE FUNCTION chilang_refuse('audit heads are never deleted');

CREATE FUNCTION chilang_check_decision() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NOT EXISTS (
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
    ) THEN
        RAISE EXCEPTION 'a decision needs a named officer, an interactive session and the case as it is'
            USING ERRCODE = 'restrict_violation';
    END IF;
    IF NEW.verdict = 'confirmed' AND NOT EXISTS (
        SELECT 1 FROM evidence_served e WHERE e.session_id = NEW.session_id AND e.case_id = NEW.case_id
    ) THEN
        RAISE EXCEPTION 'a confirmation needs evidence that was served to its session'
            USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END;
$$;
CREATE TRIGGER decision_is_an_officers BEFORE INSERT ON decisions
FOR EACH ROW EXECUTE FUNCTION chilang_check_decision();
CREATE TRIGGER decisions_are_never_changed BEFORE UPDATE OR DELETE ON decisions
FOR EACH ROW EXECUTE FUNCTION chilang_refuse('decisions are never changed or deleted');
CREATE TRIGGER decisions_are_never_emptied BEFORE TRUNCATE ON decisions
FOR EACH STATEMENT EXECUTE FUNCTION chilang_refuse('decisions are never changed or deleted');

CREATE FUNCTION chilang_check_case() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'INSERT' THEN
        IF NEW.state <> 'pending_review' OR NEW.notice_sent_at IS NOT NULL THEN
            RAISE EXCEPTION 'a case begins as a suspicion' USING ERRCODE = 'restrict_violation';
        END IF;
        RETURN NEW;
    END IF;
    IF NEW.state <> OLD.state AND (
        OLD.state <> 'pending_review' OR NOT EXISTS (
            SELECT 1 FROM decisions d
            WHERE d.case_id = OLD.id AND d.verdict = NEW.state AND d.decided_on = OLD.version
        )
    ) THEN
        RAISE EXCEPTION 'a case changes its state by a decision only' USING ERRCODE = 'restrict_violation';
    END IF;
    IF NEW.notice_sent_at IS NOT NULL AND NEW.state <> 'confirmed' THEN
        RAISE EXCEPTION 'a notice needs a confirmed case' USING ERRCODE = 'restrict_violation';
    END IF;
    -- A newer word of the machine about the same suspicion makes what an officer has on the screen old.
    IF NEW.revision <> OLD.revision AND NEW.version = OLD.version THEN
        NEW.version := OLD.version + 1;
    END IF;
    RETURN NEW;
END;
$$;
CREATE TRIGGER cases_change_by_decision_only BEFORE INSERT OR UPDATE ON cases
FOR EACH ROW EXECUTE FUNCTION chilang_check_case();
