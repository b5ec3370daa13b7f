-- People who are enrolled for a gate, and those watched for: what is known of them is sealed with a key of their own, which
-- goes with their withdrawal. Who proposes is never who approves: the database refuses it too.

-- One key for each person and each watch entry, wrapped by the vault's key (a file beside the store). A backup of the store
-- leaves this table out; it is copied apart and never kept for long, so that a key that is gone is gone everywhere.
CREATE TABLE data_keys (
    subject_id BYTEA PRIMARY KEY,
    controller TEXT NOT NULL,
    wrapped BYTEA NOT NULL,
    created_at BIGINT NOT NULL
);

CREATE TABLE persons (
    person_id BYTEA PRIMARY KEY,
    controller TEXT NOT NULL,
    name_sealed BYTEA,
    unit_sealed BYTEA,
    created_at BIGINT NOT NULL,
    erased_at BIGINT
);

CREATE TABLE enrolments (
    enrolment_id BYTEA PRIMARY KEY,
    person_id BYTEA NOT NULL REFERENCES persons (person_id),
    controller TEXT NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('proposed', 'approved', 'rejected', 'withdrawn', 'expired')),
    basis_kind TEXT NOT NULL CHECK (basis_kind IN ('consent', 'law')),
    basis TEXT NOT NULL,
    consent_on TEXT,
    valid_from BIGINT NOT NULL,
    valid_to BIGINT NOT NULL,
    hours TEXT NOT NULL,
    proposed_by BYTEA NOT NULL REFERENCES users (user_id),
    proposed_session BYTEA REFERENCES sessions (session_id),
    proposed_at BIGINT NOT NULL,
    approved_by BYTEA REFERENCES users (user_id),
    approved_session BYTEA REFERENCES sessions (session_id),
    approved_at BIGINT,
    ended_at BIGINT,
    ended_by BYTEA REFERENCES users (user_id),
    batch_id BYTEA,
    row_key BYTEA,
    CHECK (valid_from < valid_to),
    CHECK ((basis_kind = 'consent') = (consent_on IS NOT NULL)),
    UNIQUE (controller, row_key)
);
CREATE INDEX enrolments_by_person ON enrolments (person_id);
CREATE INDEX enrolments_by_state ON enrolments (controller, state, enrolment_id);

-- Another table than that of the enrolled: nobody is let in by standing here, and nobody turned away.
CREATE TABLE watch_entries (
    enrolment_id BYTEA PRIMARY KEY,
    controller TEXT NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('proposed', 'approved', 'rejected', 'withdrawn', 'expired')),
    label_sealed BYTEA,
    basis TEXT NOT NULL CHECK (basis <> ''),
    expires_at BIGINT NOT NULL,
    proposed_by BYTEA NOT NULL REFERENCES users (user_id),
    proposed_session BYTEA REFERENCES sessions (session_id),
    proposed_at BIGINT NOT NULL,
    approved_by BYTEA REFERENCES users (user_id),
    approved_session BYTEA REFERENCES sessions (session_id),
    approved_at BIGINT,
    ended_at BIGINT,
    ended_by BYTEA REFERENCES users (user_id),
    -- Half a year at most; whoever wants it longer gives a reason anew.
    CHECK (expires_at > proposed_at AND expires_at <= proposed_at + 184 * 86400000000)
);
CREATE INDEX watch_entries_by_state ON watch_entries (controller, state, enrolment_id);

-- Gates, pictures and templates of an enrolment or a watch entry, by its id.
CREATE TABLE face_gates (
    enrolment_id BYTEA NOT NULL,
    site TEXT NOT NULL,
    node TEXT NOT NULL,
    gate TEXT NOT NULL,
    PRIMARY KEY (enrolment_id, site, node, gate)
);
CREATE INDEX face_gates_by_node ON face_gates (site, node);

CREATE TABLE face_pictures (
    enrolment_id BYTEA NOT NULL,
    position BIGINT NOT NULL,
    sealed BYTEA NOT NULL,
    PRIMARY KEY (enrolment_id, position)
);

CREATE TABLE face_templates (
    enrolment_id BYTEA NOT NULL,
    position BIGINT NOT NULL,
    embedder BYTEA NOT NULL,
    sealed BYTEA NOT NULL,
    PRIMARY KEY (enrolment_id, position, embedder)
);

-- The key each node's gallery is sealed with, wrapped; and what its newest gallery was made of.
CREATE TABLE node_galleries (
    site TEXT NOT NULL,
    node TEXT NOT NULL,
    wrapped BYTEA NOT NULL,
    key_since BIGINT NOT NULL,
    revision BIGINT NOT NULL,
    made_of BYTEA NOT NULL,
    not_after BIGINT NOT NULL,
    PRIMARY KEY (site, node),
    FOREIGN KEY (site, node) REFERENCES nodes (site, node)
);

-- A withdrawal: what went, and which nodes have to say that they know.
CREATE TABLE withdrawals (
    subject_id BYTEA PRIMARY KEY,
    controller TEXT NOT NULL,
    why TEXT NOT NULL CHECK (why IN ('withdrawn', 'expired', 'rejected')),
    enrolments TEXT NOT NULL,
    templates BIGINT NOT NULL,
    pictures BIGINT NOT NULL,
    at BIGINT NOT NULL
);

CREATE TABLE withdrawal_nodes (
    subject_id BYTEA NOT NULL REFERENCES withdrawals (subject_id),
    site TEXT NOT NULL,
    node TEXT NOT NULL,
    revision BIGINT NOT NULL,
    confirmed_at BIGINT,
    PRIMARY KEY (subject_id, site, node)
);
CREATE INDEX withdrawal_nodes_open ON withdrawal_nodes (confirmed_at);

CREATE FUNCTION chilang_is_registrar(who BYTEA, at_controller TEXT, in_session BYTEA) RETURNS BOOLEAN LANGUAGE sql STABLE AS $$
    SELECT EXISTS (
        SELECT 1 FROM users u JOIN user_roles r ON r.user_id = u.user_id
        WHERE u.user_id = who AND u.kind = 'person' AND u.disabled_at IS NULL
            AND r.controller = at_controller AND r.role = 'registrar'
            AND (in_session IS NULL OR EXISTS (SELECT 1 FROM sessions s WHERE s.session_id = in_session
                AND s.user_id = u.user_id AND s.interactive = 1 AND s.ended_at IS NULL))
    )
$$;

-- For enrolments and watch entries alike: both have the columns this speaks of.
CREATE FUNCTION chilang_check_two_registrars() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'INSERT' THEN
        IF NEW.state <> 'proposed' OR NEW.approved_by IS NOT NULL OR NEW.ended_at IS NOT NULL
            OR NOT chilang_is_registrar(NEW.proposed_by, NEW.controller, NEW.proposed_session) THEN
            RAISE EXCEPTION 'it begins as the proposal of a registrar in person' USING ERRCODE = 'restrict_violation';
        END IF;
        RETURN NEW;
    END IF;
    IF (NEW.state <> OLD.state AND NOT (
            (OLD.state = 'proposed' AND NEW.state IN ('approved', 'rejected', 'withdrawn', 'expired'))
            OR (OLD.state = 'approved' AND NEW.state IN ('withdrawn', 'expired'))
        ))
        OR NEW.proposed_by <> OLD.proposed_by OR NEW.controller <> OLD.controller
        OR (OLD.approved_by IS NOT NULL AND NEW.approved_by IS DISTINCT FROM OLD.approved_by)
        OR (NEW.state = 'approved' AND OLD.state <> 'approved' AND (
            NEW.approved_by IS NULL OR NEW.approved_by = NEW.proposed_by
            OR NOT chilang_is_registrar(NEW.approved_by, NEW.controller, NEW.approved_session)
        )) THEN
        RAISE EXCEPTION 'it is approved by a second registrar in person' USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END;
$$;
CREATE TRIGGER enrolments_need_a_second_person BEFORE INSERT OR UPDATE ON enrolments
FOR EACH ROW EXECUTE FUNCTION chilang_check_two_registrars();
CREATE TRIGGER watch_entries_need_a_second_person BEFORE INSERT OR UPDATE ON watch_entries
FOR EACH ROW EXECUTE FUNCTION chilang_check_two_registrars();
