-- A grant to look for one vehicle at several places and over more than a day: of a case, asked for by one officer and approved by
-- another, for a week at most, with an end. The plate is that of the case and stands nowhere here: when the case is emptied or
-- its node says something else, the grant gives nothing any more.

CREATE TABLE plate_grants (
    grant_id BLOB PRIMARY KEY,
    controller TEXT NOT NULL,
    case_id BLOB NOT NULL REFERENCES cases (id),
    -- The case as its machine side stood when the grant was asked for.
    case_revision BIGINT NOT NULL,
    from_at BIGINT NOT NULL,
    to_at BIGINT NOT NULL,
    reason TEXT NOT NULL CHECK (reason <> ''),
    state TEXT NOT NULL CHECK (state IN ('asked', 'granted', 'refused', 'withdrawn')),
    asked_by BLOB NOT NULL REFERENCES users (user_id),
    asked_session BLOB NOT NULL REFERENCES sessions (session_id),
    asked_at BIGINT NOT NULL,
    decided_by BLOB REFERENCES users (user_id),
    decided_session BLOB REFERENCES sessions (session_id),
    decided_at BIGINT,
    decided_why TEXT,
    expires_at BIGINT,
    withdrawn_by BLOB REFERENCES users (user_id),
    withdrawn_session BLOB REFERENCES sessions (session_id),
    withdrawn_at BIGINT,
    withdrawn_why TEXT,
    -- A week at most, both of what is looked into and of the looking.
    CHECK (to_at > from_at AND to_at - from_at <= 604800000000),
    CHECK (expires_at IS NULL OR (expires_at > decided_at AND expires_at - decided_at <= 604800000000)),
    -- Two officers.
    CHECK (decided_by IS NULL OR decided_by <> asked_by),
    CHECK ((decided_by IS NULL) = (decided_at IS NULL) AND (decided_by IS NULL) = (decided_session IS NULL)),
    CHECK ((withdrawn_by IS NULL) = (withdrawn_at IS NULL) AND (withdrawn_by IS NULL) = (withdrawn_session IS NULL)),
    CHECK (state <> 'asked' OR (decided_by IS NULL AND withdrawn_by IS NULL)),
    CHECK (state <> 'granted' OR (decided_by IS NOT NULL AND expires_at IS NOT NULL AND withdrawn_by IS NULL)),
    CHECK (state <> 'refused' OR (decided_by IS NOT NULL AND decided_why IS NOT NULL AND expires_at IS NULL)),
    CHECK ((state = 'withdrawn') = (withdrawn_by IS NOT NULL))
);
CREATE INDEX plate_grants_by_time ON plate_grants (controller, asked_at, grant_id);
CREATE INDEX plate_grants_by_case ON plate_grants (case_id);
CREATE TABLE plate_grant_sites (
    grant_id BLOB NOT NULL REFERENCES plate_grants (grant_id),
    site TEXT NOT NULL,
    PRIMARY KEY (grant_id, site)
);

CREATE TRIGGER grants_are_asked_for_by_an_officer BEFORE INSERT ON plate_grants
WHEN NEW.state <> 'asked' OR EXISTS (SELECT 1 FROM plate_grants g WHERE g.grant_id = NEW.grant_id) OR NOT EXISTS (
    SELECT 1 FROM cases c JOIN users u ON u.user_id = NEW.asked_by JOIN sessions s ON s.session_id = NEW.asked_session
    JOIN user_roles r ON r.user_id = u.user_id
    WHERE c.id = NEW.case_id AND c.controller = NEW.controller AND c.revision = NEW.case_revision
        AND c.plate_key IS NOT NULL AND c.state IN ('pending_review', 'confirmed')
        AND u.kind = 'person' AND u.disabled_at IS NULL
        AND s.user_id = u.user_id AND s.interactive = 1 AND s.ended_at IS NULL
        AND r.controller = c.controller AND r.role IN ('traffic_officer', 'traffic_leader')
)
BEGIN
    SELECT RAISE(ABORT, 'a grant is asked for by an officer in person, for a case with a plate');
END;
CREATE TRIGGER grants_keep_what_they_are BEFORE UPDATE ON plate_grants
WHEN NEW.grant_id <> OLD.grant_id OR NEW.controller <> OLD.controller OR NEW.case_id <> OLD.case_id
    OR NEW.case_revision <> OLD.case_revision OR NEW.from_at <> OLD.from_at OR NEW.to_at <> OLD.to_at
    OR NEW.reason <> OLD.reason OR NEW.asked_by <> OLD.asked_by OR NEW.asked_session <> OLD.asked_session
    OR NEW.asked_at <> OLD.asked_at
    OR NOT ((OLD.state = 'asked' AND NEW.state IN ('granted', 'refused', 'withdrawn'))
        OR (OLD.state = 'granted' AND NEW.state = 'withdrawn'))
    OR (OLD.decided_by IS NOT NULL AND (NEW.decided_by <> OLD.decided_by OR NEW.decided_at <> OLD.decided_at
        OR NEW.decided_session <> OLD.decided_session OR NEW.expires_at IS NOT OLD.expires_at
        OR NEW.decided_why IS NOT OLD.decided_why))
BEGIN
    SELECT RAISE(ABORT, 'a grant is decided once and never changed');
END;
CREATE TRIGGER grants_need_a_second_officer BEFORE UPDATE ON plate_grants
WHEN NEW.state IN ('granted', 'refused') AND (NEW.decided_by IS NULL OR NEW.decided_by = NEW.asked_by OR NOT EXISTS (
    SELECT 1 FROM cases c JOIN users u ON u.user_id = NEW.decided_by JOIN sessions s ON s.session_id = NEW.decided_session
    JOIN user_roles r ON r.user_id = u.user_id
    WHERE c.id = NEW.case_id AND u.kind = 'person' AND u.disabled_at IS NULL
        AND s.user_id = u.user_id AND s.interactive = 1 AND s.ended_at IS NULL
        AND r.controller = NEW.controller AND r.role IN ('traffic_officer', 'traffic_leader')
        AND (NEW.state = 'refused' OR (c.revision = NEW.case_revision AND c.plate_key IS NOT NULL
            AND c.state IN ('pending_review', 'confirmed')))
))
BEGIN
    SELECT RAISE(ABORT, 'a grant is decided by a second officer in person, on the case as it was');
END;
CREATE TRIGGER grants_are_withdrawn_by_an_officer BEFORE UPDATE ON plate_grants
WHEN NEW.state = 'withdrawn' AND NOT EXISTS (
    SELECT 1 FROM users u JOIN sessions s ON s.session_id = NEW.withdrawn_session
    JOIN user_roles r ON r.user_id = u.user_id
    WHERE u.user_id = NEW.withdrawn_by AND u.kind = 'person' AND u.disabled_at IS NULL
        AND s.user_id = u.user_id AND s.interactive = 1 AND s.ended_at IS NULL
        AND r.controller = NEW.controller AND r.role IN ('traffic_officer', 'traffic_leader')
)
BEGIN
    SELECT RAISE(ABORT, 'a grant is withdrawn by an officer in person');
END;
-- A grant goes with its case and never before it.
CREATE TRIGGER grants_are_kept BEFORE DELETE ON plate_grants
WHEN EXISTS (SELECT 1 FROM cases c WHERE c.id = OLD.case_id AND c.emptied_at IS NULL)
BEGIN
    SELECT RAISE(ABORT, 'a grant stays as long as its case');
END;
CREATE TRIGGER grant_sites_are_said_when_it_is_asked BEFORE INSERT ON plate_grant_sites
WHEN NOT EXISTS (SELECT 1 FROM plate_grants g WHERE g.grant_id = NEW.grant_id AND g.state = 'asked')
BEGIN
    SELECT RAISE(ABORT, 'the places of a grant are those it was asked for');
END;
CREATE TRIGGER grant_sites_are_never_changed BEFORE UPDATE ON plate_grant_sites
BEGIN
    SELECT RAISE(ABORT, 'the places of a grant are never changed');
END;
CREATE TRIGGER grant_sites_are_kept BEFORE DELETE ON plate_grant_sites
WHEN EXISTS (
    SELECT 1 FROM plate_grants g JOIN cases c ON c.id = g.case_id
    WHERE g.grant_id = OLD.grant_id AND c.emptied_at IS NULL
)
BEGIN
    SELECT RAISE(ABORT, 'the places of a grant stay with it');
END;

-- The register of exports is read from its end.
CREATE INDEX pass_exports_by_time ON pass_exports (controller, exported_at, export_id);
