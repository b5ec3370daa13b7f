-- Administration of accounts: a first password that must be changed, a second factor, who gave a role. What must never happen is
-- refused here too: a role somebody gives himself, a role given by nobody who may, a body without an administrator, a code
-- that counts twice.

-- 1 while the password is one an administrator was shown: its bearer may do nothing before choosing another.
ALTER TABLE users ADD COLUMN password_must_change BIGINT NOT NULL DEFAULT 0;
-- The administrator who gave it; none where the machine's own command line did.
ALTER TABLE user_roles ADD COLUMN given_by BLOB;

CREATE TABLE user_totp (
    user_id BLOB PRIMARY KEY REFERENCES users (user_id),
    secret BLOB NOT NULL,
    created_at BIGINT NOT NULL,
    confirmed_at BIGINT,
    last_step BIGINT NOT NULL
);

-- The deletion log is read backwards over years.
CREATE INDEX audit_of_retention ON audit (controller, day, seq) WHERE action = 'retention.apply';

CREATE TRIGGER totp_codes_count_once BEFORE UPDATE ON user_totp
WHEN NEW.last_step < OLD.last_step
BEGIN
    SELECT RAISE(ABORT, 'a code that was used never counts again');
END;

CREATE TRIGGER totp_secrets_are_never_exchanged BEFORE UPDATE ON user_totp
WHEN NEW.secret <> OLD.secret OR NEW.user_id <> OLD.user_id
    OR (OLD.confirmed_at IS NOT NULL AND NEW.confirmed_at IS NOT OLD.confirmed_at)
BEGIN
    SELECT RAISE(ABORT, 'a second factor is removed and enrolled anew, never exchanged');
END;

CREATE TRIGGER roles_are_given_by_an_administrator BEFORE INSERT ON user_roles
WHEN NEW.given_by IS NOT NULL AND (
    NEW.given_by = NEW.user_id
    OR NOT EXISTS (
        SELECT 1
        FROM users u
        JOIN user_roles r ON r.user_id = u.user_id
        JOIN user_totp t ON t.user_id = u.user_id
        WHERE u.user_id = NEW.given_by AND u.kind = 'person' AND u.disabled_at IS NULL AND u.password_must_change = 0
            AND r.controller = NEW.controller AND r.role = 'administrator' AND t.confirmed_at IS NOT NULL
    )
)
BEGIN
    SELECT RAISE(ABORT, 'a role is given by another person, an administrator of the same body');
END;

-- No statement of ours changes a row: roles are given and taken. By none an administrator is made or unmade.
CREATE TRIGGER administrators_are_not_made_by_a_change BEFORE UPDATE ON user_roles
WHEN NEW.user_id <> OLD.user_id OR NEW.controller <> OLD.controller OR NEW.given_by IS NOT OLD.given_by
    OR (NEW.role <> OLD.role AND 'administrator' IN (NEW.role, OLD.role))
BEGIN
    SELECT RAISE(ABORT, 'roles are given and taken, never changed');
END;

CREATE TRIGGER programs_are_no_administrators BEFORE INSERT ON user_roles
WHEN NEW.role = 'administrator' AND EXISTS (SELECT 1 FROM users u WHERE u.user_id = NEW.user_id AND u.kind <> 'person')
BEGIN
    SELECT RAISE(ABORT, 'an administrator is a person');
END;

CREATE TRIGGER the_last_administrator_keeps_the_role BEFORE DELETE ON user_roles
WHEN OLD.role = 'administrator'
    AND EXISTS (SELECT 1 FROM users u WHERE u.user_id = OLD.user_id AND u.disabled_at IS NULL)
    AND NOT EXISTS (
        SELECT 1 FROM user_roles r JOIN users u ON u.user_id = r.user_id
        WHERE r.controller = OLD.controller AND r.role = 'administrator' AND r.user_id <> OLD.user_id
            AND u.disabled_at IS NULL
    )
BEGIN
    SELECT RAISE(ABORT, 'a body keeps its last administrator');
END;

CREATE TRIGGER the_last_administrator_is_not_locked BEFORE UPDATE ON users
WHEN OLD.disabled_at IS NULL AND NEW.disabled_at IS NOT NULL AND EXISTS (
    SELECT 1 FROM user_roles mine
    WHERE mine.user_id = OLD.user_id AND mine.role = 'administrator' AND NOT EXISTS (
        SELECT 1 FROM user_roles r JOIN users u ON u.user_id = r.user_id
        WHERE r.controller = mine.controller AND r.role = 'administrator' AND r.user_id <> OLD.user_id
            AND u.disabled_at IS NULL
    )
)
BEGIN
    SELECT RAISE(ABORT, 'a body keeps its last administrator');
END;
