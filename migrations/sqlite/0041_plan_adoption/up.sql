-- An issued document as it came, its text, and what would be made of it with what the compiler has decided.
-- plan_id is the plan adopted from it, or for one that is only compared the plan it is compared with.
CREATE TABLE plan_uploads (
  id INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,
  province_id BIGINT NOT NULL REFERENCES units (id),
  unit_id BIGINT NOT NULL REFERENCES units (id),
  plan_id BIGINT REFERENCES plans (id),
  file_name TEXT NOT NULL,
  kind TEXT NOT NULL CHECK (kind IN ('pdf', 'docx', 'doc', 'rtf', 'txt')),
  size BIGINT NOT NULL,
  sha256 TEXT NOT NULL,
  text TEXT NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('open', 'adopted', 'compared')),
  version INTEGER NOT NULL,
  draft_json TEXT NOT NULL,
  membership_id BIGINT NOT NULL REFERENCES memberships (id),
  adder_name TEXT NOT NULL,
  adder_title TEXT NOT NULL,
  uploaded_at TIMESTAMP NOT NULL,
  adopted_by TEXT NOT NULL DEFAULT '',
  adopted_at TIMESTAMP,
  CHECK ((state = 'open') = (plan_id IS NULL)),
  CHECK ((state = 'adopted') = (adopted_at IS NOT NULL))
);
CREATE INDEX plan_uploads_by_unit ON plan_uploads (unit_id);
CREATE INDEX plan_uploads_by_plan ON plan_uploads (plan_id);

-- Its bytes, as files have theirs.
CREATE TABLE plan_upload_blocks (
  upload_id BIGINT NOT NULL REFERENCES plan_uploads (id),
  number INTEGER NOT NULL,
  bytes BLOB NOT NULL,
  PRIMARY KEY (upload_id, number)
);
