-- A site with a centre of its own, and the province above it. At the site: its own ledger, in which guards' decisions are
-- told, and the queue of what the province has not acknowledged yet. At the province: who speaks for a whole site, which nodes
-- are behind it, and what guards decided there.

ALTER TABLE nodes ADD COLUMN forwards BIGINT NOT NULL DEFAULT 0;
ALTER TABLE nodes ADD COLUMN via TEXT;
ALTER TABLE evidence ADD COLUMN forwarded_at BIGINT;

-- For which bodies, besides its own, a site's centre may speak: said by the province, never by the site.
CREATE TABLE site_grants (
    site TEXT NOT NULL,
    node TEXT NOT NULL,
    controller TEXT NOT NULL REFERENCES controllers (controller),
    PRIMARY KEY (site, node, controller),
    FOREIGN KEY (site, node) REFERENCES nodes (site, node)
);

CREATE TABLE own_ledger (
    one BIGINT PRIMARY KEY CHECK (one = 1),
    site TEXT NOT NULL,
    node TEXT NOT NULL,
    log_id BYTEA NOT NULL,
    last_seq BIGINT NOT NULL,
    last_number BIGINT NOT NULL
);

-- Numbers are minted in `own_ledger` and never used twice: a courier's place in the queue stays true when it runs empty.
CREATE TABLE forward_queue (
    number BIGINT PRIMARY KEY,
    event_id BYTEA NOT NULL UNIQUE
);

CREATE TABLE site_decisions (
    decision_id BYTEA PRIMARY KEY,
    controller TEXT NOT NULL,
    site TEXT NOT NULL,
    node TEXT NOT NULL,
    gate TEXT NOT NULL,
    verdict TEXT NOT NULL CHECK (verdict IN ('admit', 'refuse', 'not_this_person', 'open')),
    passage_id BYTEA,
    revision BIGINT,
    look BYTEA,
    request_id BYTEA,
    ask_id BYTEA,
    reason TEXT,
    note TEXT,
    officer TEXT NOT NULL,
    decided_at BIGINT NOT NULL,
    told_by TEXT NOT NULL,
    event_id BYTEA NOT NULL,
    received_at BIGINT NOT NULL,
    CHECK ((verdict = 'open') = (passage_id IS NULL)),
    CHECK ((verdict = 'open') = (ask_id IS NOT NULL)),
    CHECK (verdict NOT IN ('refuse', 'open') OR reason IS NOT NULL)
);
CREATE INDEX site_decisions_by_passage ON site_decisions (passage_id);
CREATE INDEX site_decisions_by_time ON site_decisions (decided_at);
CREATE INDEX arrivals_by_unknown_act ON arrivals (site, node) WHERE unknown_acts > 0;

-- Told in an event by whoever speaks for that very site, about a node behind it.
CREATE FUNCTION chilang_check_site_decision() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NOT EXISTS (
        SELECT 1 FROM events e JOIN nodes v ON v.site = e.site AND v.node = e.node
        JOIN nodes n ON n.site = NEW.site AND n.node = NEW.node AND n.via = v.node
        WHERE e.event_id = NEW.event_id AND e.kind = 'decision' AND e.controller = NEW.controller
            AND v.site = NEW.site AND v.node = NEW.told_by AND v.forwards = 1
    ) THEN
        RAISE EXCEPTION 'a decision at a site is told by whoever speaks for that site' USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END;
$$;
CREATE TRIGGER site_decisions_are_told_by_their_site BEFORE INSERT ON site_decisions
FOR EACH ROW EXECUTE FUNCTION chilang_check_site_decision();

CREATE FUNCTION chilang_check_site_decision_kept() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'DELETE' AND OLD.received_at < chilang_days_ago(365) THEN
        RETURN OLD;
    END IF;
    RAISE EXCEPTION 'decisions at a site are never changed, and never deleted before their time'
        USING ERRCODE = 'restrict_violation';
END;
$$;
CREATE TRIGGER site_decisions_are_kept BEFORE UPDATE OR DELETE ON site_decisions
FOR EACH ROW EXECUTE FUNCTION chilang_check_site_decision_kept();
CREATE TRIGGER site_decisions_are_never_emptied BEFORE TRUNCATE ON site_decisions
FOR EACH STATEMENT EXECUTE FUNCTION chilang_refuse('decisions at a site are never changed or deleted');

-- What a node behind a site does is decided there, and nowhere else.
CREATE FUNCTION chilang_check_gate_is_here() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (SELECT 1 FROM nodes n WHERE n.site = NEW.site AND n.node = NEW.node AND n.via IS NOT NULL) THEN
        RAISE EXCEPTION 'a gate behind a site''s own centre is decided there' USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END;
$$;
CREATE TRIGGER gate_decisions_are_made_where_the_gate_is BEFORE INSERT ON gate_decisions
FOR EACH ROW EXECUTE FUNCTION chilang_check_gate_is_here();

CREATE OR REPLACE FUNCTION chilang_check_door_act() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'UPDATE' AND (NEW.cause <> OLD.cause OR NEW.decision_id IS DISTINCT FROM OLD.decision_id) THEN
        RAISE EXCEPTION 'a door act keeps its cause' USING ERRCODE = 'restrict_violation';
    END IF;
    IF TG_OP = 'INSERT' AND NEW.cause = 'decision'
        AND NOT EXISTS (SELECT 1 FROM gate_decisions d WHERE d.decision_id = NEW.decision_id AND d.verdict IN ('admit', 'open'))
        AND NOT EXISTS (SELECT 1 FROM site_decisions d WHERE d.decision_id = NEW.decision_id AND d.verdict IN ('admit', 'open'))
    THEN
        RAISE EXCEPTION 'a door acts on a decision that is there' USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END;
$$;
