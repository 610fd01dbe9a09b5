-- The consolidated report as it left: with number, day and signatory of the recorded sending. Written from the frozen edition
-- when the sending is recorded, and kept; a sending without a paper of its own has no row.
CREATE TABLE edition_dispatch_papers (
  dispatch_id BIGINT PRIMARY KEY NOT NULL REFERENCES edition_dispatches (id),
  signatory_capacity TEXT NOT NULL,
  signatory_title TEXT NOT NULL,
  signatory_name TEXT NOT NULL,
  file_name TEXT NOT NULL,
  bytes BYTEA NOT NULL,
  sha256 TEXT NOT NULL
);

-- Append-only, enforced where no code can forget it.
CREATE TRIGGER edition_dispatch_papers_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON edition_dispatch_papers FOR EACH STATEMENT EXECUTE FUNCTION forbid_change();
