-- What the paper of a revision takes from outside the revision's own rows, in words, as it stood when the revision was sent: the
-- heading, the cited plans and legal bases, addressees and recipients, the figures it is compared with. Written in the transaction
-- of the sending; a revision from before this table has no row, and neither has what came of a table of before the system.
CREATE TABLE revision_frames (
  revision_id BIGINT PRIMARY KEY NOT NULL REFERENCES revisions (id),
  frame_json TEXT NOT NULL
);

-- Append-only, enforced where no code can forget it.
CREATE TRIGGER revision_frames_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON revision_frames FOR EACH STATEMENT EXECUTE FUNCTION forbid_change();
