-- How long a body keeps a class of data, as its administrator said: versions with a reason, each in force from a moment on. Within
-- the bounds of the registry of data classes (central/src/privacy/bounds.rs), which stand here too; a test keeps both from
-- parting. Where there is no row, the registry's own time holds.

CREATE TABLE retention_settings (
    controller TEXT NOT NULL,
    data_class TEXT NOT NULL,
    version BIGINT NOT NULL CHECK (version >= 1),
    days BIGINT NOT NULL,
    reason TEXT NOT NULL CHECK (reason <> ''),
    -- In force from then on: a shortening a day after it was said, for what it removes does not come back.
    from_at BIGINT NOT NULL,
    set_by BLOB NOT NULL REFERENCES users (user_id),
    session_id BLOB NOT NULL REFERENCES sessions (session_id),
    set_at BIGINT NOT NULL,
    PRIMARY KEY (controller, data_class, version),
    CHECK (from_at >= set_at),
    CHECK ((data_class = 'plate' AND days BETWEEN 7 AND 30)
        OR (data_class = 'picture' AND days BETWEEN 7 AND 30)
        OR (data_class = 'access' AND days BETWEEN 365 AND 730)
        OR (data_class = 'audit' AND days BETWEEN 730 AND 1825))
);
CREATE TRIGGER retention_is_set_by_an_administrator BEFORE INSERT ON retention_settings
WHEN NOT EXISTS (
    SELECT 1 FROM users u JOIN sessions s ON s.session_id = NEW.session_id JOIN user_roles r ON r.user_id = u.user_id
    WHERE u.user_id = NEW.set_by AND u.kind = 'person' AND u.disabled_at IS NULL
        AND s.user_id = u.user_id AND s.interactive = 1 AND s.ended_at IS NULL
        AND r.controller = NEW.controller AND r.role = 'administrator'
)
BEGIN
    SELECT RAISE(ABORT, 'a time of retention is set by an administrator in person');
END;
-- One after another, and a shortening waits its day: measured against the version before, or the registry's own time.
CREATE TRIGGER retention_versions_follow_one_another BEFORE INSERT ON retention_settings
WHEN NEW.version <> 1 + COALESCE((
        SELECT MAX(o.version) FROM retention_settings o
        WHERE o.controller = NEW.controller AND o.data_class = NEW.data_class
    ), 0)
    OR (NEW.from_at < NEW.set_at + 86400000000 AND NEW.days < COALESCE((
        SELECT o.days FROM retention_settings o
        WHERE o.controller = NEW.controller AND o.data_class = NEW.data_class AND o.from_at <= NEW.set_at
        ORDER BY o.version DESC LIMIT 1
    ), CASE NEW.data_class WHEN 'access' THEN 365 WHEN 'audit' THEN 730 ELSE 30 END))
BEGIN
    SELECT RAISE(ABORT, 'times of retention follow one another, and a shortening waits a day');
END;
CREATE TRIGGER retention_settings_are_never_changed BEFORE UPDATE ON retention_settings
BEGIN
    SELECT RAISE(ABORT, 'times of retention are never changed or deleted: another version follows');
END;
CREATE TRIGGER retention_settings_are_never_deleted BEFORE DELETE ON retention_settings
BEGIN
    SELECT RAISE(ABORT, 'times of retention are never changed or deleted: another version follows');
END;
