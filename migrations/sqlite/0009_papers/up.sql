-- Number, date and signatory of the signed paper as entered after sending; the newest row counts, what the revision
-- itself says stays as it was sent. Append-only: a correction is the next row.
CREATE TABLE revision_papers (
  id INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,
  revision_id BIGINT NOT NULL REFERENCES revisions (id),
  number INTEGER NOT NULL,
  doc_number TEXT NOT NULL,
  doc_symbol TEXT NOT NULL,
  doc_date DATE NOT NULL,
  signatory_capacity TEXT NOT NULL,
  signatory_title TEXT NOT NULL,
  signatory_name TEXT NOT NULL,
  membership_id BIGINT NOT NULL REFERENCES memberships (id),
  recorder_name TEXT NOT NULL,
  recorder_title TEXT NOT NULL,
  recorded_at TIMESTAMP NOT NULL,
  UNIQUE (revision_id, number)
);

-- Append-only, enforced where no code can forget it.
CREATE TRIGGER revision_papers_no_update BEFORE UPDATE ON revision_papers BEGIN SELECT RAISE(ABORT, 'revision_papers is append-only'); END;
CREATE TRIGGER revision_papers_no_delete BEFORE DELETE ON revision_papers BEGIN SELECT RAISE(ABORT, 'revision_papers is append-only'); END;
