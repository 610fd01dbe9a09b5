-- One report per obligation: the open draft's state and the revision that counts.
CREATE TABLE reports (
  id INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,
  obligation_id BIGINT NOT NULL UNIQUE REFERENCES obligations (id),
  state TEXT NOT NULL CHECK (state IN ('not_begun', 'draft', 'with_leader', 'sent', 'amend', 'received')),
  last_revision INTEGER NOT NULL DEFAULT 0,
  first_sent_at TIMESTAMP,
  first_due_on DATE,
  first_due_time TEXT,
  amend_due_on DATE,
  version INTEGER NOT NULL DEFAULT 1
);

-- rest_json keeps what was typed and fits no column: unreadable days and links, notes on blank lines, warnings confirmed.
CREATE TABLE drafts (
  report_id BIGINT PRIMARY KEY NOT NULL REFERENCES reports (id),
  version INTEGER NOT NULL,
  actual_to DATE,
  doc_number TEXT NOT NULL DEFAULT '',
  doc_symbol TEXT NOT NULL DEFAULT '',
  doc_date DATE,
  signatory_capacity TEXT NOT NULL DEFAULT '',
  signatory_title TEXT NOT NULL DEFAULT '',
  signatory_name TEXT NOT NULL DEFAULT '',
  rest_json TEXT NOT NULL DEFAULT '{}',
  saved_by BIGINT NOT NULL REFERENCES memberships (id),
  saved_at TIMESTAMP NOT NULL
);

-- No row means blank. value is scaled by the indicator's decimals; state not_applicable has no value.
-- estimate is "ước"; it may stand beside "gần" or "hơn", which are the qualifier.
CREATE TABLE draft_figures (
  report_id BIGINT NOT NULL REFERENCES reports (id),
  indicator_id BIGINT NOT NULL REFERENCES indicators (id),
  state TEXT NOT NULL CHECK (state IN ('value', 'not_applicable', 'unreadable')),
  value BIGINT,
  estimate BOOLEAN NOT NULL,
  qualifier TEXT NOT NULL CHECK (qualifier IN ('exact', 'nearly', 'over')),
  note TEXT NOT NULL DEFAULT '',
  as_typed TEXT NOT NULL,
  PRIMARY KEY (report_id, indicator_id),
  CHECK ((state = 'value') = (value IS NOT NULL))
);

CREATE TABLE draft_sections (
  report_id BIGINT NOT NULL REFERENCES reports (id),
  section_code TEXT NOT NULL,
  body TEXT NOT NULL,
  PRIMARY KEY (report_id, section_code)
);

CREATE TABLE draft_rows (
  report_id BIGINT NOT NULL REFERENCES reports (id),
  list_code TEXT NOT NULL,
  position INTEGER NOT NULL,
  cells_json TEXT NOT NULL,
  PRIMARY KEY (report_id, list_code, position)
);

CREATE TABLE draft_task_results (
  report_id BIGINT NOT NULL REFERENCES reports (id),
  task_id BIGINT NOT NULL REFERENCES tasks (id),
  status TEXT NOT NULL CHECK (status IN ('', 'not_started', 'going_on', 'done')),
  body TEXT NOT NULL,
  PRIMARY KEY (report_id, task_id)
);
CREATE INDEX draft_task_results_by_task ON draft_task_results (task_id);

-- What was sent never changes: triggers forbid update and delete on revisions and their parts.
CREATE TABLE revisions (
  id INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,
  uid TEXT NOT NULL UNIQUE,
  report_id BIGINT NOT NULL REFERENCES reports (id),
  number INTEGER NOT NULL,
  form_id BIGINT NOT NULL REFERENCES forms (id),
  actual_to DATE,
  doc_number TEXT NOT NULL,
  doc_symbol TEXT NOT NULL,
  doc_date DATE,
  signatory_capacity TEXT NOT NULL,
  signatory_title TEXT NOT NULL,
  signatory_name TEXT NOT NULL,
  sent_at TIMESTAMP NOT NULL,
  sent_by BIGINT NOT NULL REFERENCES memberships (id),
  sender_name TEXT NOT NULL,
  sender_title TEXT NOT NULL,
  due_on DATE,
  due_time TEXT,
  days_late INTEGER NOT NULL,
  canonical BLOB NOT NULL,
  sha256 TEXT NOT NULL,
  UNIQUE (report_id, number)
);
-- The revision that counts. Added here because reports and revisions point at each other.
ALTER TABLE reports ADD COLUMN received_revision_id BIGINT REFERENCES revisions (id);

CREATE TABLE revision_figures (
  revision_id BIGINT NOT NULL REFERENCES revisions (id),
  indicator_id BIGINT NOT NULL REFERENCES indicators (id),
  state TEXT NOT NULL CHECK (state IN ('value', 'not_applicable')),
  value BIGINT,
  counts BOOLEAN NOT NULL,
  estimate BOOLEAN NOT NULL,
  qualifier TEXT NOT NULL CHECK (qualifier IN ('exact', 'nearly', 'over')),
  note TEXT NOT NULL,
  as_typed TEXT NOT NULL,
  PRIMARY KEY (revision_id, indicator_id),
  CHECK ((state = 'value') = (value IS NOT NULL))
);

CREATE TABLE revision_sections (
  revision_id BIGINT NOT NULL REFERENCES revisions (id),
  section_code TEXT NOT NULL,
  position INTEGER NOT NULL,
  label TEXT NOT NULL,
  title TEXT NOT NULL,
  body TEXT NOT NULL,
  PRIMARY KEY (revision_id, section_code)
);

CREATE TABLE revision_rows (
  revision_id BIGINT NOT NULL REFERENCES revisions (id),
  list_code TEXT NOT NULL,
  position INTEGER NOT NULL,
  cells_json TEXT NOT NULL,
  PRIMARY KEY (revision_id, list_code, position)
);

-- The task as it read when the report was sent; the plan may be edited later.
CREATE TABLE revision_task_results (
  revision_id BIGINT NOT NULL REFERENCES revisions (id),
  task_id BIGINT NOT NULL REFERENCES tasks (id),
  position INTEGER NOT NULL,
  plan TEXT NOT NULL,
  clause TEXT NOT NULL,
  text TEXT NOT NULL,
  status TEXT NOT NULL CHECK (status IN ('', 'not_started', 'going_on', 'done')),
  body TEXT NOT NULL,
  PRIMARY KEY (revision_id, task_id)
);
CREATE INDEX revision_task_results_by_task ON revision_task_results (task_id);

-- Append-only: every step of a report, with its reason where the step needs one.
CREATE TABLE report_transitions (
  id INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,
  report_id BIGINT NOT NULL REFERENCES reports (id),
  revision_id BIGINT REFERENCES revisions (id),
  step TEXT NOT NULL,
  from_state TEXT NOT NULL,
  to_state TEXT NOT NULL,
  reason TEXT NOT NULL DEFAULT '',
  due_on DATE,
  membership_id BIGINT NOT NULL REFERENCES memberships (id),
  actor_name TEXT NOT NULL,
  actor_title TEXT NOT NULL,
  at TIMESTAMP NOT NULL
);
CREATE INDEX report_transitions_by_report ON report_transitions (report_id);

-- A post, clip or document that shows work was done; claimed by reports.
CREATE TABLE evidence (
  id INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,
  unit_id BIGINT NOT NULL REFERENCES units (id),
  task_entry_id BIGINT REFERENCES task_entries (id),
  title TEXT NOT NULL,
  url TEXT NOT NULL,
  url_key TEXT NOT NULL,
  platform TEXT NOT NULL,
  published_on DATE,
  reach BIGINT
);
CREATE INDEX evidence_by_unit ON evidence (unit_id);
CREATE INDEX evidence_by_url ON evidence (url_key);
CREATE INDEX evidence_by_entry ON evidence (task_entry_id);

CREATE TABLE evidence_claims (
  id INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,
  evidence_id BIGINT NOT NULL REFERENCES evidence (id),
  report_id BIGINT NOT NULL REFERENCES reports (id),
  indicator_id BIGINT REFERENCES indicators (id)
);
CREATE INDEX evidence_claims_by_report ON evidence_claims (report_id);
CREATE INDEX evidence_claims_by_evidence ON evidence_claims (evidence_id);

-- Append-only, enforced where no code can forget it.
CREATE TRIGGER revisions_no_update BEFORE UPDATE ON revisions BEGIN SELECT RAISE(ABORT, 'revisions is append-only'); END;
CREATE TRIGGER revisions_no_delete BEFORE DELETE ON revisions BEGIN SELECT RAISE(ABORT, 'revisions is append-only'); END;
CREATE TRIGGER revision_figures_no_update BEFORE UPDATE ON revision_figures BEGIN SELECT RAISE(ABORT, 'revision_figures is append-only'); END;
CREATE TRIGGER revision_figures_no_delete BEFORE DELETE ON revision_figures BEGIN SELECT RAISE(ABORT, 'revision_figures is append-only'); END;
CREATE TRIGGER revision_sections_no_update BEFORE UPDATE ON revision_sections BEGIN SELECT RAISE(ABORT, 'revision_sections is append-only'); END;
CREATE TRIGGER revision_sections_no_delete BEFORE DELETE ON revision_sections BEGIN SELECT RAISE(ABORT, 'revision_sections is append-only'); END;
CREATE TRIGGER revision_rows_no_update BEFORE UPDATE ON revision_rows BEGIN SELECT RAISE(ABORT, 'revision_rows is append-only'); END;
CREATE TRIGGER revision_rows_no_delete BEFORE DELETE ON revision_rows BEGIN SELECT RAISE(ABORT, 'revision_rows is append-only'); END;
CREATE TRIGGER revision_task_results_no_update BEFORE UPDATE ON revision_task_results BEGIN SELECT RAISE(ABORT, 'revision_task_results is append-only'); END;
CREATE TRIGGER revision_task_results_no_delete BEFORE DELETE ON revision_task_results BEGIN SELECT RAISE(ABORT, 'revision_task_results is append-only'); END;
CREATE TRIGGER report_transitions_no_update BEFORE UPDATE ON report_transitions BEGIN SELECT RAISE(ABORT, 'report_transitions is append-only'); END;
CREATE TRIGGER report_transitions_no_delete BEFORE DELETE ON report_transitions BEGIN SELECT RAISE(ABORT, 'report_transitions is append-only'); END;
