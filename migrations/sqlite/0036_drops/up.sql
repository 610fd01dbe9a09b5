-- Work that no page waits for. Whoever holds the lease works on it; a lease that ran out is anybody's.
CREATE TABLE jobs (
  id INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,
  kind TEXT NOT NULL,
  subject_id BIGINT NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('queued', 'running', 'done', 'failed')),
  run_at TIMESTAMP NOT NULL,
  attempts INTEGER NOT NULL,
  lease_holder TEXT NOT NULL,
  lease_until TIMESTAMP,
  done INTEGER NOT NULL,
  total INTEGER NOT NULL,
  message TEXT NOT NULL,
  created_by BIGINT NOT NULL REFERENCES people (id),
  created_at TIMESTAMP NOT NULL,
  CHECK ((state = 'running') = (lease_until IS NOT NULL))
);
CREATE INDEX jobs_to_run ON jobs (state, run_at);
CREATE INDEX jobs_by_subject ON jobs (kind, subject_id);

-- Workbooks of many units handed over at once, with number and day of receipt for those files that have none of their own.
CREATE TABLE drops (
  id INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,
  period_id BIGINT NOT NULL REFERENCES periods (id),
  unit_id BIGINT NOT NULL REFERENCES units (id),
  membership_id BIGINT NOT NULL REFERENCES memberships (id),
  adder_name TEXT NOT NULL,
  adder_title TEXT NOT NULL,
  received_number TEXT NOT NULL,
  received_on DATE NOT NULL,
  skipped TEXT NOT NULL,
  created_at TIMESTAMP NOT NULL
);
CREATE INDEX drops_by_period ON drops (period_id);

-- A file of a drop, and how far it has come.
CREATE TABLE drop_files (
  id INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,
  drop_id BIGINT NOT NULL REFERENCES drops (id),
  file_name TEXT NOT NULL,
  size BIGINT NOT NULL,
  sha256 TEXT NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('waiting', 'to_assign', 'faulty', 'ready', 'applying', 'applied', 'refused', 'left_out')),
  version INTEGER NOT NULL,
  tries INTEGER NOT NULL,
  assigned BOOLEAN NOT NULL,
  report_id BIGINT REFERENCES reports (id),
  reading_json TEXT,
  blockers INTEGER NOT NULL,
  warnings INTEGER NOT NULL,
  warnings_seen TEXT NOT NULL,
  message TEXT NOT NULL,
  received_number TEXT,
  received_on DATE,
  applied_at TIMESTAMP,
  CHECK ((received_number IS NULL) = (received_on IS NULL))
);
CREATE INDEX drop_files_by_drop ON drop_files (drop_id);

-- Its bytes, as files have theirs.
CREATE TABLE drop_blocks (
  file_id BIGINT NOT NULL REFERENCES drop_files (id),
  number INTEGER NOT NULL,
  bytes BLOB NOT NULL,
  PRIMARY KEY (file_id, number)
);

-- What is entered for a unit may have come as its workbook, not as a paper that somebody retyped.
ALTER TABLE behalf_typings ADD COLUMN from_file BOOLEAN NOT NULL DEFAULT FALSE;
ALTER TABLE behalf_revisions ADD COLUMN from_file BOOLEAN NOT NULL DEFAULT FALSE;
