-- A report being typed in from paper by its collector: the paper's number and day of arrival, while it lasts.
CREATE TABLE behalf_typings (
  report_id BIGINT PRIMARY KEY NOT NULL REFERENCES reports (id),
  arrived_number TEXT NOT NULL,
  arrived_on DATE NOT NULL,
  begun_by BIGINT NOT NULL REFERENCES memberships (id),
  begun_at TIMESTAMP NOT NULL
);

-- The unit's own draft, put aside whole while its report is typed in for it; given back when the typing stops.
CREATE TABLE kept_drafts (
  id INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,
  report_id BIGINT NOT NULL REFERENCES reports (id),
  kept_at TIMESTAMP NOT NULL,
  content_json TEXT NOT NULL,
  saved_by BIGINT NOT NULL REFERENCES memberships (id),
  saved_at TIMESTAMP NOT NULL
);
CREATE INDEX kept_drafts_by_report ON kept_drafts (report_id);

-- Append-only: the paper a revision was typed in from, and by whom. The day of arrival decides lateness.
CREATE TABLE behalf_revisions (
  revision_id BIGINT PRIMARY KEY NOT NULL REFERENCES revisions (id),
  arrived_number TEXT NOT NULL,
  arrived_on DATE NOT NULL,
  membership_id BIGINT NOT NULL REFERENCES memberships (id),
  typist_name TEXT NOT NULL,
  typist_title TEXT NOT NULL
);

-- Append-only: a revision received by the person who had typed it in, who said so.
CREATE TABLE self_receipts (
  revision_id BIGINT PRIMARY KEY NOT NULL REFERENCES revisions (id),
  membership_id BIGINT NOT NULL REFERENCES memberships (id),
  received_at TIMESTAMP NOT NULL
);

-- How many working days before its own last day a lower collector wants the reports of the units below it.
CREATE TABLE level_leads (
  regime_id BIGINT NOT NULL REFERENCES regimes (id),
  collector_id BIGINT NOT NULL REFERENCES units (id),
  working_days INTEGER NOT NULL CHECK (working_days BETWEEN 0 AND 60),
  PRIMARY KEY (regime_id, collector_id)
);

-- The due words of a lower level in one period, as taken down when it was opened.
CREATE TABLE period_levels (
  period_id BIGINT NOT NULL REFERENCES periods (id),
  collector_id BIGINT NOT NULL REFERENCES units (id),
  due_rule TEXT NOT NULL CHECK (due_rule IN ('before', 'by', 'undated')),
  stated_on DATE,
  PRIMARY KEY (period_id, collector_id),
  CHECK ((due_rule = 'undated') = (stated_on IS NULL))
);

-- Append-only: the edition a consolidated report took its figures from.
CREATE TABLE consolidated_revisions (
  revision_id BIGINT PRIMARY KEY NOT NULL REFERENCES revisions (id),
  edition_id BIGINT NOT NULL REFERENCES editions (id)
);
CREATE INDEX consolidated_revisions_by_edition ON consolidated_revisions (edition_id);

-- Append-only, enforced where no code can forget it.
CREATE TRIGGER behalf_revisions_no_update BEFORE UPDATE ON behalf_revisions BEGIN SELECT RAISE(ABORT, 'behalf_revisions is append-only'); END;
CREATE TRIGGER behalf_revisions_no_delete BEFORE DELETE ON behalf_revisions BEGIN SELECT RAISE(ABORT, 'behalf_revisions is append-only'); END;
CREATE TRIGGER self_receipts_no_update BEFORE UPDATE ON self_receipts BEGIN SELECT RAISE(ABORT, 'self_receipts is append-only'); END;
CREATE TRIGGER self_receipts_no_delete BEFORE DELETE ON self_receipts BEGIN SELECT RAISE(ABORT, 'self_receipts is append-only'); END;
CREATE TRIGGER consolidated_revisions_no_update BEFORE UPDATE ON consolidated_revisions BEGIN SELECT RAISE(ABORT, 'consolidated_revisions is append-only'); END;
CREATE TRIGGER consolidated_revisions_no_delete BEFORE DELETE ON consolidated_revisions BEGIN SELECT RAISE(ABORT, 'consolidated_revisions is append-only'); END;
