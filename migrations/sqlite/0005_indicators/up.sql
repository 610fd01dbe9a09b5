CREATE TABLE indicator_groups (
  code TEXT PRIMARY KEY NOT NULL,
  name TEXT NOT NULL,
  position INTEGER NOT NULL,
  classified BOOLEAN NOT NULL
);

-- Code, unit of measure, type, scale and rules never change once a form in use asks for it (triggers beside the
-- obligations): a change is a successor with a new row, which may keep the code from the day after.
CREATE TABLE indicators (
  id INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,
  uid TEXT NOT NULL UNIQUE,
  code TEXT NOT NULL,
  group_code TEXT NOT NULL REFERENCES indicator_groups (code),
  name TEXT NOT NULL,
  search_key TEXT NOT NULL,
  measure_unit TEXT NOT NULL,
  value_type TEXT NOT NULL CHECK (value_type IN ('int', 'decimal', 'money', 'bool', 'ratio')),
  scale INTEGER NOT NULL CHECK (scale BETWEEN 0 AND 6),
  display_exponent INTEGER NOT NULL CHECK (display_exponent BETWEEN 0 AND 12),
  unit_rule TEXT NOT NULL CHECK (unit_rule IN ('sum', 'owner', 'max', 'count_true', 'ratio')),
  level_rule TEXT NOT NULL CHECK (level_rule IN ('sum', 'max', 'ratio')),
  period_rule TEXT NOT NULL CHECK (period_rule IN ('flow', 'stock', 'year_to_date', 'max', 'ratio')),
  numerator_id BIGINT REFERENCES indicators (id),
  denominator_id BIGINT REFERENCES indicators (id),
  guidance TEXT NOT NULL DEFAULT '',
  position INTEGER NOT NULL,
  successor_id BIGINT REFERENCES indicators (id),
  valid_from DATE,
  valid_to DATE,
  UNIQUE (code, valid_from),
  CHECK (level_rule = CASE unit_rule WHEN 'max' THEN 'max' WHEN 'ratio' THEN 'ratio' ELSE 'sum' END),
  CHECK ((value_type = 'ratio') = (numerator_id IS NOT NULL AND denominator_id IS NOT NULL))
);

-- One row for a code on any day.
CREATE TRIGGER indicators_no_overlap_insert AFTER INSERT ON indicators
WHEN EXISTS (
  SELECT 1 FROM indicators WHERE id <> NEW.id AND code = NEW.code
    AND COALESCE(valid_from, '0001-01-01') <= COALESCE(NEW.valid_to, '9999-12-31')
    AND COALESCE(NEW.valid_from, '0001-01-01') <= COALESCE(valid_to, '9999-12-31')
) BEGIN SELECT RAISE(ABORT, 'indicators overlap in time'); END;
CREATE TRIGGER indicators_no_overlap_update AFTER UPDATE OF code, valid_from, valid_to ON indicators
WHEN EXISTS (
  SELECT 1 FROM indicators WHERE id <> NEW.id AND code = NEW.code
    AND COALESCE(valid_from, '0001-01-01') <= COALESCE(NEW.valid_to, '9999-12-31')
    AND COALESCE(NEW.valid_from, '0001-01-01') <= COALESCE(valid_to, '9999-12-31')
) BEGIN SELECT RAISE(ABORT, 'indicators overlap in time'); END;
