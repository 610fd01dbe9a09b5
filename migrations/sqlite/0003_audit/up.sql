-- Every step leaves one row, for good.
CREATE TABLE audit_log (
  id INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,
  at TIMESTAMP NOT NULL,
  person_id BIGINT REFERENCES people (id),
  membership_id BIGINT REFERENCES memberships (id),
  actor_name TEXT NOT NULL,
  actor_title TEXT NOT NULL,
  action TEXT NOT NULL,
  subject_kind TEXT NOT NULL,
  subject_id BIGINT,
  subject_label TEXT NOT NULL,
  unit_id BIGINT REFERENCES units (id),
  before_json TEXT,
  after_json TEXT,
  canonical BLOB NOT NULL,
  sha256 TEXT NOT NULL
);
CREATE INDEX audit_log_by_subject ON audit_log (subject_kind, subject_id);
CREATE INDEX audit_log_by_time ON audit_log (at);

-- Append-only, enforced where no code can forget it.
CREATE TRIGGER audit_log_no_update BEFORE UPDATE ON audit_log BEGIN SELECT RAISE(ABORT, 'audit_log is append-only'); END;
CREATE TRIGGER audit_log_no_delete BEFORE DELETE ON audit_log BEGIN SELECT RAISE(ABORT, 'audit_log is append-only'); END;
