-- What the collector writes down while reading what was sent: its own, changed and removed at will, until it is issued
-- with a request to amend or the reopening of a received report. place says what it is about: "figure.B04.value".
CREATE TABLE draft_remarks (
  id INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,
  report_id BIGINT NOT NULL REFERENCES reports (id),
  place TEXT NOT NULL,
  body TEXT NOT NULL,
  written_by BIGINT NOT NULL REFERENCES memberships (id),
  written_at TIMESTAMP NOT NULL,
  version INTEGER NOT NULL DEFAULT 1
);
CREATE INDEX draft_remarks_by_report ON draft_remarks (report_id);

-- Issued remarks: the unit has read them, so they never change.
CREATE TABLE remarks (
  id INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,
  uid TEXT NOT NULL UNIQUE,
  revision_id BIGINT NOT NULL REFERENCES revisions (id),
  place TEXT NOT NULL,
  body TEXT NOT NULL,
  written_by BIGINT NOT NULL REFERENCES memberships (id),
  author_name TEXT NOT NULL,
  author_title TEXT NOT NULL,
  issued_at TIMESTAMP NOT NULL
);
CREATE INDEX remarks_by_revision ON remarks (revision_id);

-- What the unit says to each remark while it mends: part of the draft.
CREATE TABLE draft_remark_answers (
  report_id BIGINT NOT NULL REFERENCES reports (id),
  remark_id BIGINT NOT NULL REFERENCES remarks (id),
  done BOOLEAN NOT NULL,
  answer TEXT NOT NULL,
  PRIMARY KEY (report_id, remark_id)
);

-- What it said when it sent the correction: one row for every remark the correction was to answer.
CREATE TABLE revision_remark_answers (
  revision_id BIGINT NOT NULL REFERENCES revisions (id),
  remark_id BIGINT NOT NULL REFERENCES remarks (id),
  done BOOLEAN NOT NULL,
  answer TEXT NOT NULL,
  PRIMARY KEY (revision_id, remark_id)
);

-- Append-only, enforced where no code can forget it.
CREATE TRIGGER remarks_no_update BEFORE UPDATE ON remarks BEGIN SELECT RAISE(ABORT, 'remarks is append-only'); END;
CREATE TRIGGER remarks_no_delete BEFORE DELETE ON remarks BEGIN SELECT RAISE(ABORT, 'remarks is append-only'); END;
CREATE TRIGGER revision_remark_answers_no_update BEFORE UPDATE ON revision_remark_answers BEGIN SELECT RAISE(ABORT, 'revision_remark_answers is append-only'); END;
CREATE TRIGGER revision_remark_answers_no_delete BEFORE DELETE ON revision_remark_answers BEGIN SELECT RAISE(ABORT, 'revision_remark_answers is append-only'); END;
