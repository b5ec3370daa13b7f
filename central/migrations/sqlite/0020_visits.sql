-- The visitors' book of a desk (sổ khách): who came on business to whom, who called the host and what the host said, who let in
-- or did not, when they left. A visit changes by a recorded step of a guard in person only; a step is never changed. And the
-- list of hosts the registrar keeps: whoever is no host any more is ended, not deleted.

CREATE TABLE hosts (
    host_id BLOB PRIMARY KEY,
    controller TEXT NOT NULL,
    name TEXT NOT NULL CHECK (name <> ''),
    department TEXT NOT NULL CHECK (department <> ''),
    room TEXT,
    phone TEXT,
    -- Name and department in plain letters without accents: what a search looks into.
    search_key TEXT NOT NULL,
    entered_by BLOB NOT NULL REFERENCES users (user_id),
    session_id BLOB NOT NULL REFERENCES sessions (session_id),
    entered_at BIGINT NOT NULL,
    ended_at BIGINT,
    ended_by BLOB REFERENCES users (user_id),
    ended_session BLOB REFERENCES sessions (session_id),
    CHECK ((ended_at IS NULL) = (ended_by IS NULL) AND (ended_at IS NULL) = (ended_session IS NULL))
);
CREATE INDEX hosts_by_controller ON hosts (controller, ended_at);
CREATE TABLE host_places (
    host_id BLOB NOT NULL REFERENCES hosts (host_id),
    site TEXT NOT NULL,
    PRIMARY KEY (host_id, site)
);
CREATE INDEX host_places_by_site ON host_places (site);

CREATE TRIGGER hosts_are_a_registrars BEFORE INSERT ON hosts
WHEN NEW.ended_at IS NOT NULL OR EXISTS (SELECT 1 FROM hosts h WHERE h.host_id = NEW.host_id) OR NOT EXISTS (
    SELECT 1 FROM users u JOIN sessions s ON s.session_id = NEW.session_id JOIN user_roles r ON r.user_id = u.user_id
    WHERE u.user_id = NEW.entered_by AND u.kind = 'person' AND u.disabled_at IS NULL
        AND s.user_id = u.user_id AND s.interactive = 1 AND s.ended_at IS NULL
        AND r.controller = NEW.controller AND r.role = 'registrar'
)
BEGIN
    SELECT RAISE(ABORT, 'a host is entered by a registrar in person');
END;
CREATE TRIGGER hosts_are_ended_once BEFORE UPDATE ON hosts
WHEN OLD.ended_at IS NOT NULL OR NEW.ended_at IS NULL OR NEW.host_id <> OLD.host_id OR NEW.controller <> OLD.controller
    OR NEW.name <> OLD.name OR NEW.department <> OLD.department OR NEW.room IS NOT OLD.room OR NEW.phone IS NOT OLD.phone
    OR NEW.search_key <> OLD.search_key OR NEW.entered_by <> OLD.entered_by OR NEW.session_id <> OLD.session_id
    OR NEW.entered_at <> OLD.entered_at OR NOT EXISTS (
        SELECT 1 FROM users u JOIN sessions s ON s.session_id = NEW.ended_session
        JOIN user_roles r ON r.user_id = u.user_id
        WHERE u.user_id = NEW.ended_by AND u.kind = 'person' AND u.disabled_at IS NULL
            AND s.user_id = u.user_id AND s.interactive = 1 AND s.ended_at IS NULL
            AND r.controller = NEW.controller AND r.role = 'registrar'
    )
BEGIN
    SELECT RAISE(ABORT, 'a host is ended once, by a registrar in person, and never changed');
END;
CREATE TRIGGER hosts_are_kept BEFORE DELETE ON hosts
WHEN OLD.ended_at IS NULL OR OLD.ended_at >= (CAST(strftime('%s', 'now') AS INTEGER) - 365 * 86400) * 1000000
BEGIN
    SELECT RAISE(ABORT, 'hosts are ended, and never deleted before their time');
END;
CREATE TRIGGER host_places_are_never_changed BEFORE UPDATE ON host_places
BEGIN
    SELECT RAISE(ABORT, 'the places of a host are never changed');
END;
CREATE TRIGGER host_places_are_kept BEFORE DELETE ON host_places
WHEN EXISTS (
    SELECT 1 FROM hosts h WHERE h.host_id = OLD.host_id
        AND (h.ended_at IS NULL OR h.ended_at >= (CAST(strftime('%s', 'now') AS INTEGER) - 365 * 86400) * 1000000)
)
BEGIN
    SELECT RAISE(ABORT, 'the places of a host stay with the host');
END;

CREATE TABLE visits (
    visit_id BLOB PRIMARY KEY,
    controller TEXT NOT NULL,
    site TEXT NOT NULL,
    visitor_name TEXT NOT NULL CHECK (visitor_name <> ''),
    organisation TEXT,
    purpose TEXT NOT NULL CHECK (purpose <> ''),
    badge TEXT,
    -- Whom the visit is for: one of the list, or a name alone.
    host_id BLOB,
    host_name TEXT,
    -- Visitor, organisation and host in plain letters without accents.
    search_key TEXT NOT NULL,
    -- The arrival at the gate, if it is known. No foreign key: the arrival may go earlier.
    arrival_id BLOB,
    arrived_at BIGINT NOT NULL,
    state TEXT NOT NULL CHECK (state IN
        ('waiting', 'host_called', 'expected', 'not_expected', 'no_answer', 'admitted', 'refused', 'left')),
    revision BIGINT NOT NULL CHECK (revision >= 1),
    registered_by BLOB NOT NULL REFERENCES users (user_id),
    session_id BLOB NOT NULL REFERENCES sessions (session_id),
    updated_at BIGINT NOT NULL,
    CHECK (host_id IS NULL OR host_name IS NOT NULL)
);
CREATE INDEX visits_by_time ON visits (controller, site, arrived_at, visit_id);
CREATE INDEX visits_by_update ON visits (controller, updated_at);

CREATE TABLE visit_steps (
    visit_id BLOB NOT NULL REFERENCES visits (visit_id),
    -- The revision the visit has after it; the registration was the first.
    number BIGINT NOT NULL CHECK (number >= 2),
    controller TEXT NOT NULL,
    step TEXT NOT NULL CHECK (step IN ('call_host', 'host_answer', 'admit', 'refuse', 'leave')),
    state TEXT NOT NULL,
    -- Of a call: whom.
    host_id BLOB,
    host_name TEXT,
    reason TEXT,
    note TEXT,
    taken_by BLOB NOT NULL REFERENCES users (user_id),
    session_id BLOB NOT NULL REFERENCES sessions (session_id),
    taken_at BIGINT NOT NULL,
    PRIMARY KEY (visit_id, number),
    CHECK ((step = 'call_host') = (host_name IS NOT NULL)),
    CHECK (step <> 'refuse' OR reason IS NOT NULL),
    CHECK ((step = 'call_host' AND state = 'host_called')
        OR (step = 'host_answer' AND state IN ('expected', 'not_expected', 'no_answer'))
        OR (step = 'admit' AND state = 'admitted')
        OR (step = 'refuse' AND state = 'refused')
        OR (step = 'leave' AND state = 'left'))
);

CREATE TRIGGER visits_are_a_guards BEFORE INSERT ON visits
WHEN NEW.state <> 'waiting' OR NEW.revision <> 1 OR EXISTS (SELECT 1 FROM visits v WHERE v.visit_id = NEW.visit_id) OR NOT EXISTS (
    SELECT 1 FROM users u JOIN sessions s ON s.session_id = NEW.session_id JOIN user_roles r ON r.user_id = u.user_id
    WHERE u.user_id = NEW.registered_by AND u.kind = 'person' AND u.disabled_at IS NULL
        AND s.user_id = u.user_id AND s.interactive = 1 AND s.ended_at IS NULL
        AND r.controller = NEW.controller AND r.role = 'desk'
)
BEGIN
    SELECT RAISE(ABORT, 'a visit begins as waiting, by the word of a guard in person');
END;
CREATE TRIGGER visits_are_of_one_place BEFORE INSERT ON visits
WHEN (NEW.arrival_id IS NOT NULL AND NOT EXISTS (
        SELECT 1 FROM arrivals a WHERE a.passage_id = NEW.arrival_id AND a.controller = NEW.controller
            AND a.site = NEW.site AND a.replayed = 0
    ))
    OR (NEW.host_id IS NOT NULL AND NOT EXISTS (
        SELECT 1 FROM hosts h JOIN host_places p ON p.host_id = h.host_id
        WHERE h.host_id = NEW.host_id AND h.controller = NEW.controller AND h.ended_at IS NULL AND p.site = NEW.site
    ))
BEGIN
    SELECT RAISE(ABORT, 'arrival and host of a visit are of its place and its body');
END;
CREATE TRIGGER visits_change_by_a_step_only BEFORE UPDATE ON visits
WHEN NEW.visit_id <> OLD.visit_id OR NEW.controller <> OLD.controller OR NEW.site <> OLD.site
    OR NEW.visitor_name <> OLD.visitor_name OR NEW.organisation IS NOT OLD.organisation OR NEW.purpose <> OLD.purpose
    OR (NEW.badge IS NOT OLD.badge AND NEW.state <> 'admitted') OR NEW.arrival_id IS NOT OLD.arrival_id OR NEW.arrived_at <> OLD.arrived_at
    OR NEW.registered_by <> OLD.registered_by OR NEW.session_id <> OLD.session_id OR NEW.revision <> OLD.revision + 1
    OR NOT EXISTS (
        SELECT 1 FROM visit_steps s
        WHERE s.visit_id = OLD.visit_id AND s.number = NEW.revision AND s.state = NEW.state AND s.taken_at = NEW.updated_at
    )
BEGIN
    SELECT RAISE(ABORT, 'a visit changes by a recorded step only');
END;
CREATE TRIGGER visits_are_kept BEFORE DELETE ON visits
WHEN OLD.updated_at >= (CAST(strftime('%s', 'now') AS INTEGER) - 365 * 86400) * 1000000
BEGIN
    SELECT RAISE(ABORT, 'visits are never deleted before their time');
END;

CREATE TRIGGER visit_steps_are_a_guards BEFORE INSERT ON visit_steps
WHEN NOT EXISTS (
    SELECT 1 FROM users u JOIN sessions s ON s.session_id = NEW.session_id JOIN user_roles r ON r.user_id = u.user_id
    WHERE u.user_id = NEW.taken_by AND u.kind = 'person' AND u.disabled_at IS NULL
        AND s.user_id = u.user_id AND s.interactive = 1 AND s.ended_at IS NULL
        AND r.controller = NEW.controller AND r.role = 'desk'
)
BEGIN
    SELECT RAISE(ABORT, 'a step of a visit needs a named guard in an interactive session');
END;
CREATE TRIGGER visit_steps_follow_what_is BEFORE INSERT ON visit_steps
WHEN NOT EXISTS (
    SELECT 1 FROM visits v
    WHERE v.visit_id = NEW.visit_id AND v.controller = NEW.controller AND v.revision + 1 = NEW.number AND v.state <> 'left'
        AND (NEW.step NOT IN ('call_host', 'host_answer') OR v.state NOT IN ('admitted', 'refused'))
        AND (NEW.step <> 'host_answer' OR v.state <> 'waiting')
        -- Without the host's word a guard says why.
        AND (NEW.step <> 'admit' OR v.state = 'expected' OR NEW.reason IS NOT NULL)
        AND NEW.state <> (CASE WHEN NEW.step IN ('admit', 'refuse') THEN v.state ELSE '' END)
        AND (NEW.step <> 'leave' OR v.state <> 'refused')
)
BEGIN
    SELECT RAISE(ABORT, 'a step of a visit follows the visit as it is');
END;
CREATE TRIGGER visit_steps_are_never_changed BEFORE UPDATE ON visit_steps
BEGIN
    SELECT RAISE(ABORT, 'steps of a visit are never changed');
END;
CREATE TRIGGER visit_steps_are_kept BEFORE DELETE ON visit_steps
WHEN OLD.taken_at >= (CAST(strftime('%s', 'now') AS INTEGER) - 365 * 86400) * 1000000
BEGIN
    SELECT RAISE(ABORT, 'steps of a visit are never deleted before their time');
END;
