-- Which node linked a picture to a passage: only the passage's own node may, and only pictures of its own. A link from before is
-- taken for that of the picture's node.
ALTER TABLE evidence_links ADD COLUMN node TEXT NOT NULL DEFAULT '';
UPDATE evidence_links SET node = COALESCE((SELECT v.node FROM evidence v WHERE v.sha256 = evidence_links.sha256), '');
