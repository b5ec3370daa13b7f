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

DROP TRIGGER audit_is_never_deleted;
CREATE TRIGGER audit_is_never_deleted BEFORE DELETE ON audit
WHEN OLD.at >= (CAST(strftime('%s', 'now') AS INTEGER) - 730 * 86400) * 1000000
BEGIN
    SELECT RAISE(ABORT, 'audit records are never deleted before their time');
END;

DROP TRIGGER decisions_are_never_changed;
CREATE TRIGGER decisions_are_never_changed BEFORE UPDATE ON decisions
WHEN NOT (
    -- The note alone may be emptied, thirty days after a rejection.
    OLD.verdict = 'rejected' AND OLD.decided_at < (CAST(strftime('%s', 'now') AS INTEGER) - 30 * 86400) * 1000000
    AND NEW.note IS NULL AND NEW.case_id = OLD.case_id AND NEW.controller = OLD.controller
    AND NEW.decided_on = OLD.decided_on AND NEW.verdict = OLD.verdict AND NEW.reason IS OLD.reason
    AND NEW.checklist IS OLD.checklist AND NEW.decided_by = OLD.decided_by AND NEW.session_id = OLD.session_id
    AND NEW.decided_at = OLD.decided_at
)
BEGIN
    SELECT RAISE(ABORT, 'decisions are never changed');
END;

DROP TRIGGER decisions_are_never_deleted;
CREATE TRIGGER decisions_are_never_deleted BEFORE DELETE ON decisions
WHEN NOT (
    OLD.verdict = 'rejected' AND OLD.decided_at < (CAST(strftime('%s', 'now') AS INTEGER) - 365 * 86400) * 1000000
)
BEGIN
    SELECT RAISE(ABORT, 'decisions are never deleted before their time');
END;

-- A case goes with its decision, never before it; one that waits or was confirmed keeps its content.
CREATE TRIGGER cases_are_kept BEFORE DELETE ON cases
WHEN OLD.emptied_at IS NULL
BEGIN
    SELECT RAISE(ABORT, 'a case is never deleted before its time');
END;
CREATE TRIGGER cases_keep_their_content BEFORE UPDATE ON cases
WHEN NEW.emptied_at IS NOT NULL AND NEW.state NOT IN ('rejected', 'withdrawn')
BEGIN
    SELECT RAISE(ABORT, 'a case that waits or was confirmed is never emptied');
END;

-- A suspicion its own node took back: waiting cases end as withdrawn, by the machine's word and nobody's decision.
-- What an officer has decided stays decided; the later word is only noted.
ALTER TABLE cases ADD COLUMN retracted_at BIGINT;
DROP TRIGGER cases_change_by_decision_only;
CREATE TRIGGER cases_change_by_decision_only BEFORE UPDATE ON cases
WHEN NEW.state <> OLD.state AND (
    OLD.state <> 'pending_review'
    OR (NEW.state = 'withdrawn' AND NEW.retracted_at IS NULL)
    OR (NEW.state <> 'withdrawn' AND NOT EXISTS (
        SELECT 1 FROM decisions d
        WHERE d.case_id = OLD.id AND d.verdict = NEW.state AND d.decided_on = OLD.version
    ))
)
BEGIN
    SELECT RAISE(ABORT, 'a case changes its state by a decision only, or is withdrawn by its node');
END;
