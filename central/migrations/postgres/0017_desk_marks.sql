-- What a guard says at the desk without deciding: that somebody is being looked into (chờ xác minh), that an alert was seen. It
-- answers no request and opens no door; it tells the other desks, and stays on record like a decision.

CREATE TABLE desk_marks (
    mark_id BYTEA PRIMARY KEY,
    controller TEXT NOT NULL,
    passage_id BYTEA NOT NULL,
    kind TEXT NOT NULL CHECK (kind IN ('verifying', 'alert_seen')),
    tailgaters BIGINT,
    unknown_acts BIGINT,
    marked_by BYTEA NOT NULL REFERENCES users (user_id),
    session_id BYTEA NOT NULL REFERENCES sessions (session_id),
    marked_at BIGINT NOT NULL,
    CHECK ((kind = 'alert_seen') = (tailgaters IS NOT NULL)),
    CHECK ((kind = 'alert_seen') = (unknown_acts IS NOT NULL))
);
CREATE INDEX desk_marks_by_passage ON desk_marks (passage_id, kind, marked_at);
CREATE INDEX desk_marks_by_time ON desk_marks (marked_at);
CREATE INDEX arrivals_by_alert ON arrivals (controller, last_seen) WHERE tailgaters > 0 OR unknown_acts > 0;

CREATE FUNCTION chilang_check_desk_mark() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NOT EXISTS (
        SELECT 1 FROM users u JOIN sessions s ON s.session_id = NEW.session_id JOIN user_roles r ON r.user_id = u.user_id
        WHERE u.user_id = NEW.marked_by AND u.kind = 'person' AND u.disabled_at IS NULL
            AND s.user_id = u.user_id AND s.interactive = 1 AND s.ended_at IS NULL
            AND r.controller = NEW.controller AND r.role = 'desk'
    ) THEN
        RAISE EXCEPTION 'a mark of the desk needs a named guard in an interactive session'
            USING ERRCODE = 'restrict_violation';
    END IF;
    IF NOT EXISTS (
        SELECT 1 FROM arrivals a
        WHERE a.passage_id = NEW.passage_id AND a.controller = NEW.controller AND a.replayed = 0
            AND (NEW.kind <> 'verifying' OR a.state IN ('new', 'update'))
            AND (NEW.kind <> 'alert_seen' OR (a.tailgaters = NEW.tailgaters AND a.unknown_acts = NEW.unknown_acts
                AND (a.tailgaters > 0 OR a.unknown_acts > 0)))
    ) THEN
        RAISE EXCEPTION 'a mark of the desk is about the arrival as it is' USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END;
$$;
CREATE TRIGGER desk_marks_are_a_guards BEFORE INSERT ON desk_marks
FOR EACH ROW EXECUTE FUNCTION chilang_check_desk_mark();

CREATE FUNCTION chilang_check_desk_mark_kept() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'DELETE' AND OLD.marked_at < chilang_days_ago(365) THEN
        RETURN OLD;
    END IF;
    RAISE EXCEPTION 'marks of the desk are never changed, and never deleted before their time'
        USING ERRCODE = 'restrict_violation';
END;
$$;
CREATE TRIGGER desk_marks_are_kept BEFORE UPDATE OR DELETE ON desk_marks
FOR EACH ROW EXECUTE FUNCTION chilang_check_desk_mark_kept();
CREATE TRIGGER desk_marks_are_never_emptied BEFORE TRUNCATE ON desk_marks
FOR EACH STATEMENT EXECUTE FUNCTION chilang_refuse('marks of the desk are never changed or deleted');
