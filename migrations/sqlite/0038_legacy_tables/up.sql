-- A table of a past period, from before the system: kept with what its wizard was told, and what became of it.
-- period_id is the period its figures are of; NULL while one is still to be made for cycle and year.
CREATE TABLE legacy_tables (
  id INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,
  regime_id BIGINT NOT NULL REFERENCES regimes (id),
  unit_id BIGINT NOT NULL REFERENCES units (id),
  period_id BIGINT REFERENCES periods (id),
  cycle TEXT NOT NULL,
  year INTEGER NOT NULL,
  made_period BOOLEAN NOT NULL DEFAULT FALSE,
  file_name TEXT NOT NULL,
  size BIGINT NOT NULL,
  sha256 TEXT NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('open', 'applied', 'taken_back')),
  version INTEGER NOT NULL,
  settings_json TEXT NOT NULL,
  membership_id BIGINT NOT NULL REFERENCES memberships (id),
  adder_name TEXT NOT NULL,
  adder_title TEXT NOT NULL,
  uploaded_at TIMESTAMP NOT NULL,
  applied_by TEXT NOT NULL DEFAULT '',
  applied_at TIMESTAMP,
  taken_back_by TEXT NOT NULL DEFAULT '',
  taken_back_at TIMESTAMP,
  taken_back_reason TEXT NOT NULL DEFAULT '',
  CHECK ((state = 'open') = (applied_at IS NULL)),
  CHECK ((state = 'taken_back') = (taken_back_at IS NOT NULL)),
  CHECK (state = 'open' OR period_id IS NOT NULL)
);
CREATE INDEX legacy_tables_by_regime ON legacy_tables (regime_id);
CREATE INDEX legacy_tables_by_period ON legacy_tables (period_id);

-- Its bytes, as files have theirs.
CREATE TABLE legacy_table_blocks (
  table_id BIGINT NOT NULL REFERENCES legacy_tables (id),
  number INTEGER NOT NULL,
  bytes BLOB NOT NULL,
  PRIMARY KEY (table_id, number)
);

-- Append-only: the revisions that came of a table, each with the one of an earlier table that it follows.
CREATE TABLE legacy_table_revisions (
  revision_id BIGINT PRIMARY KEY NOT NULL REFERENCES revisions (id),
  table_id BIGINT NOT NULL REFERENCES legacy_tables (id),
  follows_id BIGINT REFERENCES revisions (id)
);
CREATE INDEX legacy_table_revisions_by_table ON legacy_table_revisions (table_id);
CREATE TRIGGER legacy_table_revisions_no_update BEFORE UPDATE ON legacy_table_revisions BEGIN SELECT RAISE(ABORT, 'legacy_table_revisions is append-only'); END;
CREATE TRIGGER legacy_table_revisions_no_delete BEFORE DELETE ON legacy_table_revisions BEGIN SELECT RAISE(ABORT, 'legacy_table_revisions is append-only'); END;
