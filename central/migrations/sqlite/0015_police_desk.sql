-- The traffic police's desk: who has which case, the law of the day with what speaks for the driver, corrections of plate
-- readings beside the machine's own, and a register of what was exported.

CREATE INDEX decisions_by_time ON decisions (controller, decided_at);

-- A case an officer has on the screen. It runs out by itself, and with its session.
CREATE TABLE case_leases (
    case_id BLOB PRIMARY KEY REFERENCES cases (id),
    controller TEXT NOT NULL,
    holder BLOB NOT NULL REFERENCES users (user_id),
    session_id BLOB NOT NULL REFERENCES sessions (session_id),
    taken_at BIGINT NOT NULL,
    expires_at BIGINT NOT NULL
);
CREATE INDEX case_leases_by_session ON case_leases (session_id);

-- A case a leader gave to one officer.
CREATE TABLE case_assignments (
    case_id BLOB PRIMARY KEY REFERENCES cases (id),
    controller TEXT NOT NULL,
    officer BLOB NOT NULL REFERENCES users (user_id),
    assigned_by BLOB NOT NULL REFERENCES users (user_id),
    session_id BLOB NOT NULL REFERENCES sessions (session_id),
    assigned_at BIGINT NOT NULL
);

CREATE TRIGGER leases_are_an_officers BEFORE INSERT ON case_leases
WHEN NOT EXISTS (
    SELECT 1
    FROM cases c
    JOIN users u ON u.user_id = NEW.holder
    JOIN sessions s ON s.session_id = NEW.session_id
    JOIN user_roles r ON r.user_id = u.user_id
    WHERE c.id = NEW.case_id AND c.controller = NEW.controller AND c.state = 'pending_review'
        AND u.kind = 'person' AND u.disabled_at IS NULL
        AND s.user_id = u.user_id AND s.interactive = 1 AND s.ended_at IS NULL
        AND r.controller = c.controller AND r.role IN ('traffic_officer', 'traffic_leader')
)
BEGIN
    SELECT RAISE(ABORT, 'a waiting case is taken by an officer in person only');
END;
-- INSERT … ON CONFLICT DO UPDATE has asked the trigger above already; what is left is a lease that runs.
CREATE TRIGGER leases_are_not_taken_away BEFORE UPDATE ON case_leases
WHEN NEW.case_id <> OLD.case_id OR (
    NEW.holder <> OLD.holder AND OLD.expires_at > NEW.taken_at
    AND EXISTS (SELECT 1 FROM sessions s WHERE s.session_id = OLD.session_id AND s.ended_at IS NULL)
    AND NOT EXISTS (
        SELECT 1 FROM user_roles r
        WHERE r.user_id = NEW.holder AND r.controller = NEW.controller AND r.role = 'traffic_leader'
    )
)
BEGIN
    SELECT RAISE(ABORT, 'a case another officer has is taken over by a leader only');
END;

CREATE TRIGGER assignments_are_a_leaders BEFORE INSERT ON case_assignments
WHEN NOT EXISTS (
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
)
BEGIN
    SELECT RAISE(ABORT, 'a waiting case is given to an officer by a leader in person only');
END;
CREATE TRIGGER assignments_are_made_anew BEFORE UPDATE ON case_assignments
BEGIN
    SELECT RAISE(ABORT, 'an assignment is never changed: another one takes its place');
END;

-- Two officers never decide on one case.
CREATE TRIGGER decisions_respect_leases BEFORE INSERT ON decisions
WHEN EXISTS (
    SELECT 1 FROM case_leases l JOIN sessions s ON s.session_id = l.session_id
    WHERE l.case_id = NEW.case_id AND l.holder <> NEW.decided_by AND l.expires_at > NEW.decided_at AND s.ended_at IS NULL
)
BEGIN
    SELECT RAISE(ABORT, 'another officer has this case');
END;
CREATE TRIGGER decisions_respect_assignments BEFORE INSERT ON decisions
WHEN EXISTS (SELECT 1 FROM case_assignments a WHERE a.case_id = NEW.case_id AND a.officer <> NEW.decided_by)
BEGIN
    SELECT RAISE(ABORT, 'this case was given to another officer');
END;

-- What was asked before a violation was confirmed is part of the confirmation.
CREATE TRIGGER confirmation_needs_its_checklist BEFORE INSERT ON decisions
WHEN NEW.verdict = 'confirmed' AND (NEW.checklist IS NULL OR NEW.checklist NOT LIKE '%"answers":[{%')
BEGIN
    SELECT RAISE(ABORT, 'a confirmation needs the answers to its checklist');
END;

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
    passage_id BLOB NOT NULL,
    number BIGINT NOT NULL,
    controller TEXT NOT NULL,
    plate_key TEXT NOT NULL,
    plate_last5 TEXT NOT NULL,
    plate_display TEXT NOT NULL,
    reason TEXT NOT NULL,
    corrected_by BLOB NOT NULL REFERENCES users (user_id),
    session_id BLOB NOT NULL REFERENCES sessions (session_id),
    corrected_at BIGINT NOT NULL,
    PRIMARY KEY (passage_id, number)
);
CREATE INDEX plate_corrections_by_key ON plate_corrections (plate_key);
CREATE INDEX plate_corrections_by_last5 ON plate_corrections (plate_last5);
CREATE TRIGGER corrections_are_an_officers BEFORE INSERT ON plate_corrections
WHEN NOT EXISTS (
    SELECT 1
    FROM passes p
    JOIN users u ON u.user_id = NEW.corrected_by
    JOIN sessions s ON s.session_id = NEW.session_id
    JOIN user_roles r ON r.user_id = u.user_id
    WHERE p.passage_id = NEW.passage_id AND p.controller = NEW.controller
        AND u.kind = 'person' AND u.disabled_at IS NULL
        AND s.user_id = u.user_id AND s.interactive = 1 AND s.ended_at IS NULL
        AND r.controller = p.controller AND r.role IN ('traffic_officer', 'traffic_leader')
)
BEGIN
    SELECT RAISE(ABORT, 'a reading is corrected by an officer in person only');
END;
CREATE TRIGGER corrections_are_never_changed BEFORE UPDATE ON plate_corrections
BEGIN
    SELECT RAISE(ABORT, 'a correction is never changed: another one stands beside it');
END;

-- What left as a file: who, why, how many rows, which bytes. What was looked for stands in the audit log alone.
CREATE TABLE pass_exports (
    export_id BLOB PRIMARY KEY,
    controller TEXT NOT NULL,
    format TEXT NOT NULL CHECK (format IN ('csv', 'xlsx')),
    site TEXT NOT NULL,
    from_at BIGINT NOT NULL,
    to_at BIGINT NOT NULL,
    reason TEXT NOT NULL,
    row_count BIGINT NOT NULL,
    sha256 BLOB NOT NULL,
    exported_by BLOB NOT NULL REFERENCES users (user_id),
    session_id BLOB NOT NULL REFERENCES sessions (session_id),
    exported_at BIGINT NOT NULL,
    -- One place and a day at most, here too.
    CHECK (to_at > from_at AND to_at - from_at <= 86400000000)
);
CREATE TRIGGER exports_are_an_officers BEFORE INSERT ON pass_exports
WHEN NOT EXISTS (
    SELECT 1
    FROM users u
    JOIN sessions s ON s.session_id = NEW.session_id
    JOIN user_roles r ON r.user_id = u.user_id
    WHERE u.user_id = NEW.exported_by AND u.kind = 'person' AND u.disabled_at IS NULL
        AND s.user_id = u.user_id AND s.interactive = 1 AND s.ended_at IS NULL
        AND r.controller = NEW.controller AND r.role IN ('traffic_officer', 'traffic_leader')
)
BEGIN
    SELECT RAISE(ABORT, 'passages are exported by an officer in person only');
END;
CREATE TRIGGER exports_are_never_changed BEFORE UPDATE ON pass_exports
BEGIN
    SELECT RAISE(ABORT, 'the register of exports is never changed');
END;
CREATE TRIGGER exports_are_kept BEFORE DELETE ON pass_exports
WHEN OLD.exported_at >= (CAST(strftime('%s', 'now') AS INTEGER) - 730 * 86400) * 1000000
BEGIN
    SELECT RAISE(ABORT, 'the register of exports is never emptied before its time');
END;
