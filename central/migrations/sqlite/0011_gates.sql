-- The access log and the desk: who came to which gate as the node said it (never a face, never a name), what a guard decided,
-- and what doors did. A door's act on a decision needs that decision to be there; a decision is a guard's, in person.

CREATE TABLE arrivals (
    passage_id BLOB PRIMARY KEY,
    revision BIGINT NOT NULL,
    state TEXT NOT NULL,
    end_reason TEXT,
    site TEXT NOT NULL,
    node TEXT NOT NULL,
    camera TEXT NOT NULL,
    controller TEXT NOT NULL,
    gate TEXT NOT NULL,
    subject TEXT NOT NULL,
    first_seen BIGINT NOT NULL,
    last_seen BIGINT NOT NULL,
    look BLOB,
    verdict TEXT,
    reasons TEXT NOT NULL,
    enrolment_id BLOB,
    sureness TEXT,
    agreeing_frames BIGINT,
    liveness TEXT,
    request_id BLOB,
    ask_id BLOB,
    asked_monotonic_us BIGINT,
    boot_id BLOB NOT NULL,
    tailgaters BIGINT NOT NULL,
    replayed BIGINT NOT NULL,
    unknown_acts BIGINT NOT NULL DEFAULT 0,
    event_id BLOB NOT NULL,
    received_at BIGINT NOT NULL,
    updated_at BIGINT NOT NULL
);
CREATE INDEX arrivals_by_time ON arrivals (controller, site, first_seen, passage_id);
CREATE INDEX arrivals_by_state ON arrivals (controller, state, last_seen);
CREATE INDEX arrivals_by_update ON arrivals (updated_at);

CREATE TABLE looks_served (
    session_id BLOB NOT NULL REFERENCES sessions (session_id),
    passage_id BLOB NOT NULL,
    look BLOB NOT NULL,
    served_at BIGINT NOT NULL,
    PRIMARY KEY (session_id, passage_id, look)
);

CREATE TABLE gate_decisions (
    decision_id BLOB PRIMARY KEY,
    controller TEXT NOT NULL,
    site TEXT NOT NULL,
    node TEXT NOT NULL,
    gate TEXT NOT NULL,
    verdict TEXT NOT NULL CHECK (verdict IN ('admit', 'refuse', 'not_this_person', 'open')),
    passage_id BLOB,
    revision BIGINT,
    look BLOB,
    request_id BLOB,
    ask_id BLOB,
    reason TEXT,
    note TEXT,
    decided_by BLOB NOT NULL REFERENCES users (user_id),
    session_id BLOB NOT NULL REFERENCES sessions (session_id),
    decided_at BIGINT NOT NULL,
    CHECK ((verdict = 'open') = (passage_id IS NULL)),
    CHECK ((verdict = 'open') = (ask_id IS NOT NULL)),
    CHECK (verdict NOT IN ('refuse', 'open') OR reason IS NOT NULL)
);
CREATE INDEX gate_decisions_by_passage ON gate_decisions (passage_id);
CREATE INDEX gate_decisions_by_request ON gate_decisions (request_id);
CREATE INDEX gate_decisions_by_time ON gate_decisions (decided_at);

CREATE TABLE door_acts (
    passage_id BLOB NOT NULL,
    position BIGINT NOT NULL,
    at BIGINT NOT NULL,
    cause TEXT NOT NULL CHECK (cause IN ('admit', 'decision')),
    decision_id BLOB,
    outcome TEXT NOT NULL,
    simulated BIGINT NOT NULL,
    PRIMARY KEY (passage_id, position),
    CHECK ((cause = 'decision') = (decision_id IS NOT NULL))
);

CREATE TRIGGER gate_decisions_are_a_guards BEFORE INSERT ON gate_decisions
WHEN NOT EXISTS (
    SELECT 1 FROM users u JOIN sessions s ON s.session_id = NEW.session_id JOIN user_roles r ON r.user_id = u.user_id
    WHERE u.user_id = NEW.decided_by AND u.kind = 'person' AND u.disabled_at IS NULL
        AND s.user_id = u.user_id AND s.interactive = 1 AND s.ended_at IS NULL
        AND r.controller = NEW.controller AND r.role = 'desk'
)
BEGIN
    SELECT RAISE(ABORT, 'a decision at a gate needs a named guard in an interactive session');
END;

CREATE TRIGGER gate_decisions_are_about_what_is BEFORE INSERT ON gate_decisions
WHEN NEW.passage_id IS NOT NULL AND NOT EXISTS (
    SELECT 1 FROM arrivals a
    WHERE a.passage_id = NEW.passage_id AND a.controller = NEW.controller AND a.site = NEW.site AND a.node = NEW.node
        AND a.gate = NEW.gate AND a.revision = NEW.revision AND a.look IS NEW.look AND a.replayed = 0
        AND a.state IN ('new', 'update')
        AND (NEW.verdict <> 'not_this_person' OR a.enrolment_id IS NOT NULL)
        AND (NEW.verdict <> 'admit' OR a.look IS NULL OR EXISTS (SELECT 1 FROM looks_served l
            WHERE l.session_id = NEW.session_id AND l.passage_id = a.passage_id AND l.look = a.look))
)
BEGIN
    SELECT RAISE(ABORT, 'a decision at a gate is about the arrival as it is, and about the picture that was served');
END;

-- A request is answered once: not with yes and no.
CREATE TRIGGER gate_decisions_do_not_contradict BEFORE INSERT ON gate_decisions
WHEN NEW.request_id IS NOT NULL AND EXISTS (
    SELECT 1 FROM gate_decisions d WHERE d.request_id = NEW.request_id AND d.verdict <> NEW.verdict
)
BEGIN
    SELECT RAISE(ABORT, 'this request was answered otherwise');
END;

CREATE TRIGGER gate_decisions_are_never_changed BEFORE UPDATE ON gate_decisions
BEGIN
    SELECT RAISE(ABORT, 'decisions at a gate are never changed');
END;
CREATE TRIGGER gate_decisions_are_kept BEFORE DELETE ON gate_decisions
WHEN OLD.decided_at >= (CAST(strftime('%s', 'now') AS INTEGER) - 365 * 86400) * 1000000
BEGIN
    SELECT RAISE(ABORT, 'decisions at a gate are never deleted before their time');
END;

CREATE TRIGGER door_acts_need_their_decision BEFORE INSERT ON door_acts
WHEN NEW.cause = 'decision' AND NOT EXISTS (SELECT 1 FROM gate_decisions d WHERE d.decision_id = NEW.decision_id
    AND d.verdict IN ('admit', 'open'))
BEGIN
    SELECT RAISE(ABORT, 'a door acts on a decision that is there');
END;
CREATE TRIGGER door_acts_keep_their_decision BEFORE UPDATE ON door_acts
WHEN NEW.cause <> OLD.cause OR NEW.decision_id IS NOT OLD.decision_id
BEGIN
    SELECT RAISE(ABORT, 'a door act keeps its cause');
END;
