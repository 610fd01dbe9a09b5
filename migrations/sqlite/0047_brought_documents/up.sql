-- A document brought to a report, whatever it is read for ("what"): as it came, its text, what was read of it and what was
-- decided. Until now reports in prose and units' own plans had a table each. A unit's plan keeps its number, under which a sent
-- report leads to it; a report in prose takes a new one behind them.
CREATE TABLE brought_documents (
  id INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,
  report_id BIGINT NOT NULL REFERENCES reports (id),
  what TEXT NOT NULL CHECK (what IN ('report', 'plan')),
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
  CHECK ((applied_at IS NULL) = (applied_by IS NULL) AND (applied_at IS NULL) = (applied_version IS NULL)),
  CHECK (applied_at IS NOT NULL OR applied_revision IS NULL),
  CHECK (what = 'report' OR (applied_at IS NULL) = (applied_revision IS NULL))
);
CREATE INDEX brought_documents_by_report ON brought_documents (report_id);

-- Its bytes, as files have theirs.
CREATE TABLE brought_blocks (
  document_id BIGINT NOT NULL REFERENCES brought_documents (id),
  number INTEGER NOT NULL,
  bytes BLOB NOT NULL,
  PRIMARY KEY (document_id, number)
);

-- Which clause of a unit's plan answers which task, in its order.
CREATE TABLE brought_links (
  document_id BIGINT NOT NULL REFERENCES brought_documents (id),
  task_id BIGINT NOT NULL REFERENCES tasks (id),
  position INTEGER NOT NULL,
  clause_path TEXT NOT NULL,
  clause_text TEXT NOT NULL,
  PRIMARY KEY (document_id, task_id, position)
);
CREATE INDEX brought_links_by_task ON brought_links (task_id);

INSERT INTO brought_documents (id, report_id, what, file_name, kind, size, sha256, text, doc_number, doc_symbol, doc_date, version,
  kept_json, membership_id, adder_name, adder_title, uploaded_at, on_behalf, applied_by, applied_at, applied_version, applied_revision)
SELECT id, report_id, 'plan', file_name, kind, size, sha256, text, doc_number, doc_symbol, doc_date, version,
  kept_json, membership_id, adder_name, adder_title, uploaded_at, on_behalf, applied_by, applied_at, applied_version, applied_revision
FROM unit_plans;
INSERT INTO brought_blocks (document_id, number, bytes) SELECT unit_plan_id, number, bytes FROM unit_plan_blocks;
INSERT INTO brought_links (document_id, task_id, position, clause_path, clause_text)
SELECT unit_plan_id, task_id, position, clause_path, clause_text FROM unit_plan_links;

-- On the unit's behalf was what somebody outside the unit wrote into the report, or brought while it waits.
INSERT INTO brought_documents (id, report_id, what, file_name, kind, size, sha256, text, doc_number, doc_symbol, doc_date, version,
  kept_json, membership_id, adder_name, adder_title, uploaded_at, on_behalf, applied_by, applied_at, applied_version)
SELECT prose.id + (SELECT COALESCE(MAX(unit_plans.id), 0) FROM unit_plans), prose.report_id, 'report', prose.file_name, prose.kind,
  prose.size, prose.sha256, prose.text, '', '', NULL, prose.version, prose.kept_json, prose.membership_id, prose.adder_name,
  prose.adder_title, prose.uploaded_at, memberships.unit_id <> obligations.unit_id, prose.applied_by, prose.applied_at,
  prose.applied_version
FROM prose_uploads AS prose
JOIN reports ON reports.id = prose.report_id
JOIN obligations ON obligations.id = reports.obligation_id
JOIN memberships ON memberships.id = COALESCE(prose.applied_by, prose.membership_id);
INSERT INTO brought_blocks (document_id, number, bytes)
SELECT upload_id + (SELECT COALESCE(MAX(unit_plans.id), 0) FROM unit_plans), number, bytes FROM prose_upload_blocks;
DROP TABLE unit_plan_links;
DROP TABLE unit_plan_blocks;
DROP TABLE unit_plans;
DROP TABLE prose_upload_blocks;
DROP TABLE prose_uploads;
