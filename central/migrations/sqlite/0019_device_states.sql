-- When cameras and nodes were away. A camera's reports of one condition since one moment are one row that only ever grows, so
-- that late reports and reports in another order lead to the same rows; a node's rows are the changes of its connection.

CREATE TABLE camera_states (
    site TEXT NOT NULL,
    node TEXT NOT NULL,
    camera TEXT NOT NULL,
    controller TEXT NOT NULL,
    condition TEXT NOT NULL,
    since_at BIGINT NOT NULL,
    last_at BIGINT NOT NULL,
    words TEXT NOT NULL,
    PRIMARY KEY (site, node, camera, since_at, condition)
);
CREATE INDEX camera_states_by_time ON camera_states (controller, last_at);

CREATE TABLE node_states (
    site TEXT NOT NULL,
    node TEXT NOT NULL,
    since_at BIGINT NOT NULL,
    online BIGINT NOT NULL,
    PRIMARY KEY (site, node, since_at),
    FOREIGN KEY (site, node) REFERENCES nodes (site, node)
);

-- The history begins with what is known at this moment.
INSERT INTO node_states (site, node, since_at, online)
SELECT site, node, status_since, online FROM nodes WHERE status_since IS NOT NULL AND revoked_at IS NULL;
