-- A pass beside a face: random, told once to its bearer, kept as a fingerprint. One for each enrolment; it goes with the faces.
CREATE TABLE gate_passes (
    enrolment_id BYTEA PRIMARY KEY REFERENCES enrolments (enrolment_id),
    fingerprint BYTEA NOT NULL,
    issued_by BYTEA NOT NULL REFERENCES users (user_id),
    issued_at BIGINT NOT NULL
);
