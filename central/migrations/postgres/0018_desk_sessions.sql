-- The desk's own screen: a lock that a PIN opens, and the change of shift without signing out. A PIN opens a screen whose guard is
-- signed in already; it is no way to sign in.

ALTER TABLE sessions ADD COLUMN locked_at BIGINT;

CREATE TABLE desk_pins (
    user_id BYTEA PRIMARY KEY REFERENCES users (user_id),
    pin_hash TEXT NOT NULL,
    set_at BIGINT NOT NULL
);

CREATE TABLE shift_handovers (
    handover_id BYTEA PRIMARY KEY,
    controller TEXT NOT NULL,
    from_user BYTEA NOT NULL REFERENCES users (user_id),
    from_session BYTEA NOT NULL REFERENCES sessions (session_id),
    to_user BYTEA NOT NULL REFERENCES users (user_id),
    to_session BYTEA NOT NULL REFERENCES sessions (session_id),
    waiting BIGINT NOT NULL,
    note TEXT,
    handed_at BIGINT NOT NULL,
    CHECK (from_user <> to_user)
);
CREATE INDEX shift_handovers_by_time ON shift_handovers (controller, handed_at);

CREATE FUNCTION chilang_check_handover() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF 2 <> (
        SELECT COUNT(DISTINCT u.user_id) FROM users u JOIN sessions s ON s.user_id = u.user_id
        JOIN user_roles r ON r.user_id = u.user_id
        WHERE ((u.user_id = NEW.from_user AND s.session_id = NEW.from_session)
                OR (u.user_id = NEW.to_user AND s.session_id = NEW.to_session))
            AND u.kind = 'person' AND u.disabled_at IS NULL AND s.interactive = 1 AND s.ended_at IS NULL
            AND r.controller = NEW.controller AND r.role = 'desk'
    ) THEN
        RAISE EXCEPTION 'a shift is handed over by one guard in person to another' USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END;
$$;
CREATE TRIGGER shift_handovers_are_between_guards BEFORE INSERT ON shift_handovers
FOR EACH ROW EXECUTE FUNCTION chilang_check_handover();

CREATE FUNCTION chilang_check_handover_kept() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'DELETE' AND OLD.handed_at < chilang_days_ago(365) THEN
        RETURN OLD;
    END IF;
    RAISE EXCEPTION 'hand-overs are never changed, and never deleted before their time'
        USING ERRCODE = 'restrict_violation';
END;
$$;
CREATE TRIGGER shift_handovers_are_kept BEFORE UPDATE OR DELETE ON shift_handovers
FOR EACH ROW EXECUTE FUNCTION chilang_check_handover_kept();
CREATE TRIGGER shift_handovers_are_never_emptied BEFORE TRUNCATE ON shift_handovers
FOR EACH STATEMENT EXECUTE FUNCTION chilang_refuse('hand-overs are never changed or deleted');
