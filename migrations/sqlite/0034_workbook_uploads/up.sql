-- A unit's workbook that was handed back: what was read from it, and against which version of the draft, so that its
-- preview can be left and come back to. Applied once at most; dropped by whoever writes the report.
CREATE TABLE workbook_uploads (
  id INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,
  report_id BIGINT NOT NULL REFERENCES reports (id),
  file_name TEXT NOT NULL,
  size BIGINT NOT NULL CHECK (size > 0),
  sha256 TEXT NOT NULL,
  membership_id BIGINT NOT NULL REFERENCES memberships (id),
  adder_name TEXT NOT NULL,
  adder_title TEXT NOT NULL,
  uploaded_at TIMESTAMP NOT NULL,
  draft_version INTEGER NOT NULL,
  reading_json TEXT NOT NULL,
  applied_by BIGINT REFERENCES memberships (id),
  applied_at TIMESTAMP,
  applied_version INTEGER,
  CHECK ((applied_at IS NULL) = (applied_by IS NULL) AND (applied_at IS NULL) = (applied_version IS NULL))
);
CREATE INDEX workbook_uploads_by_report ON workbook_uploads (report_id);

-- Its bytes, as files have theirs.
CREATE TABLE workbook_upload_blocks (
  upload_id BIGINT NOT NULL REFERENCES workbook_uploads (id),
  number INTEGER NOT NULL,
  bytes BLOB NOT NULL,
  PRIMARY KEY (upload_id, number)
);
