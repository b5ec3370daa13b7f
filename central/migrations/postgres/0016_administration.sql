-- Administration of accounts: a first password that must be changed, a second factor, who gave a role. What must never happen is
-- refused here too: a role somebody gives himself, a role given by nobody who may, a body without an administrator, a code
-- that counts twice.

-- 1 while the password is one an administrator was shown: its bearer may do nothing before choosing another.
ALTER TABLE users ADD COLUMN password_must_change BIGINT NOT NULL DEFAULT 0;
-- The administrator who gave it; none where the machine's own command line did.
ALTER TABLE user_roles ADD COLUMN given_by BYTEA;

CREATE TABLE user_totp (
    user_id BYTEA PRIMARY KEY REFERENCES users (user_id),
    secret BYTEA NOT NULL,
    created_at BIGINT NOT NULL,
    confirmed_at BIGINT,
    last_step BIGINT NOT NULL
);

-- The deletion log is read backwards over years.
CREATE INDEX audit_of_retention ON audit (controller, day, seq) WHERE action = 'retention.apply';

CREATE FUNCTION chilang_check_totp() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.last_step < OLD.last_step THEN
        RAISE EXCEPTION 'a code that was used never counts again' USING ERRCODE = 'restrict_violation';
    END IF;
    IF NEW.secret <> OLD.secret OR NEW.user_id <> OLD.user_id
        OR (OLD.confirmed_at IS NOT NULL AND NEW.confirmed_at IS DISTINCT FROM OLD.confirmed_at) THEN
        RAISE EXCEPTION 'a second factor is removed and enrolled anew, never exchanged'
            USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END;
$$;
CREATE TRIGGER totp_codes_count_once BEFORE UPDATE ON user_totp
FOR EACH ROW EXECUTE FUNCTION chilang_check_totp();

CREATE FUNCTION chilang_check_role_given() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.role = 'administrator'
        AND EXISTS (SELECT 1 FROM users u WHERE u.user_id = NEW.user_id AND u.kind <> 'person') THEN
        RAISE EXCEPTION 'an administrator is a person' USING ERRCODE = 'restrict_violation';
    END IF;
    IF NEW.given_by IS NOT NULL AND (
        NEW.given_by = NEW.user_id
        OR NOT EXISTS (
            SELECT 1
            FROM users u
            JOIN user_roles r ON r.user_id = u.user_id
            JOIN user_totp t ON t.user_id = u.user_id
            WHERE u.user_id = NEW.given_by AND u.kind = 'person' AND u.disabled_at IS NULL
                AND u.password_must_change = 0
                AND r.controller = NEW.controller AND r.role = 'administrator' AND t.confirmed_at IS NOT NULL
        )
    ) THEN
        RAISE EXCEPTION 'a role is given by another person, an administrator of the same body'
            USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END;
$$;
CREATE TRIGGER roles_are_given_by_an_administrator BEFORE INSERT ON user_roles
FOR EACH ROW EXECUTE FUNCTION chilang_check_role_given();
-- No statement of ours changes a row: roles are given and taken. By none an administrator is made or unmade.
CREATE TRIGGER administrators_are_not_made_by_a_change BEFORE UPDATE ON user_roles
FOR EACH ROW WHEN (
    NEW.user_id <> OLD.user_id OR NEW.controller <> OLD.controller OR NEW.given_by IS DISTINCT FROM OLD.given_by
    OR (NEW.role <> OLD.role AND 'administrator' IN (NEW.role, OLD.role))
) EXECUTE FUNCTION chilang_refuse('roles are given and taken, never changed');

-- Two administrators who take each other out at the same moment: the second waits for the first, and then sees it.
CREATE FUNCTION chilang_keep_last_administrator() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_TABLE_NAME = 'user_roles' THEN
        IF OLD.role = 'administrator' THEN
            PERFORM pg_advisory_xact_lock(hashtext('chilang.last_administrator'));
            IF EXISTS (SELECT 1 FROM users u WHERE u.user_id = OLD.user_id AND u.disabled_at IS NULL)
                AND NOT EXISTS (
                    SELECT 1 FROM user_roles r JOIN users u ON u.user_id = r.user_id
                    WHERE r.controller = OLD.controller AND r.role = 'administrator' AND r.user_id <> OLD.user_id
                        AND u.disabled_at IS NULL
                ) THEN
                RAISE EXCEPTION 'a body keeps its last administrator' USING ERRCODE = 'restrict_violation';
            END IF;
        END IF;
        RETURN OLD;
    END IF;
    IF OLD.disabled_at IS NULL AND NEW.disabled_at IS NOT NULL THEN
        PERFORM pg_advisory_xact_lock(hashtext('chilang.last_administrator'));
        IF EXISTS (
            SELECT 1 FROM user_roles mine
            WHERE mine.user_id = OLD.user_id AND mine.role = 'administrator' AND NOT EXISTS (
                SELECT 1 FROM user_roles r JOIN users u ON u.user_id = r.user_id
                WHERE r.controller = mine.controller AND r.role = 'administrator' AND r.user_id <> OLD.user_id
                    AND u.disabled_at IS NULL
            )
        ) THEN
            RAISE EXCEPTION 'a body keeps its last administrator' USING ERRCODE = 'restrict_violation';
        END IF;
    END IF;
    RETURN NEW;
END;
$$;
CREATE TRIGGER the_last_administrator_keeps_the_role BEFORE DELETE ON user_roles
FOR EACH ROW EXECUTE FUNCTION chilang_keep_last_administrator();
CREATE TRIGGER the_last_administrator_is_not_locked BEFORE UPDATE ON users
FOR EACH ROW EXECUTE FUNCTION chilang_keep_last_administrator();
