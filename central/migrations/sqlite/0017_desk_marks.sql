-- What a guard says at the desk without deciding: that somebody is being looked into (chờ xác minh), that an alert was seen. It
-- answers no request and opens no door; it tells the other desks, and stays on record like a decision.

CREATE TABLE desk_marks (
    mark_id BLOB PRIMARY KEY,
    controller TEXT NOT NULL,
    passage_id BLOB NOT NULL,
    kind TEXT NOT NULL CHECK (kind IN ('verifying', 'alert_seen')),
    tailgaters BIGINT,
    unknown_acts BIGINT,
    marked_by BLOB NOT NULL REFERENCES users (user_id),
    session_id BLOB NOT NULL REFERENCES sessions (session_id),
    marked_at BIGINT NOT NULL,
    CHECK ((kind = 'alert_seen') = (tailgaters IS NOT NULL)),
    CHECK ((kind = 'alert_seen') = (unknown_acts IS NOT NULL))
);
CREATE INDEX desk_marks_by_passage ON desk_marks (passage_id, kind, marked_at);
CREATE INDEX desk_marks_by_time ON desk_marks (marked_at);
CREATE INDEX arrivals_by_alert ON arrivals (controller, last_seen) WHERE tailgaters > 0 OR unknown_acts > 0;

CREATE TRIGGER desk_marks_are_a_guards BEFORE INSERT ON desk_marks
WHEN NOT EXISTS (
    SELECT 1 FROM users u JOIN sessions s ON s.session_id = NEW.session_id JOIN user_roles r ON r.user_id = u.user_id
    WHERE u.user_id = NEW.marked_by AND u.kind = 'person' AND u.disabled_at IS NULL
        AND s.user_id = u.user_id AND s.interactive = 1 AND s.ended_at IS NULL
        AND r.controller = NEW.controller AND r.role = 'desk'
)
BEGIN
    SELECT RAISE(ABORT, 'a mark of the desk needs a named guard in an interactive session');
END;
CREATE TRIGGER desk_marks_are_about_what_is BEFORE INSERT ON desk_marks
WHEN NOT EXISTS (
    SELECT 1 FROM arrivals a
    WHERE a.passage_id = NEW.passage_id AND a.controller = NEW.controller AND a.replayed = 0
        AND (NEW.kind <> 'verifying' OR a.state IN ('new', 'update'))
        AND (NEW.kind <> 'alert_seen' OR (a.tailgaters = NEW.tailgaters AND a.unknown_acts = NEW.unknown_acts
            AND (a.tailgaters > 0 OR a.unknown_acts > 0)))
)
BEGIN
    SELECT RAISE(ABORT, 'a mark of the desk is about the arrival as it is');
END;
CREATE TRIGGER desk_marks_are_never_changed BEFORE UPDATE ON desk_marks
BEGIN
    SELECT RAISE(ABORT, 'marks of the desk are never changed');
END;
CREATE TRIGGER desk_marks_are_kept BEFORE DELETE ON desk_marks
WHEN OLD.marked_at >= (CAST(strftime('%s', 'now') AS INTEGER) - 365 * 86400) * 1000000
BEGIN
    SELECT RAISE(ABORT, 'marks of the desk are never deleted before their time');
END;
