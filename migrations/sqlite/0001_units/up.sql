-- Bodies of government and who contains whom, as dated facts. valid_from and valid_to are both inclusive.
CREATE TABLE unit_kinds (
  code TEXT PRIMARY KEY NOT NULL,
  name TEXT NOT NULL,
  heading TEXT NOT NULL,
  position INTEGER NOT NULL,
  valid_from DATE,
  valid_to DATE
);

CREATE TABLE units (
  id INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,
  uid TEXT NOT NULL UNIQUE,
  code TEXT NOT NULL UNIQUE,
  existed_from DATE,
  existed_to DATE,
  CHECK (existed_from IS NULL OR existed_to IS NULL OR existed_from <= existed_to)
);

CREATE TABLE unit_versions (
  id INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,
  unit_id BIGINT NOT NULL REFERENCES units (id),
  name TEXT NOT NULL,
  short_name TEXT NOT NULL,
  search_key TEXT NOT NULL,
  kind_code TEXT NOT NULL REFERENCES unit_kinds (code),
  parent_id BIGINT REFERENCES units (id),
  protocol_order INTEGER NOT NULL,
  official_code TEXT,
  valid_from DATE,
  valid_to DATE,
  CHECK (valid_from IS NULL OR valid_to IS NULL OR valid_from <= valid_to)
);
CREATE INDEX unit_versions_by_unit ON unit_versions (unit_id, valid_from);
CREATE INDEX unit_versions_by_parent ON unit_versions (parent_id);

CREATE TABLE unit_aliases (
  id INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,
  unit_id BIGINT NOT NULL REFERENCES units (id),
  alias TEXT NOT NULL,
  search_key TEXT NOT NULL,
  UNIQUE (unit_id, search_key)
);

-- A reorganisation: a decision, its date, and from whom to whom (the whole body, or one function of it).
CREATE TABLE unit_changes (
  id INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,
  uid TEXT NOT NULL UNIQUE,
  kind TEXT NOT NULL CHECK (kind IN ('rename', 'merge', 'split', 'abolish', 'transfer', 'create')),
  effective_on DATE NOT NULL,
  decision TEXT NOT NULL,
  note TEXT NOT NULL DEFAULT '',
  recorded_at TIMESTAMP NOT NULL
);

CREATE TABLE functions (
  id INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,
  code TEXT NOT NULL UNIQUE,
  name TEXT NOT NULL
);

CREATE TABLE unit_change_lines (
  id INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,
  change_id BIGINT NOT NULL REFERENCES unit_changes (id),
  from_unit_id BIGINT REFERENCES units (id),
  to_unit_id BIGINT REFERENCES units (id),
  function_id BIGINT REFERENCES functions (id),
  CHECK (from_unit_id IS NOT NULL OR to_unit_id IS NOT NULL)
);
CREATE INDEX unit_change_lines_by_from ON unit_change_lines (from_unit_id);
CREATE INDEX unit_change_lines_by_to ON unit_change_lines (to_unit_id);

-- Which body of a province holds a function, since when. The work follows the function, not the body.
CREATE TABLE function_holders (
  id INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,
  function_id BIGINT NOT NULL REFERENCES functions (id),
  province_id BIGINT NOT NULL REFERENCES units (id),
  unit_id BIGINT NOT NULL REFERENCES units (id),
  valid_from DATE,
  valid_to DATE
);
CREATE INDEX function_holders_by_function ON function_holders (function_id, province_id);
CREATE INDEX function_holders_by_unit ON function_holders (unit_id);

-- Derived from versions and changes: whose data a member of unit_id may see.
CREATE TABLE unit_reach (
  unit_id BIGINT NOT NULL REFERENCES units (id),
  reaches_id BIGINT NOT NULL REFERENCES units (id),
  relation TEXT NOT NULL CHECK (relation IN ('self', 'descendant', 'predecessor')),
  PRIMARY KEY (unit_id, reaches_id)
);
CREATE INDEX unit_reach_backwards ON unit_reach (reaches_id);

CREATE TABLE calendar_days (
  day DATE PRIMARY KEY NOT NULL,
  kind TEXT NOT NULL CHECK (kind IN ('holiday', 'compensatory', 'swapped_off', 'swapped_work')),
  name TEXT NOT NULL,
  source TEXT NOT NULL,
  confirmed BOOLEAN NOT NULL
);

-- One version of a thing at a time: two rows never hold on the same day, both ends being inclusive.
CREATE TRIGGER unit_versions_no_overlap_insert AFTER INSERT ON unit_versions
WHEN EXISTS (
  SELECT 1 FROM unit_versions WHERE id <> NEW.id AND unit_id = NEW.unit_id
    AND COALESCE(valid_from, '0001-01-01') <= COALESCE(NEW.valid_to, '9999-12-31')
    AND COALESCE(NEW.valid_from, '0001-01-01') <= COALESCE(valid_to, '9999-12-31')
) BEGIN SELECT RAISE(ABORT, 'unit_versions overlap in time'); END;
CREATE TRIGGER unit_versions_no_overlap_update AFTER UPDATE OF unit_id, valid_from, valid_to ON unit_versions
WHEN EXISTS (
  SELECT 1 FROM unit_versions WHERE id <> NEW.id AND unit_id = NEW.unit_id
    AND COALESCE(valid_from, '0001-01-01') <= COALESCE(NEW.valid_to, '9999-12-31')
    AND COALESCE(NEW.valid_from, '0001-01-01') <= COALESCE(valid_to, '9999-12-31')
) BEGIN SELECT RAISE(ABORT, 'unit_versions overlap in time'); END;
CREATE TRIGGER function_holders_no_overlap_insert AFTER INSERT ON function_holders
WHEN EXISTS (
  SELECT 1 FROM function_holders WHERE id <> NEW.id AND function_id = NEW.function_id AND province_id = NEW.province_id
    AND COALESCE(valid_from, '0001-01-01') <= COALESCE(NEW.valid_to, '9999-12-31')
    AND COALESCE(NEW.valid_from, '0001-01-01') <= COALESCE(valid_to, '9999-12-31')
) BEGIN SELECT RAISE(ABORT, 'function_holders overlap in time'); END;
CREATE TRIGGER function_holders_no_overlap_update AFTER UPDATE OF function_id, province_id, valid_from, valid_to ON function_holders
WHEN EXISTS (
  SELECT 1 FROM function_holders WHERE id <> NEW.id AND function_id = NEW.function_id AND province_id = NEW.province_id
    AND COALESCE(valid_from, '0001-01-01') <= COALESCE(NEW.valid_to, '9999-12-31')
    AND COALESCE(NEW.valid_from, '0001-01-01') <= COALESCE(valid_to, '9999-12-31')
) BEGIN SELECT RAISE(ABORT, 'function_holders overlap in time'); END;
