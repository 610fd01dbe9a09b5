-- A unit's report as it came in prose, its text, and what was read of it with what was decided about each item.
CREATE TABLE prose_uploads (
  id INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,
  report_id BIGINT NOT NULL REFERENCES reports (id),
  file_name TEXT NOT NULL,
  kind TEXT NOT NULL CHECK (kind IN ('pdf', 'docx', 'doc', 'rtf', 'txt')),
  size BIGINT NOT NULL CHECK (size > 0),
  sha256 TEXT NOT NULL,
  text TEXT NOT NULL,
  version INTEGER NOT NULL,
  kept_json TEXT NOT NULL,
  membership_id BIGINT NOT NULL REFERENCES memberships (id),
  adder_name TEXT NOT NULL,
  adder_title TEXT NOT NULL,
  uploaded_at TIMESTAMP NOT NULL,
  applied_by BIGINT REFERENCES memberships (id),
  applied_at TIMESTAMP,
  applied_version INTEGER,
  CHECK ((applied_at IS NULL) = (applied_by IS NULL) AND (applied_at IS NULL) = (applied_version IS NULL))
);
CREATE INDEX prose_uploads_by_report ON prose_uploads (report_id);

-- Its bytes, as files have theirs.
CREATE TABLE prose_upload_blocks (
  upload_id BIGINT NOT NULL REFERENCES prose_uploads (id),
  number INTEGER NOT NULL,
  bytes BLOB NOT NULL,
  PRIMARY KEY (upload_id, number)
);
