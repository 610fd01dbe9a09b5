CREATE TABLE indicator_groups (
  code TEXT PRIMARY KEY NOT NULL,
  name TEXT NOT NULL,
  position INTEGER NOT NULL,
  classified BOOLEAN NOT NULL
);

-- Type, scale and rules never change once a figure exists: a change is a successor with a new row.
CREATE TABLE indicators (
  id INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,
  uid TEXT NOT NULL UNIQUE,
  code TEXT NOT NULL UNIQUE,
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
  CHECK ((value_type = 'ratio') = (numerator_id IS NOT NULL AND denominator_id IS NOT NULL))
);
