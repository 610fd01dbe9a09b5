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

-- A unit's own plan as it came, its text, what was read of it and what was decided. Once applied it is the plan
-- the unit answers with, from the revision that is sent next.
CREATE TABLE unit_plans (
  id INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,
  report_id BIGINT NOT NULL REFERENCES reports (id),
  file_name TEXT NOT NULL,
  kind TEXT NOT NULL CHECK (kind IN ('pdf', 'docx', 'doc', 'rtf', 'txt')),
  size BIGINT NOT NULL CHECK (size > 0),
  sha256 TEXT NOT NULL,
  text TEXT NOT NULL,
  doc_number TEXT NOT NULL,
  doc_symbol TEXT NOT NULL,
  doc_date DATE,
  version INTEGER NOT NULL,
  kept_json TEXT NOT NULL,
  membership_id BIGINT NOT NULL REFERENCES memberships (id),
  adder_name TEXT NOT NULL,
  adder_title TEXT NOT NULL,
  uploaded_at TIMESTAMP NOT NULL,
  on_behalf BOOLEAN NOT NULL,
  applied_by BIGINT REFERENCES memberships (id),
  applied_at TIMESTAMP,
  applied_version INTEGER,
  applied_revision INTEGER,
  CHECK ((applied_at IS NULL) = (applied_by IS NULL) AND (applied_at IS NULL) = (applied_version IS NULL)
    AND (applied_at IS NULL) = (applied_revision IS NULL))
);
CREATE INDEX unit_plans_by_report ON unit_plans (report_id);

-- Its bytes, as files have theirs.
CREATE TABLE unit_plan_blocks (
  unit_plan_id BIGINT NOT NULL REFERENCES unit_plans (id),
  number INTEGER NOT NULL,
  bytes BLOB NOT NULL,
  PRIMARY KEY (unit_plan_id, number)
);

-- Which clause of it answers which task, in its order.
CREATE TABLE unit_plan_links (
  unit_plan_id BIGINT NOT NULL REFERENCES unit_plans (id),
  task_id BIGINT NOT NULL REFERENCES tasks (id),
  position INTEGER NOT NULL,
  clause_path TEXT NOT NULL,
  clause_text TEXT NOT NULL,
  PRIMARY KEY (unit_plan_id, task_id, position)
);
CREATE INDEX unit_plan_links_by_task ON unit_plan_links (task_id);

INSERT INTO unit_plans (id, report_id, file_name, kind, size, sha256, text, doc_number, doc_symbol, doc_date, version, kept_json,
  membership_id, adder_name, adder_title, uploaded_at, on_behalf, applied_by, applied_at, applied_version, applied_revision)
SELECT id, report_id, file_name, kind, size, sha256, text, doc_number, doc_symbol, doc_date, version, kept_json,
  membership_id, adder_name, adder_title, uploaded_at, on_behalf, applied_by, applied_at, applied_version, applied_revision
FROM brought_documents WHERE what = 'plan';
INSERT INTO unit_plan_blocks (unit_plan_id, number, bytes)
SELECT document_id, number, bytes FROM brought_blocks WHERE document_id IN (SELECT id FROM unit_plans);
INSERT INTO unit_plan_links (unit_plan_id, task_id, position, clause_path, clause_text)
SELECT document_id, task_id, position, clause_path, clause_text FROM brought_links;
INSERT INTO prose_uploads (id, report_id, file_name, kind, size, sha256, text, version, kept_json, membership_id, adder_name,
  adder_title, uploaded_at, applied_by, applied_at, applied_version)
SELECT id, report_id, file_name, kind, size, sha256, text, version, kept_json, membership_id, adder_name,
  adder_title, uploaded_at, applied_by, applied_at, applied_version
FROM brought_documents WHERE what = 'report';
INSERT INTO prose_upload_blocks (upload_id, number, bytes)
SELECT document_id, number, bytes FROM brought_blocks WHERE document_id IN (SELECT id FROM prose_uploads);
DROP TABLE brought_links;
DROP TABLE brought_blocks;
DROP TABLE brought_documents;
