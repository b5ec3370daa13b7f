-- Lists of plates. *wanted*: when such a plate passes at one of the entry's places, the officers of the body are told, quietly; nothing
-- is decided. *allowed*: a permit, shown beside a suspicion of the plate at one of the places; it decides nothing either. An entry is
-- proposed by one officer and approved by another, ends by itself, and is compared with whole plates only.

CREATE TABLE plate_lists (
    entry_id BLOB PRIMARY KEY,
    controller TEXT NOT NULL,
    kind TEXT NOT NULL CHECK (kind IN ('wanted', 'allowed')),
    -- Canonical key, never a pattern.
    plate_key TEXT NOT NULL CHECK (length(plate_key) BETWEEN 4 AND 12
        AND plate_key NOT GLOB '*[*?%_. -]*'),
    -- The unit, and who there answers for the entry.
    keeper TEXT NOT NULL CHECK (length(keeper) BETWEEN 2 AND 100
        AND keeper NOT GLOB ('*[' || char(1) || '-' || char(31) || char(127) || '-' || char(159) || ']*')),
    reason TEXT NOT NULL CHECK (length(reason) BETWEEN 5 AND 300
        AND reason NOT GLOB ('*[' || char(1) || '-' || char(31) || char(127) || '-' || char(159) || ']*')),
    expires_at BIGINT NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('proposed', 'approved', 'refused', 'withdrawn')),
    proposed_by BLOB NOT NULL REFERENCES users (user_id),
    proposed_session BLOB NOT NULL REFERENCES sessions (session_id),
    proposed_at BIGINT NOT NULL,
    decided_by BLOB REFERENCES users (user_id),
    decided_session BLOB REFERENCES sessions (session_id),
    decided_at BIGINT,
    decided_why TEXT,
    ended_by BLOB REFERENCES users (user_id),
    ended_session BLOB REFERENCES sessions (session_id),
    ended_at BIGINT,
    ended_why TEXT,
    -- 184 days at most, from the proposal and from the approval.
    CHECK (expires_at > proposed_at AND expires_at - proposed_at <= 15897600000000),
    CHECK (state <> 'approved' OR (expires_at > decided_at AND expires_at - decided_at <= 15897600000000)),
    -- Two officers.
    CHECK (decided_by IS NULL OR decided_by <> proposed_by),
    CHECK ((decided_by IS NULL) = (decided_at IS NULL) AND (decided_by IS NULL) = (decided_session IS NULL)),
    CHECK ((ended_by IS NULL) = (ended_at IS NULL) AND (ended_by IS NULL) = (ended_session IS NULL)),
    CHECK (state <> 'proposed' OR (decided_by IS NULL AND ended_by IS NULL)),
    CHECK (state <> 'approved' OR (decided_by IS NOT NULL AND ended_by IS NULL)),
    CHECK (state <> 'refused' OR (decided_by IS NOT NULL AND decided_why IS NOT NULL)),
    CHECK ((state = 'withdrawn') = (ended_by IS NOT NULL)),
    CHECK (ended_by IS NULL OR ended_why IS NOT NULL)
);
CREATE INDEX plate_lists_by_time ON plate_lists (controller, proposed_at, entry_id);
CREATE INDEX plate_lists_by_plate ON plate_lists (controller, plate_key);
CREATE TABLE plate_list_sites (
    entry_id BLOB NOT NULL REFERENCES plate_lists (entry_id),
    site TEXT NOT NULL,
    PRIMARY KEY (entry_id, site)
);

CREATE TRIGGER list_entries_are_proposed_by_an_officer BEFORE INSERT ON plate_lists
WHEN NEW.state <> 'proposed' OR EXISTS (SELECT 1 FROM plate_lists e WHERE e.entry_id = NEW.entry_id) OR NOT EXISTS (
    SELECT 1 FROM users u JOIN sessions s ON s.session_id = NEW.proposed_session
    JOIN user_roles r ON r.user_id = u.user_id
    WHERE u.user_id = NEW.proposed_by AND u.kind = 'person' AND u.disabled_at IS NULL
        AND s.user_id = u.user_id AND s.interactive = 1 AND s.ended_at IS NULL
        AND r.controller = NEW.controller AND r.role IN ('traffic_officer', 'traffic_leader')
)
BEGIN
    SELECT RAISE(ABORT, 'an entry of a list begins as the proposal of an officer in person');
END;
CREATE TRIGGER lists_have_an_end BEFORE INSERT ON plate_lists
WHEN (
    SELECT COUNT(*) FROM plate_lists e
    WHERE e.controller = NEW.controller AND e.state IN ('proposed', 'approved') AND e.expires_at > NEW.proposed_at
) >= 200
BEGIN
    SELECT RAISE(ABORT, 'the lists of this body are full');
END;
CREATE TRIGGER list_entries_keep_what_they_are BEFORE UPDATE ON plate_lists
WHEN NEW.entry_id <> OLD.entry_id OR NEW.controller <> OLD.controller OR NEW.kind <> OLD.kind
    OR NEW.plate_key <> OLD.plate_key OR NEW.keeper <> OLD.keeper OR NEW.reason <> OLD.reason
    OR NEW.expires_at <> OLD.expires_at OR NEW.proposed_by <> OLD.proposed_by
    OR NEW.proposed_session <> OLD.proposed_session OR NEW.proposed_at <> OLD.proposed_at
    OR NOT ((OLD.state = 'proposed' AND NEW.state IN ('approved', 'refused', 'withdrawn'))
        OR (OLD.state = 'approved' AND NEW.state = 'withdrawn'))
    OR (NEW.state = 'withdrawn' AND (NEW.decided_by IS NOT OLD.decided_by OR NEW.decided_at IS NOT OLD.decided_at
        OR NEW.decided_session IS NOT OLD.decided_session OR NEW.decided_why IS NOT OLD.decided_why))
BEGIN
    SELECT RAISE(ABORT, 'an entry of a list is decided once and never changed');
END;
CREATE TRIGGER list_entries_need_a_second_officer BEFORE UPDATE ON plate_lists
WHEN NEW.state IN ('approved', 'refused') AND (NEW.decided_by IS NULL OR NEW.decided_by = NEW.proposed_by OR NOT EXISTS (
    SELECT 1 FROM users u JOIN sessions s ON s.session_id = NEW.decided_session
    JOIN user_roles r ON r.user_id = u.user_id
    WHERE u.user_id = NEW.decided_by AND u.kind = 'person' AND u.disabled_at IS NULL
        AND s.user_id = u.user_id AND s.interactive = 1 AND s.ended_at IS NULL
        AND r.controller = NEW.controller AND r.role IN ('traffic_officer', 'traffic_leader')
))
BEGIN
    SELECT RAISE(ABORT, 'an entry of a list is decided by a second officer in person');
END;
-- No trail: what looks at several places looks for a week at most.
CREATE TRIGGER wide_list_entries_are_short BEFORE UPDATE ON plate_lists
WHEN NEW.state = 'approved' AND (
    (SELECT COUNT(*) FROM plate_list_sites p WHERE p.entry_id = NEW.entry_id) NOT BETWEEN 1 AND 20
    OR (NEW.kind = 'wanted' AND NEW.expires_at - NEW.decided_at > 604800000000
        AND (SELECT COUNT(*) FROM plate_list_sites p WHERE p.entry_id = NEW.entry_id) > 1)
)
BEGIN
    SELECT RAISE(ABORT, 'an entry has one to twenty places, and a wanted one of several lives seven days at most');
END;
CREATE TRIGGER list_entries_are_withdrawn_by_an_officer BEFORE UPDATE ON plate_lists
WHEN NEW.state = 'withdrawn' AND NOT EXISTS (
    SELECT 1 FROM users u JOIN sessions s ON s.session_id = NEW.ended_session
    JOIN user_roles r ON r.user_id = u.user_id
    WHERE u.user_id = NEW.ended_by AND u.kind = 'person' AND u.disabled_at IS NULL
        AND s.user_id = u.user_id AND s.interactive = 1 AND s.ended_at IS NULL
        AND r.controller = NEW.controller AND r.role IN ('traffic_officer', 'traffic_leader')
)
BEGIN
    SELECT RAISE(ABORT, 'an entry of a list is withdrawn by an officer in person');
END;
CREATE TRIGGER list_entries_are_kept BEFORE DELETE ON plate_lists
WHEN CASE OLD.state WHEN 'refused' THEN OLD.decided_at WHEN 'withdrawn' THEN OLD.ended_at ELSE OLD.expires_at END
    >= (CAST(strftime('%s', 'now') AS INTEGER) - 30 * 86400) * 1000000
BEGIN
    SELECT RAISE(ABORT, 'an entry of a list stays until thirty days after its end');
END;

CREATE TRIGGER list_places_are_said_with_the_proposal BEFORE INSERT ON plate_list_sites
WHEN NOT EXISTS (
    SELECT 1 FROM plate_lists e WHERE e.entry_id = NEW.entry_id AND e.state = 'proposed' AND (
        EXISTS (SELECT 1 FROM nodes n WHERE n.site = NEW.site AND n.controller = e.controller)
        OR EXISTS (SELECT 1 FROM camera_health h WHERE h.site = NEW.site AND h.controller = e.controller)
    )
) OR (SELECT COUNT(*) FROM plate_list_sites p WHERE p.entry_id = NEW.entry_id) >= 20
BEGIN
    SELECT RAISE(ABORT, 'the places of an entry are one to twenty of its body, said with the proposal');
END;
CREATE TRIGGER plates_are_listed_once_at_a_place BEFORE INSERT ON plate_list_sites
WHEN EXISTS (
    SELECT 1 FROM plate_lists e JOIN plate_lists o ON o.controller = e.controller AND o.plate_key = e.plate_key
        AND o.kind = e.kind AND o.entry_id <> e.entry_id
    JOIN plate_list_sites p ON p.entry_id = o.entry_id
    WHERE e.entry_id = NEW.entry_id AND p.site = NEW.site AND o.state IN ('proposed', 'approved')
        AND o.expires_at > e.proposed_at
)
BEGIN
    SELECT RAISE(ABORT, 'this plate is listed at this place already');
END;
CREATE TRIGGER list_places_are_never_changed BEFORE UPDATE ON plate_list_sites
BEGIN
    SELECT RAISE(ABORT, 'the places of an entry are never changed');
END;
CREATE TRIGGER list_places_are_kept BEFORE DELETE ON plate_list_sites
WHEN EXISTS (
    SELECT 1 FROM plate_lists e WHERE e.entry_id = OLD.entry_id
        AND CASE e.state WHEN 'refused' THEN e.decided_at WHEN 'withdrawn' THEN e.ended_at ELSE e.expires_at END
            >= (CAST(strftime('%s', 'now') AS INTEGER) - 30 * 86400) * 1000000
)
BEGIN
    SELECT RAISE(ABORT, 'the places of an entry stay with it');
END;

-- A wanted plate passed. The plate is that of the entry and stands nowhere here; a day later the row is gone.
CREATE TABLE plate_alerts (
    alert_id BLOB PRIMARY KEY,
    entry_id BLOB NOT NULL REFERENCES plate_lists (entry_id),
    passage_id BLOB NOT NULL,
    controller TEXT NOT NULL,
    site TEXT NOT NULL,
    node TEXT NOT NULL,
    camera TEXT NOT NULL,
    -- When the vehicle was there, and when the centre heard of it.
    at BIGINT NOT NULL,
    made_at BIGINT NOT NULL,
    seen_by BLOB REFERENCES users (user_id),
    seen_session BLOB REFERENCES sessions (session_id),
    seen_at BIGINT,
    UNIQUE (entry_id, passage_id),
    CHECK ((seen_by IS NULL) = (seen_at IS NULL) AND (seen_by IS NULL) = (seen_session IS NULL))
);
CREATE INDEX plate_alerts_by_time ON plate_alerts (controller, at, alert_id);

CREATE TRIGGER alerts_are_of_wanted_plates BEFORE INSERT ON plate_alerts
WHEN NEW.seen_by IS NOT NULL OR EXISTS (
    SELECT 1 FROM plate_alerts a
    WHERE a.alert_id = NEW.alert_id OR (a.entry_id = NEW.entry_id AND a.passage_id = NEW.passage_id)
) OR NOT EXISTS (
    SELECT 1 FROM plate_lists e JOIN plate_list_sites s ON s.entry_id = e.entry_id
    JOIN passes p ON p.passage_id = NEW.passage_id
    WHERE e.entry_id = NEW.entry_id AND e.controller = NEW.controller AND e.kind = 'wanted' AND e.state = 'approved'
        AND s.site = NEW.site AND NEW.at >= e.decided_at AND NEW.at < e.expires_at AND NEW.made_at < e.expires_at
        AND p.controller = NEW.controller AND p.site = NEW.site AND p.node = NEW.node AND p.plate_key = e.plate_key
        AND p.shadow = 0 AND p.state <> 'retracted'
)
BEGIN
    SELECT RAISE(ABORT, 'an alert is made once, for an approved wanted entry of this body and place, while it lasts');
END;
CREATE TRIGGER alerts_are_seen_once BEFORE UPDATE ON plate_alerts
WHEN NEW.alert_id <> OLD.alert_id OR NEW.entry_id <> OLD.entry_id OR NEW.passage_id <> OLD.passage_id
    OR NEW.controller <> OLD.controller OR NEW.site <> OLD.site OR NEW.node <> OLD.node OR NEW.camera <> OLD.camera
    OR NEW.at <> OLD.at OR NEW.made_at <> OLD.made_at OR OLD.seen_by IS NOT NULL OR NOT EXISTS (
        SELECT 1 FROM users u JOIN sessions s ON s.session_id = NEW.seen_session
        JOIN user_roles r ON r.user_id = u.user_id
        WHERE u.user_id = NEW.seen_by AND u.kind = 'person' AND u.disabled_at IS NULL
            AND s.user_id = u.user_id AND s.interactive = 1 AND s.ended_at IS NULL
            AND r.controller = NEW.controller AND r.role IN ('traffic_officer', 'traffic_leader')
    )
BEGIN
    SELECT RAISE(ABORT, 'an alert is seen once, by an officer in person, and never changed');
END;
-- A day from the earlier of the two moments, for a node's clock may be ahead; an hour less, for the job goes by a clock of its own.
CREATE TRIGGER alerts_are_kept BEFORE DELETE ON plate_alerts
WHEN OLD.at >= (CAST(strftime('%s', 'now') AS INTEGER) - 23 * 3600) * 1000000
    AND OLD.made_at >= (CAST(strftime('%s', 'now') AS INTEGER) - 23 * 3600) * 1000000
BEGIN
    SELECT RAISE(ABORT, 'an alert stays for its day');
END;
