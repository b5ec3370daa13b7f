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
    log_id BLOB NOT NULL,
    last_seq BIGINT NOT NULL,
    last_number BIGINT NOT NULL
);

-- Numbers are minted in `own_ledger` and never used twice: a courier's place in the queue stays true when it runs empty.
CREATE TABLE forward_queue (
    number BIGINT PRIMARY KEY,
    event_id BLOB NOT NULL UNIQUE
);

CREATE TABLE site_decisions (
    decision_id BLOB PRIMARY KEY,
    controller TEXT NOT NULL,
    site TEXT NOT NULL,
    node TEXT NOT NULL,
    gate TEXT NOT NULL,
    verdict TEXT NOT NULL CHECK (verdict IN ('admit', 'refuse', 'not_this_person', 'open')),
    passage_id BLOB,
    revision BIGINT,
    look BLOB,
    request_id BLOB,
    ask_id BLOB,
    reason TEXT,
    note TEXT,
    officer TEXT NOT NULL,
    decided_at BIGINT NOT NULL,
    told_by TEXT NOT NULL,
    event_id BLOB NOT NULL,
    received_at BIGINT NOT NULL,
    CHECK ((verdict = 'open') = (passage_id IS NULL)),
    CHECK ((verdict = 'open') = (ask_id IS NOT NULL)),
    CHECK (verdict NOT IN ('refuse', 'open') OR reason IS NOT NULL)
);
CREATE INDEX site_decisions_by_passage ON site_decisions (passage_id);
CREATE INDEX site_decisions_by_time ON site_decisions (decided_at);
CREATE INDEX arrivals_by_unknown_act ON arrivals (site, node) WHERE unknown_acts > 0;

-- Told in an event by whoever speaks for that very site, about a node behind it.
CREATE TRIGGER site_decisions_are_told_by_their_site BEFORE INSERT ON site_decisions
WHEN NOT EXISTS (
    SELECT 1 FROM events e JOIN nodes v ON v.site = e.site AND v.node = e.node
    JOIN nodes n ON n.site = NEW.site AND n.node = NEW.node AND n.via = v.node
    WHERE e.event_id = NEW.event_id AND e.kind = 'decision' AND e.controller = NEW.controller
        AND v.site = NEW.site AND v.node = NEW.told_by AND v.forwards = 1
)
BEGIN
    SELECT RAISE(ABORT, 'a decision at a site is told by whoever speaks for that site');
END;
CREATE TRIGGER site_decisions_are_never_changed BEFORE UPDATE ON site_decisions
BEGIN
    SELECT RAISE(ABORT, 'decisions at a site are never changed');
END;
CREATE TRIGGER site_decisions_are_kept BEFORE DELETE ON site_decisions
WHEN OLD.received_at >= (CAST(strftime('%s', 'now') AS INTEGER) - 365 * 86400) * 1000000
BEGIN
    SELECT RAISE(ABORT, 'decisions at a site are never deleted before their time');
END;

-- What a node behind a site does is decided there, and nowhere else.
CREATE TRIGGER gate_decisions_are_made_where_the_gate_is BEFORE INSERT ON gate_decisions
WHEN EXISTS (SELECT 1 FROM nodes n WHERE n.site = NEW.site AND n.node = NEW.node AND n.via IS NOT NULL)
BEGIN
    SELECT RAISE(ABORT, 'a gate behind a site''s own centre is decided there');
END;

DROP TRIGGER door_acts_need_their_decision;
CREATE TRIGGER door_acts_need_their_decision BEFORE INSERT ON door_acts
WHEN NEW.cause = 'decision' AND NOT EXISTS (SELECT 1 FROM gate_decisions d WHERE d.decision_id = NEW.decision_id
    AND d.verdict IN ('admit', 'open'))
    AND NOT EXISTS (SELECT 1 FROM site_decisions d WHERE d.decision_id = NEW.decision_id AND d.verdict IN ('admit', 'open'))
BEGIN
    SELECT RAISE(ABORT, 'a door acts on a decision that is there');
END;
