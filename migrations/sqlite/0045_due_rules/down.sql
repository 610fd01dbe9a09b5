-- The nearest words the rows before know.
UPDATE regime_cycles SET due_rule = 'days_after_window' WHERE due_rule = 'working_days_after_window';
CREATE TABLE regime_cycles_new (
  id INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,
  regime_id BIGINT NOT NULL REFERENCES regimes (id),
  cycle TEXT NOT NULL,
  preset TEXT NOT NULL,
  due_rule TEXT NOT NULL CHECK (due_rule IN ('before', 'by', 'days_after_window', 'undated')),
  due_month INTEGER,
  due_day INTEGER,
  due_days INTEGER,
  stated_time TEXT CHECK (stated_time IS NULL OR stated_time LIKE '__:__'),
  lock_days INTEGER,
  own_window TEXT CHECK (own_window IS NULL OR own_window LIKE '__/__-__/__'),
  UNIQUE (regime_id, cycle)
);
INSERT INTO regime_cycles_new SELECT * FROM regime_cycles;
DROP TABLE regime_cycles;
ALTER TABLE regime_cycles_new RENAME TO regime_cycles;
