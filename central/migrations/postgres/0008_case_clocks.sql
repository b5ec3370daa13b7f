-- The clocks of a case count from the recording and not from when the centre heard of it; a node's clock that was ahead
-- pushes nothing out. A notice that was sent is an officer's word; a suspicion nobody decided ends with its limitation.
UPDATE cases SET limitation_at = recorded_at + 365 * 86400000000 WHERE occurred_at > recorded_at;
UPDATE cases SET recorded_at = occurred_at, due_notice_at = occurred_at + 10 * 86400000000 WHERE occurred_at < recorded_at;

CREATE TABLE notices (
    case_id BYTEA PRIMARY KEY REFERENCES cases (id),
    controller TEXT NOT NULL,
    sent_at BIGINT NOT NULL,
    noted_on BIGINT NOT NULL,
    noted_by BYTEA NOT NULL REFERENCES users (user_id),
    session_id BYTEA NOT NULL REFERENCES sessions (session_id),
    noted_at BIGINT NOT NULL
);

CREATE FUNCTION chilang_check_notice() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NOT EXISTS (
        SELECT 1
        FROM cases c
        JOIN decisions d ON d.case_id = c.id
        JOIN users u ON u.user_id = NEW.noted_by
        JOIN sessions s ON s.session_id = NEW.session_id
        JOIN user_roles r ON r.user_id = u.user_id
        WHERE c.id = NEW.case_id AND c.controller = NEW.controller AND c.version = NEW.noted_on
            AND c.state = 'confirmed' AND c.notice_sent_at IS NULL
            AND d.verdict = 'confirmed' AND NEW.sent_at >= d.decided_at AND NEW.sent_at <= NEW.noted_at
            AND u.kind = 'person' AND u.disabled_at IS NULL
            AND s.user_id = u.user_id AND s.interactive = 1 AND s.ended_at IS NULL
            AND r.controller = c.controller AND r.role IN ('traffic_officer', 'traffic_leader')
    ) THEN
        RAISE EXCEPTION 'a notice needs a named officer, an interactive session and a confirmed case as it is'
            USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END;
$$;
CREATE TRIGGER notice_is_an_officers BEFORE INSERT ON notices
FOR EACH ROW EXECUTE FUNCTION chilang_check_notice();
CREATE TRIGGER notices_are_never_changed BEFORE UPDATE OR DELETE ON notices
FOR EACH ROW EXECUTE FUNCTION chilang_refuse('notices are never changed or deleted');
CREATE TRIGGER notices_are_never_emptied BEFORE TRUNCATE ON notices
FOR EACH STATEMENT EXECUTE FUNCTION chilang_refuse('notices are never changed or deleted');

CREATE OR REPLACE FUNCTION chilang_check_case() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'INSERT' THEN
        IF NEW.state <> 'pending_review' OR NEW.notice_sent_at IS NOT NULL THEN
            RAISE EXCEPTION 'a case begins as a suspicion' USING ERRCODE = 'restrict_violation';
        END IF;
        RETURN NEW;
    END IF;
    IF NEW.state <> OLD.state AND (
        OLD.state <> 'pending_review'
        OR (NEW.state = 'withdrawn' AND NEW.retracted_at IS NULL)
        -- By the database's own clock, as with every removal.
        OR (NEW.state = 'time_barred' AND (
            OLD.limitation_at > chilang_days_ago(0) OR NEW.limitation_at <> OLD.limitation_at
        ))
        OR (NEW.state NOT IN ('withdrawn', 'time_barred') AND NOT EXISTS (
            SELECT 1 FROM decisions d
            WHERE d.case_id = OLD.id AND d.verdict = NEW.state AND d.decided_on = OLD.version
        ))
    ) THEN
        RAISE EXCEPTION 'a case changes its state by a decision only, or ends by its node''s word or its limitation'
            USING ERRCODE = 'restrict_violation';
    END IF;
    IF NEW.notice_sent_at IS DISTINCT FROM OLD.notice_sent_at AND (
        NEW.state <> 'confirmed' OR OLD.notice_sent_at IS NOT NULL
        OR NOT EXISTS (SELECT 1 FROM notices n WHERE n.case_id = OLD.id AND n.sent_at = NEW.notice_sent_at)
    ) THEN
        RAISE EXCEPTION 'a notice needs a confirmed case and an officer who says that it was sent'
            USING ERRCODE = 'restrict_violation';
    END IF;
    -- A newer word of the machine about the same suspicion makes what an officer has on the screen old.
    IF NEW.revision <> OLD.revision AND NEW.version = OLD.version THEN
        NEW.version := OLD.version + 1;
    END IF;
    RETURN NEW;
END;
$$;

CREATE OR REPLACE FUNCTION chilang_check_case_kept() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'DELETE' THEN
        IF OLD.emptied_at IS NULL THEN
            RAISE EXCEPTION 'a case is never deleted before its time' USING ERRCODE = 'restrict_violation';
        END IF;
        RETURN OLD;
    END IF;
    IF NEW.emptied_at IS NOT NULL AND NEW.state NOT IN ('rejected', 'withdrawn', 'time_barred') THEN
        RAISE EXCEPTION 'a case that waits or was confirmed is never emptied' USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END;
$$;
