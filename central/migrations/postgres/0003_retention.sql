-- Retention: ways to what is over its time, marks for what was emptied, and the few removals the database allows. By its
-- own clock it refuses every removal before its time: no program and no hand at a prompt can do it by mistake. The times
-- stand in the registry of data classes too (central/src/privacy); a test keeps both from parting.

CREATE INDEX events_by_received ON events (controller, received_at);
CREATE INDEX evidence_by_announced ON evidence (controller, announced_at);
CREATE INDEX cases_by_vehicle ON cases (vehicle_passage);

-- When the content of a rejected case was emptied; its bare record stays.
ALTER TABLE cases ADD COLUMN emptied_at BIGINT;
-- When a day's records were removed; its head stays, so that the chain goes on from it.
ALTER TABLE audit_heads ADD COLUMN removed_at BIGINT;

CREATE FUNCTION chilang_days_ago(days BIGINT) RETURNS BIGINT LANGUAGE sql STABLE AS $$
    SELECT CAST(EXTRACT(EPOCH FROM now()) * 1000000 AS BIGINT) - days * 86400000000
$$;

DROP TRIGGER audit_is_never_changed ON audit;
CREATE FUNCTION chilang_check_audit() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'DELETE' AND OLD.at < chilang_days_ago(730) THEN
        RETURN OLD;
    END IF;
    RAISE EXCEPTION 'audit records are never changed, and never deleted before their time'
        USING ERRCODE = 'restrict_violation';
END;
$$;
CREATE TRIGGER audit_is_never_changed BEFORE UPDATE OR DELETE ON audit
FOR EACH ROW EXECUTE FUNCTION chilang_check_audit();

DROP TRIGGER decisions_are_never_changed ON decisions;
CREATE FUNCTION chilang_check_decision_kept() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'DELETE' AND OLD.verdict = 'rejected' AND OLD.decided_at < chilang_days_ago(365) THEN
        RETURN OLD;
    END IF;
    IF TG_OP = 'UPDATE' AND OLD.verdict = 'rejected' AND OLD.decided_at < chilang_days_ago(30) THEN
        -- The note alone may be emptied.
        OLD.note := NULL;
        IF NEW IS NOT DISTINCT FROM OLD THEN
            RETURN NEW;
        END IF;
    END IF;
    RAISE EXCEPTION 'decisions are never changed, and never deleted before their time'
        USING ERRCODE = 'restrict_violation';
END;
$$;
CREATE TRIGGER decisions_are_never_changed BEFORE UPDATE OR DELETE ON decisions
FOR EACH ROW EXECUTE FUNCTION chilang_check_decision_kept();

-- A case goes with its decision, never before it; one that waits or was confirmed keeps its content.
CREATE FUNCTION chilang_check_case_kept() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'DELETE' THEN
        IF OLD.emptied_at IS NULL THEN
            RAISE EXCEPTION 'a case is never deleted before its time' USING ERRCODE = 'restrict_violation';
        END IF;
        RETURN OLD;
    END IF;
    IF NEW.emptied_at IS NOT NULL AND NEW.state NOT IN ('rejected', 'withdrawn') THEN
        RAISE EXCEPTION 'a case that waits or was confirmed is never emptied' USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END;
$$;
CREATE TRIGGER cases_are_kept BEFORE UPDATE OR DELETE ON cases
FOR EACH ROW EXECUTE FUNCTION chilang_check_case_kept();

-- A suspicion its own node took back: waiting cases end as withdrawn, by the machine's word and nobody's decision.
-- What an officer has decided stays decided; the later word is only noted.
ALTER TABLE cases ADD COLUMN retracted_at BIGINT;
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
        OR (NEW.state <> 'withdrawn' AND NOT EXISTS (
            SELECT 1 FROM decisions d
            WHERE d.case_id = OLD.id AND d.verdict = NEW.state AND d.decided_on = OLD.version
        ))
    ) THEN
        RAISE EXCEPTION 'a case changes its state by a decision only, or is withdrawn by its node'
            USING ERRCODE = 'restrict_violation';
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
