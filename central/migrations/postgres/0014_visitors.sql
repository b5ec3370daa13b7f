-- Visitors (lượt khách): sums of days kept beside the minutes, and what the tourism office itself says: names of places and
-- gates, capacities, holidays, figures typed in or corrected, months that were frozen. Of these nothing is ever changed or
-- deleted: a newer version is a new row, and each is the word of a person of the office in an interactive session.

-- A year of one line is half a million minutes: the database adds up its days as minutes come, in the same transaction.
CREATE TABLE count_days (
    controller TEXT NOT NULL,
    site TEXT NOT NULL,
    -- Days since 1970-01-01 in Asia/Ho_Chi_Minh, which is always UTC+7.
    day BIGINT NOT NULL,
    node TEXT NOT NULL,
    camera TEXT NOT NULL,
    line TEXT NOT NULL,
    class TEXT NOT NULL,
    went_in BIGINT NOT NULL,
    went_out BIGINT NOT NULL,
    doubtful BIGINT NOT NULL,
    analysed_ms BIGINT NOT NULL,
    -- Buckets that are in the sums; a day that has none was reported by nobody.
    buckets BIGINT NOT NULL,
    PRIMARY KEY (controller, site, day, node, camera, line, class)
);
INSERT INTO count_days (controller, site, day, node, camera, line, class, went_in, went_out, doubtful, analysed_ms, buckets)
SELECT controller, site, (start_at + 25200000000) / 86400000000, node, camera, line, class, CAST(SUM(went_in) AS BIGINT),
    CAST(SUM(went_out) AS BIGINT), CAST(SUM(doubtful) AS BIGINT), CAST(SUM(analysed_ms) AS BIGINT), COUNT(*)
FROM count_buckets WHERE state <> 'retracted'
GROUP BY controller, site, (start_at + 25200000000) / 86400000000, node, camera, line, class;

CREATE FUNCTION chilang_sum_days() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP <> 'INSERT' THEN
    UPDATE count_days SET went_in = went_in - OLD.went_in, went_out = went_out - OLD.went_out,
        doubtful = doubtful - OLD.doubtful, analysed_ms = analysed_ms - OLD.analysed_ms, buckets = buckets - 1
    WHERE OLD.state <> 'retracted' AND controller = OLD.controller AND site = OLD.site
        AND day = (OLD.start_at + 25200000000) / 86400000000 AND node = OLD.node AND camera = OLD.camera
        AND line = OLD.line AND class = OLD.class;
    END IF;
    IF TG_OP <> 'DELETE' THEN
    INSERT INTO count_days (controller, site, day, node, camera, line, class, went_in, went_out, doubtful, analysed_ms, buckets)
    SELECT NEW.controller, NEW.site, (NEW.start_at + 25200000000) / 86400000000, NEW.node, NEW.camera, NEW.line, NEW.class,
        NEW.went_in, NEW.went_out, NEW.doubtful, NEW.analysed_ms, 1
    WHERE NEW.state <> 'retracted'
    ON CONFLICT (controller, site, day, node, camera, line, class) DO UPDATE SET
        went_in = count_days.went_in + excluded.went_in, went_out = count_days.went_out + excluded.went_out,
        doubtful = count_days.doubtful + excluded.doubtful, analysed_ms = count_days.analysed_ms + excluded.analysed_ms,
        buckets = count_days.buckets + 1;
    END IF;
    RETURN NULL;
END;
$$;
CREATE TRIGGER count_days_follow AFTER INSERT OR UPDATE OR DELETE ON count_buckets
FOR EACH ROW EXECUTE FUNCTION chilang_sum_days();

CREATE TABLE visitor_places (
    controller TEXT NOT NULL,
    site TEXT NOT NULL,
    version BIGINT NOT NULL CHECK (version >= 1),
    title TEXT NOT NULL CHECK (title <> ''),
    set_by BYTEA NOT NULL REFERENCES users (user_id),
    session_id BYTEA NOT NULL REFERENCES sessions (session_id),
    set_at BIGINT NOT NULL,
    PRIMARY KEY (controller, site, version)
);
CREATE TABLE visitor_gates (
    controller TEXT NOT NULL,
    site TEXT NOT NULL,
    -- `node/camera/line` of a counting line, or the name of a gate that has no camera.
    gate TEXT NOT NULL CHECK (gate <> ''),
    version BIGINT NOT NULL CHECK (version >= 1),
    title TEXT NOT NULL CHECK (title <> ''),
    -- Is it a way in from outside? Only these make the sum of the place: an inner line would count everybody twice.
    adds_up BIGINT NOT NULL CHECK (adds_up IN (0, 1)),
    set_by BYTEA NOT NULL REFERENCES users (user_id),
    session_id BYTEA NOT NULL REFERENCES sessions (session_id),
    set_at BIGINT NOT NULL,
    PRIMARY KEY (controller, site, gate, version)
);
CREATE TABLE visitor_capacities (
    controller TEXT NOT NULL,
    site TEXT NOT NULL,
    version BIGINT NOT NULL CHECK (version >= 1),
    valid_from BIGINT NOT NULL,
    capacity BIGINT NOT NULL CHECK (capacity > 0),
    reason TEXT NOT NULL CHECK (reason <> ''),
    set_by BYTEA NOT NULL REFERENCES users (user_id),
    session_id BYTEA NOT NULL REFERENCES sessions (session_id),
    set_at BIGINT NOT NULL,
    PRIMARY KEY (controller, site, version)
);
CREATE TABLE visitor_holidays (
    controller TEXT NOT NULL,
    holiday_id BYTEA NOT NULL,
    version BIGINT NOT NULL CHECK (version >= 1),
    name TEXT NOT NULL CHECK (name <> ''),
    first_day BIGINT NOT NULL,
    last_day BIGINT NOT NULL,
    withdrawn BIGINT NOT NULL CHECK (withdrawn IN (0, 1)),
    set_by BYTEA NOT NULL REFERENCES users (user_id),
    session_id BYTEA NOT NULL REFERENCES sessions (session_id),
    set_at BIGINT NOT NULL,
    CHECK (first_day <= last_day AND last_day < first_day + 62),
    PRIMARY KEY (holiday_id, version)
);
CREATE TABLE visitor_entries (
    controller TEXT NOT NULL,
    site TEXT NOT NULL,
    gate TEXT NOT NULL CHECK (gate <> ''),
    span TEXT NOT NULL CHECK (span IN ('day', 'month')),
    first_day BIGINT NOT NULL,
    last_day BIGINT NOT NULL,
    version BIGINT NOT NULL CHECK (version >= 1),
    -- None: the figure is taken back, and the machine's stands again.
    went_in BIGINT CHECK (went_in >= 0),
    went_out BIGINT CHECK (went_out >= 0),
    reason TEXT NOT NULL CHECK (reason <> ''),
    set_by BYTEA NOT NULL REFERENCES users (user_id),
    session_id BYTEA NOT NULL REFERENCES sessions (session_id),
    set_at BIGINT NOT NULL,
    CHECK ((span = 'day') = (first_day = last_day)),
    -- Nobody knows the future: a day has begun, a month is over.
    CHECK (span <> 'day' OR first_day * 86400000000 - 25200000000 <= set_at),
    CHECK (span <> 'month' OR (last_day + 1) * 86400000000 - 25200000000 <= set_at),
    PRIMARY KEY (controller, site, gate, span, first_day, version)
);
CREATE TABLE visitor_freezes (
    controller TEXT NOT NULL,
    month TEXT NOT NULL,
    first_day BIGINT NOT NULL,
    last_day BIGINT NOT NULL,
    -- The whole report as it was, and its hash, which whoever signed had before him.
    content TEXT NOT NULL,
    sha256 BYTEA NOT NULL,
    signed_name TEXT NOT NULL CHECK (signed_name <> ''),
    signed_title TEXT NOT NULL CHECK (signed_title <> ''),
    set_by BYTEA NOT NULL REFERENCES users (user_id),
    session_id BYTEA NOT NULL REFERENCES sessions (session_id),
    set_at BIGINT NOT NULL,
    -- A month is frozen when it is over.
    CHECK ((last_day + 1) * 86400000000 - 25200000000 <= set_at),
    PRIMARY KEY (controller, month)
);

-- What the tourism office says, a person of it says.
CREATE FUNCTION chilang_check_tourism() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NOT EXISTS (
    SELECT 1 FROM users u
    JOIN sessions s ON s.session_id = NEW.session_id AND s.user_id = u.user_id
    JOIN user_roles r ON r.user_id = u.user_id
    WHERE u.user_id = NEW.set_by AND u.kind = 'person' AND u.disabled_at IS NULL
        AND s.interactive = 1 AND s.ended_at IS NULL
        AND r.controller = NEW.controller AND r.role = 'tourism'
    ) THEN
        RAISE EXCEPTION 'figures of visitors are the word of a person of the tourism office, in an interactive session'
            USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END;
$$;

CREATE TRIGGER visitor_places_are_a_persons BEFORE INSERT ON visitor_places
FOR EACH ROW EXECUTE FUNCTION chilang_check_tourism();
CREATE TRIGGER visitor_places_are_never_changed BEFORE UPDATE OR DELETE ON visitor_places
FOR EACH ROW EXECUTE FUNCTION chilang_refuse('visitor places are never changed or deleted');
CREATE TRIGGER visitor_places_are_never_emptied BEFORE TRUNCATE ON visitor_places
FOR EACH STATEMENT EXECUTE FUNCTION chilang_refuse('visitor places are never changed or deleted');
CREATE TRIGGER visitor_gates_are_a_persons BEFORE INSERT ON visitor_gates
FOR EACH ROW EXECUTE FUNCTION chilang_check_tourism();
CREATE TRIGGER visitor_gates_are_never_changed BEFORE UPDATE OR DELETE ON visitor_gates
FOR EACH ROW EXECUTE FUNCTION chilang_refuse('visitor gates are never changed or deleted');
CREATE TRIGGER visitor_gates_are_never_emptied BEFORE TRUNCATE ON visitor_gates
FOR EACH STATEMENT EXECUTE FUNCTION chilang_refuse('visitor gates are never changed or deleted');
CREATE TRIGGER visitor_capacities_are_a_persons BEFORE INSERT ON visitor_capacities
FOR EACH ROW EXECUTE FUNCTION chilang_check_tourism();
CREATE TRIGGER visitor_capacities_are_never_changed BEFORE UPDATE OR DELETE ON visitor_capacities
FOR EACH ROW EXECUTE FUNCTION chilang_refuse('visitor capacities are never changed or deleted');
CREATE TRIGGER visitor_capacities_are_never_emptied BEFORE TRUNCATE ON visitor_capacities
FOR EACH STATEMENT EXECUTE FUNCTION chilang_refuse('visitor capacities are never changed or deleted');
CREATE TRIGGER visitor_holidays_are_a_persons BEFORE INSERT ON visitor_holidays
FOR EACH ROW EXECUTE FUNCTION chilang_check_tourism();
CREATE TRIGGER visitor_holidays_are_never_changed BEFORE UPDATE OR DELETE ON visitor_holidays
FOR EACH ROW EXECUTE FUNCTION chilang_refuse('visitor holidays are never changed or deleted');
CREATE TRIGGER visitor_holidays_are_never_emptied BEFORE TRUNCATE ON visitor_holidays
FOR EACH STATEMENT EXECUTE FUNCTION chilang_refuse('visitor holidays are never changed or deleted');
CREATE TRIGGER visitor_entries_are_a_persons BEFORE INSERT ON visitor_entries
FOR EACH ROW EXECUTE FUNCTION chilang_check_tourism();
CREATE TRIGGER visitor_entries_are_never_changed BEFORE UPDATE OR DELETE ON visitor_entries
FOR EACH ROW EXECUTE FUNCTION chilang_refuse('visitor entries are never changed or deleted');
CREATE TRIGGER visitor_entries_are_never_emptied BEFORE TRUNCATE ON visitor_entries
FOR EACH STATEMENT EXECUTE FUNCTION chilang_refuse('visitor entries are never changed or deleted');
CREATE TRIGGER visitor_freezes_are_a_persons BEFORE INSERT ON visitor_freezes
FOR EACH ROW EXECUTE FUNCTION chilang_check_tourism();
CREATE TRIGGER visitor_freezes_are_never_changed BEFORE UPDATE OR DELETE ON visitor_freezes
FOR EACH ROW EXECUTE FUNCTION chilang_refuse('visitor freezes are never changed or deleted');
CREATE TRIGGER visitor_freezes_are_never_emptied BEFORE TRUNCATE ON visitor_freezes
FOR EACH STATEMENT EXECUTE FUNCTION chilang_refuse('visitor freezes are never changed or deleted');
