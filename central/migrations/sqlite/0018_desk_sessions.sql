-- The desk's own screen: a lock that a PIN opens, and the change of shift without signing out. A PIN opens a screen whose guard is
-- signed in already; it is no way to sign in.

ALTER TABLE sessions ADD COLUMN locked_at BIGINT;

CREATE TABLE desk_pins (
    user_id BLOB PRIMARY KEY REFERENCES users (user_id),
    pin_hash TEXT NOT NULL,
    set_at BIGINT NOT NULL
);

CREATE TABLE shift_handovers (
    handover_id BLOB PRIMARY KEY,
    controller TEXT NOT NULL,
    from_user BLOB NOT NULL REFERENCES users (user_id),
    from_session BLOB NOT NULL REFERENCES sessions (session_id),
    to_user BLOB NOT NULL REFERENCES users (user_id),
    to_session BLOB NOT NULL REFERENCES sessions (session_id),
    waiting BIGINT NOT NULL,
    note TEXT,
    handed_at BIGINT NOT NULL,
    CHECK (from_user <> to_user)
);
CREATE INDEX shift_handovers_by_time ON shift_handovers (controller, handed_at);

CREATE TRIGGER shift_handovers_are_between_guards BEFORE INSERT ON shift_handovers
WHEN 2 <> (
    SELECT COUNT(DISTINCT u.user_id) FROM users u JOIN sessions s ON s.user_id = u.user_id
    JOIN user_roles r ON r.user_id = u.user_id
    WHERE ((u.user_id = NEW.from_user AND s.session_id = NEW.from_session)
            OR (u.user_id = NEW.to_user AND s.session_id = NEW.to_session))
        AND u.kind = 'person' AND u.disabled_at IS NULL AND s.interactive = 1 AND s.ended_at IS NULL
        AND r.controller = NEW.controller AND r.role = 'desk'
)
BEGIN
    SELECT RAISE(ABORT, 'a shift is handed over by one guard in person to another');
END;
CREATE TRIGGER shift_handovers_are_never_changed BEFORE UPDATE ON shift_handovers
BEGIN
    SELECT RAISE(ABORT, 'hand-overs are never changed');
END;
CREATE TRIGGER shift_handovers_are_kept BEFORE DELETE ON shift_handovers
WHEN OLD.handed_at >= (CAST(strftime('%s', 'now') AS INTEGER) - 365 * 86400) * 1000000
BEGIN
    SELECT RAISE(ABORT, 'hand-overs are never deleted before their time');
END;
