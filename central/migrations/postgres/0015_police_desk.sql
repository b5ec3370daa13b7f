-- The traffic police's desk: who has which case, the law of the day with what speaks for the driver, corrections of plate
-- readings beside the machine's own, and a register of what was exported.

CREATE INDEX decisions_by_time ON decisions (controller, decided_at);

-- A case an officer has on the screen. It runs out by itself, and with its session.
CREATE TABLE case_leases (
    case_id BYTEA PRIMARY KEY REFERENCES cases (id),
    controller TEXT NOT NULL,
    holder BYTEA NOT NULL REFERENCES users (user_id),
    session_id BYTEA NOT NULL REFERENCES sessions (session_id),
    taken_at BIGINT NOT NULL,
    expires_at BIGINT NOT NULL
);
CREATE INDEX case_leases_by_session ON case_leases (session_id);

-- A case a leader gave to one officer.
CREATE TABLE case_assignments (
    case_id BYTEA PRIMARY KEY REFERENCES cases (id),
    controller TEXT NOT NULL,
    officer BYTEA NOT NULL REFERENCES users (user_id),
    assigned_by BYTEA NOT NULL REFERENCES users (user_id),
    session_id BYTEA NOT NULL REFERENCES sessions (session_id),
    assigned_at BIGINT NOT NULL
);

CREATE FUNCTION chilang_leases_are_an_officers() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NOT EXISTS (
        SELECT 1
        FROM cases c
        JOIN users u ON u.user_id = NEW.holder
        JOIN sessions s ON s.session_id = NEW.session_id
        JOIN user_roles r ON r.user_id = u.user_id
        WHERE c.id = NEW.case_id AND c.controller = NEW.controller AND c.state = 'pending_review'
            AND u.kind = 'person' AND u.disabled_at IS NULL
            AND s.user_id = u.user_id AND s.interactive = 1 AND s.ended_at IS NULL
            AND r.controller = c.controller AND r.role IN ('traffic_officer', 'traffic_leader')
    ) THEN
        RAISE EXCEPTION 'a waiting case is taken by an officer in person only' USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END;
$$;
CREATE TRIGGER leases_are_an_officers BEFORE INSERT ON case_leases
FOR EACH ROW EXECUTE FUNCTION chilang_leases_are_an_officers();
-- INSERT … ON CONFLICT DO UPDATE has asked the trigger above already; what is left is a lease that runs.
CREATE FUNCTION chilang_leases_are_not_taken_away() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.case_id <> OLD.case_id OR (
        NEW.holder <> OLD.holder AND OLD.expires_at > NEW.taken_at
        AND EXISTS (SELECT 1 FROM sessions s WHERE s.session_id = OLD.session_id AND s.ended_at IS NULL)
        AND NOT EXISTS (
            SELECT 1 FROM user_roles r
            WHERE r.user_id = NEW.holder AND r.controller = NEW.controller AND r.role = 'traffic_leader'
        )
    ) THEN
        RAISE EXCEPTION 'a case another officer has is taken over by a leader only' USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END;
$$;
CREATE TRIGGER leases_are_not_taken_away BEFORE UPDATE ON case_leases
FOR EACH ROW EXECUTE FUNCTION chilang_leases_are_not_taken_away();

CREATE FUNCTION chilang_assignments_are_a_leaders() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NOT EXISTS (
        SELECT 1
        FROM cases c
        JOIN users u ON u.user_id = NEW.assigned_by
        JOIN sessions s ON s.session_id = NEW.session_id
        JOIN user_roles r ON r.user_id = u.user_id
        JOIN users o ON o.user_id = NEW.officer
        JOIN user_roles g ON g.user_id = o.user_id
        WHERE c.id = NEW.case_id AND c.controller = NEW.controller AND c.state = 'pending_review'
            AND u.kind = 'person' AND u.disabled_at IS NULL
            AND s.user_id = u.user_id AND s.interactive = 1 AND s.ended_at IS NULL
            AND r.controller = c.controller AND r.role = 'traffic_leader'
            AND o.kind = 'person' AND o.disabled_at IS NULL
            AND g.controller = c.controller AND g.role IN ('traffic_officer', 'traffic_leader')
    ) THEN
        RAISE EXCEPTION 'a waiting case is given to an officer by a leader in person only' USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END;
$$;
CREATE TRIGGER assignments_are_a_leaders BEFORE INSERT ON case_assignments
FOR EACH ROW EXECUTE FUNCTION chilang_assignments_are_a_leaders();
CREATE TRIGGER assignments_are_made_anew BEFORE UPDATE ON case_assignments
FOR EACH ROW EXECUTE FUNCTION chilang_refuse('an assignment is never changed: another one takes its place');

-- Two officers never decide on one case.
CREATE FUNCTION chilang_decisions_respect_leases() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (
        SELECT 1 FROM case_leases l JOIN sessions s ON s.session_id = l.session_id
        WHERE l.case_id = NEW.case_id AND l.holder <> NEW.decided_by AND l.expires_at > NEW.decided_at AND s.ended_at IS NULL
    ) THEN
        RAISE EXCEPTION 'another officer has this case' USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END;
$$;
CREATE TRIGGER decisions_respect_leases BEFORE INSERT ON decisions
FOR EACH ROW EXECUTE FUNCTION chilang_decisions_respect_leases();
CREATE FUNCTION chilang_decisions_respect_assignments() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (SELECT 1 FROM case_assignments a WHERE a.case_id = NEW.case_id AND a.officer <> NEW.decided_by) THEN
        RAISE EXCEPTION 'this case was given to another officer' USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END;
$$;
CREATE TRIGGER decisions_respect_assignments BEFORE INSERT ON decisions
FOR EACH ROW EXECUTE FUNCTION chilang_decisions_respect_assignments();

-- What was asked before a violation was confirmed is part of the confirmation.
CREATE FUNCTION chilang_confirmation_needs_its_checklist() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.verdict = 'confirmed' AND (NEW.checklist IS NULL OR NEW.checklist NOT LIKE '%"answers":[{%') THEN
        RAISE EXCEPTION 'a confirmation needs the answers to its checklist' USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END;
$$;
CREATE TRIGGER confirmation_needs_its_checklist BEFORE INSERT ON decisions
FOR EACH ROW EXECUTE FUNCTION chilang_confirmation_needs_its_checklist();

-- The law of the day: what a behaviour's rule said from one day to another. `statute_vi` is empty where the data file does
-- not give the words of the instrument.
CREATE TABLE legal_rules (
    code TEXT NOT NULL,
    valid_from BIGINT NOT NULL,
    valid_to BIGINT,
    vehicle TEXT NOT NULL,
    behaviour_vi TEXT NOT NULL,
    behaviour_en TEXT NOT NULL,
    legal_ref TEXT NOT NULL,
    statute_vi TEXT NOT NULL,
    fine_min BIGINT NOT NULL,
    fine_max BIGINT NOT NULL,
    points BIGINT,
    note_vi TEXT NOT NULL,
    origin TEXT NOT NULL CHECK (origin IN ('committed', 'office')),
    PRIMARY KEY (code, valid_from),
    CHECK (valid_to IS NULL OR valid_to > valid_from)
);
-- What has to be asked before an act is called a violation. `code` '*' is every behaviour.
CREATE TABLE exemption_items (
    item TEXT NOT NULL,
    code TEXT NOT NULL,
    valid_from BIGINT NOT NULL,
    valid_to BIGINT,
    place BIGINT NOT NULL,
    text_vi TEXT NOT NULL,
    text_en TEXT NOT NULL,
    source TEXT NOT NULL,
    origin TEXT NOT NULL CHECK (origin IN ('committed', 'office')),
    PRIMARY KEY (item, code, valid_from),
    CHECK (valid_to IS NULL OR valid_to > valid_from)
);

-- What a person read on a plate, kept beside the machine's reading, which stays.
CREATE TABLE plate_corrections (
    passage_id BYTEA NOT NULL,
    number BIGINT NOT NULL,
    controller TEXT NOT NULL,
    plate_key TEXT NOT NULL,
    plate_last5 TEXT NOT NULL,
    plate_display TEXT NOT NULL,
    reason TEXT NOT NULL,
    corrected_by BYTEA NOT NULL REFERENCES users (user_id),
    session_id BYTEA NOT NULL REFERENCES sessions (session_id),
    corrected_at BIGINT NOT NULL,
    PRIMARY KEY (passage_id, number)
);
CREATE INDEX plate_corrections_by_key ON plate_corrections (plate_key);
CREATE INDEX plate_corrections_by_last5 ON plate_corrections (plate_last5);
CREATE FUNCTION chilang_corrections_are_an_officers() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NOT EXISTS (
        SELECT 1
        FROM passes p
        JOIN users u ON u.user_id = NEW.corrected_by
        JOIN sessions s ON s.session_id = NEW.session_id
        JOIN user_roles r ON r.user_id = u.user_id
        WHERE p.passage_id = NEW.passage_id AND p.controller = NEW.controller
            AND u.kind = 'person' AND u.disabled_at IS NULL
            AND s.user_id = u.user_id AND s.interactive = 1 AND s.ended_at IS NULL
            AND r.controller = p.controller AND r.role IN ('traffic_officer', 'traffic_leader')
    ) THEN
        RAISE EXCEPTION 'a reading is corrected by an officer in person only' USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END;
$$;
CREATE TRIGGER corrections_are_an_officers BEFORE INSERT ON plate_corrections
FOR EACH ROW EXECUTE FUNCTION chilang_corrections_are_an_officers();
CREATE TRIGGER corrections_are_never_changed BEFORE UPDATE ON plate_corrections
FOR EACH ROW EXECUTE FUNCTION chilang_refuse('a correction is never changed: another one stands beside it');

-- What left as a file: who, why, how many rows, which bytes. What was looked for stands in the audit log alone.
CREATE TABLE pass_exports (
    export_id BYTEA PRIMARY KEY,
    controller TEXT NOT NULL,
    format TEXT NOT NULL CHECK (format IN ('csv', 'xlsx')),
    site TEXT NOT NULL,
    from_at BIGINT NOT NULL,
    to_at BIGINT NOT NULL,
    reason TEXT NOT NULL,
    row_count BIGINT NOT NULL,
    sha256 BYTEA NOT NULL,
    exported_by BYTEA NOT NULL REFERENCES users (user_id),
    session_id BYTEA NOT NULL REFERENCES sessions (session_id),
    exported_at BIGINT NOT NULL,
    -- One place and a day at most, here too.
    CHECK (to_at > from_at AND to_at - from_at <= 86400000000)
);
CREATE FUNCTION chilang_exports_are_an_officers() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NOT EXISTS (
        SELECT 1
        FROM users u
        JOIN sessions s ON s.session_id = NEW.session_id
        JOIN user_roles r ON r.user_id = u.user_id
        WHERE u.user_id = NEW.exported_by AND u.kind = 'person' AND u.disabled_at IS NULL
            AND s.user_id = u.user_id AND s.interactive = 1 AND s.ended_at IS NULL
            AND r.controller = NEW.controller AND r.role IN ('traffic_officer', 'traffic_leader')
    ) THEN
        RAISE EXCEPTION 'passages are exported by an officer in person only' USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END;
$$;
CREATE TRIGGER exports_are_an_officers BEFORE INSERT ON pass_exports
FOR EACH ROW EXECUTE FUNCTION chilang_exports_are_an_officers();
CREATE TRIGGER exports_are_never_changed BEFORE UPDATE ON pass_exports
FOR EACH ROW EXECUTE FUNCTION chilang_refuse('the register of exports is never changed');
CREATE FUNCTION chilang_exports_are_kept() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF OLD.exported_at >= chilang_days_ago(730) THEN
        RAISE EXCEPTION 'the register of exports is never emptied before its time' USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN OLD;
END;
$$;
CREATE TRIGGER exports_are_kept BEFORE DELETE ON pass_exports
FOR EACH ROW EXECUTE FUNCTION chilang_exports_are_kept();
