-- A regime (chế độ báo cáo, NĐ 09/2019 Điều 7): what is reported, by whom, how often, by when, on which form.
CREATE TABLE regimes (
  id INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,
  uid TEXT NOT NULL UNIQUE,
  code TEXT NOT NULL UNIQUE,
  name TEXT NOT NULL,
  province_id BIGINT NOT NULL REFERENCES units (id),
  collector_id BIGINT NOT NULL REFERENCES units (id),
  addressee TEXT NOT NULL,
  kind TEXT NOT NULL CHECK (kind IN ('report', 'document')),
  rolling BOOLEAN NOT NULL,
  paper_rule TEXT NOT NULL CHECK (paper_rule IN ('none', 'later', 'required')),
  leader_step BOOLEAN NOT NULL,
  valid_from DATE,
  valid_to DATE
);

CREATE TABLE regime_plans (
  regime_id BIGINT NOT NULL REFERENCES regimes (id),
  plan_id BIGINT NOT NULL REFERENCES plans (id),
  valid_from DATE,
  valid_to DATE,
  PRIMARY KEY (regime_id, plan_id)
);
CREATE INDEX regime_plans_by_plan ON regime_plans (plan_id);

-- How the regime's periods recur: the window by preset and the due words as a template.
CREATE TABLE regime_cycles (
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
  UNIQUE (regime_id, cycle)
);

-- Who reports to whom, since when; mode: giao or đề nghị as the document's assignment says.
CREATE TABLE routes (
  id INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,
  regime_id BIGINT NOT NULL REFERENCES regimes (id),
  unit_id BIGINT NOT NULL REFERENCES units (id),
  collector_id BIGINT NOT NULL REFERENCES units (id),
  part TEXT NOT NULL CHECK (part IN ('own', 'consolidated')),
  mode TEXT NOT NULL CHECK (mode IN ('assign', 'request')),
  valid_from DATE,
  valid_to DATE
);
CREATE INDEX routes_by_regime ON routes (regime_id, unit_id);
CREATE INDEX routes_by_collector ON routes (collector_id);

-- A form version says which sections, figures and lists a kind of unit reports, and which of its figures count.
CREATE TABLE forms (
  id INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,
  uid TEXT NOT NULL UNIQUE,
  regime_id BIGINT NOT NULL REFERENCES regimes (id),
  code TEXT NOT NULL,
  version INTEGER NOT NULL,
  name TEXT NOT NULL,
  valid_from DATE,
  valid_to DATE,
  UNIQUE (regime_id, code, version)
);

-- The units a form is for: a kind, or one unit (which wins over its kind).
CREATE TABLE form_audiences (
  id INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,
  form_id BIGINT NOT NULL REFERENCES forms (id),
  kind_code TEXT REFERENCES unit_kinds (code),
  unit_id BIGINT REFERENCES units (id),
  CHECK ((kind_code IS NULL) <> (unit_id IS NULL))
);
CREATE INDEX form_audiences_by_form ON form_audiences (form_id);

CREATE TABLE form_sections (
  id INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,
  form_id BIGINT NOT NULL REFERENCES forms (id),
  code TEXT NOT NULL,
  label TEXT NOT NULL,
  title TEXT NOT NULL,
  hint TEXT NOT NULL DEFAULT '',
  position INTEGER NOT NULL,
  required BOOLEAN NOT NULL,
  UNIQUE (form_id, code)
);

-- counts = false: shown as "tham khảo, không cộng", because another unit owns the figure.
CREATE TABLE form_indicators (
  form_id BIGINT NOT NULL REFERENCES forms (id),
  indicator_id BIGINT NOT NULL REFERENCES indicators (id),
  position INTEGER NOT NULL,
  counts BOOLEAN NOT NULL,
  required BOOLEAN NOT NULL,
  PRIMARY KEY (form_id, indicator_id)
);

-- Typed list tables; columns as a JSON array of {code, title, type: text|date|number|link|choice, choices}.
CREATE TABLE form_lists (
  id INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,
  form_id BIGINT NOT NULL REFERENCES forms (id),
  code TEXT NOT NULL,
  title TEXT NOT NULL,
  position INTEGER NOT NULL,
  columns_json TEXT NOT NULL,
  UNIQUE (form_id, code)
);

-- Window, due and lock are three things. stated_on is the day the document names; NULL with due_rule 'undated'.
-- stated_time is the hour it names (HH:MM, Vietnam); NULL: until the end of the day.
CREATE TABLE periods (
  id INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,
  uid TEXT NOT NULL UNIQUE,
  regime_id BIGINT NOT NULL REFERENCES regimes (id),
  code TEXT NOT NULL,
  label TEXT NOT NULL,
  cycle TEXT NOT NULL,
  year INTEGER NOT NULL,
  window_from DATE,
  window_to DATE,
  due_rule TEXT NOT NULL CHECK (due_rule IN ('before', 'by', 'undated')),
  stated_on DATE,
  stated_time TEXT CHECK (stated_time IS NULL OR stated_time LIKE '__:__'),
  due_basis TEXT NOT NULL,
  lock_on DATE,
  reference_on DATE NOT NULL,
  opened_at TIMESTAMP NOT NULL,
  next_level_period_id BIGINT REFERENCES periods (id),
  version INTEGER NOT NULL DEFAULT 1,
  UNIQUE (regime_id, code),
  CHECK ((due_rule = 'undated') = (stated_on IS NULL)),
  CHECK (stated_on IS NOT NULL OR stated_time IS NULL),
  CHECK ((window_from IS NULL) = (window_to IS NULL)),
  CHECK (window_from IS NULL OR window_from <= window_to)
);

-- One unit owes one period. Form, collector, mode and due words are taken down when it is made.
CREATE TABLE obligations (
  id INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,
  uid TEXT NOT NULL UNIQUE,
  period_id BIGINT NOT NULL REFERENCES periods (id),
  unit_id BIGINT NOT NULL REFERENCES units (id),
  part TEXT NOT NULL CHECK (part IN ('own', 'consolidated')),
  collector_id BIGINT NOT NULL REFERENCES units (id),
  form_id BIGINT NOT NULL REFERENCES forms (id),
  kind TEXT NOT NULL CHECK (kind IN ('report', 'document')),
  mode TEXT NOT NULL CHECK (mode IN ('assign', 'request')),
  due_rule TEXT NOT NULL CHECK (due_rule IN ('before', 'by', 'undated')),
  stated_on DATE,
  stated_time TEXT CHECK (stated_time IS NULL OR stated_time LIKE '__:__'),
  standing TEXT NOT NULL CHECK (standing IN ('owed', 'nil', 'exempt', 'ended')),
  extended_to DATE,
  version INTEGER NOT NULL DEFAULT 1,
  UNIQUE (period_id, unit_id, part),
  CHECK (stated_on IS NOT NULL OR stated_time IS NULL)
);
CREATE INDEX obligations_by_form ON obligations (form_id);
CREATE INDEX obligations_by_unit ON obligations (unit_id);
CREATE INDEX obligations_by_collector ON obligations (collector_id, period_id);

-- Append-only: why an obligation is nil, exempt, extended, unlocked, passed on or ended with its unit.
CREATE TABLE obligation_decisions (
  id INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,
  obligation_id BIGINT NOT NULL REFERENCES obligations (id),
  kind TEXT NOT NULL CHECK (kind IN ('nil', 'nil_withdrawn', 'exempt', 'exempt_withdrawn', 'extension_asked', 'extension_granted', 'extension_refused', 'unlock', 'late_opening', 'passed', 'ended', 'change_undone', 'due_set')),
  until_on DATE,
  reason TEXT NOT NULL,
  membership_id BIGINT NOT NULL REFERENCES memberships (id),
  actor_name TEXT NOT NULL,
  actor_title TEXT NOT NULL,
  decided_at TIMESTAMP NOT NULL
);
CREATE INDEX obligation_decisions_by_obligation ON obligation_decisions (obligation_id);

-- Append-only, enforced where no code can forget it.
CREATE TRIGGER obligation_decisions_no_update BEFORE UPDATE ON obligation_decisions BEGIN SELECT RAISE(ABORT, 'obligation_decisions is append-only'); END;
CREATE TRIGGER obligation_decisions_no_delete BEFORE DELETE ON obligation_decisions BEGIN SELECT RAISE(ABORT, 'obligation_decisions is append-only'); END;
-- One version of a thing at a time: two rows never hold on the same day, both ends being inclusive.
CREATE TRIGGER routes_no_overlap_insert AFTER INSERT ON routes
WHEN EXISTS (
  SELECT 1 FROM routes WHERE id <> NEW.id AND regime_id = NEW.regime_id AND unit_id = NEW.unit_id AND part = NEW.part
    AND COALESCE(valid_from, '0001-01-01') <= COALESCE(NEW.valid_to, '9999-12-31')
    AND COALESCE(NEW.valid_from, '0001-01-01') <= COALESCE(valid_to, '9999-12-31')
) BEGIN SELECT RAISE(ABORT, 'routes overlap in time'); END;
CREATE TRIGGER routes_no_overlap_update AFTER UPDATE OF regime_id, unit_id, part, valid_from, valid_to ON routes
WHEN EXISTS (
  SELECT 1 FROM routes WHERE id <> NEW.id AND regime_id = NEW.regime_id AND unit_id = NEW.unit_id AND part = NEW.part
    AND COALESCE(valid_from, '0001-01-01') <= COALESCE(NEW.valid_to, '9999-12-31')
    AND COALESCE(NEW.valid_from, '0001-01-01') <= COALESCE(valid_to, '9999-12-31')
) BEGIN SELECT RAISE(ABORT, 'routes overlap in time'); END;
CREATE TRIGGER forms_no_overlap_insert AFTER INSERT ON forms
WHEN EXISTS (
  SELECT 1 FROM forms WHERE id <> NEW.id AND regime_id = NEW.regime_id AND code = NEW.code
    AND COALESCE(valid_from, '0001-01-01') <= COALESCE(NEW.valid_to, '9999-12-31')
    AND COALESCE(NEW.valid_from, '0001-01-01') <= COALESCE(valid_to, '9999-12-31')
) BEGIN SELECT RAISE(ABORT, 'forms overlap in time'); END;
CREATE TRIGGER forms_no_overlap_update AFTER UPDATE OF regime_id, code, valid_from, valid_to ON forms
WHEN EXISTS (
  SELECT 1 FROM forms WHERE id <> NEW.id AND regime_id = NEW.regime_id AND code = NEW.code
    AND COALESCE(valid_from, '0001-01-01') <= COALESCE(NEW.valid_to, '9999-12-31')
    AND COALESCE(NEW.valid_from, '0001-01-01') <= COALESCE(valid_to, '9999-12-31')
) BEGIN SELECT RAISE(ABORT, 'forms overlap in time'); END;

-- What was asked stays as it was asked: a form somebody owes a report on, its parts and its indicators do not change;
-- a change is a new version or a successor. Its validity may still be closed, and audiences decide only who gets it next.
CREATE TRIGGER forms_in_use BEFORE UPDATE OF regime_id, code, version, name ON forms
WHEN (NEW.regime_id IS NOT OLD.regime_id
  OR NEW.code IS NOT OLD.code
  OR NEW.version IS NOT OLD.version
  OR NEW.name IS NOT OLD.name)
  AND EXISTS (SELECT 1 FROM obligations WHERE form_id = OLD.id)
BEGIN SELECT RAISE(ABORT, 'forms in use do not change'); END;
CREATE TRIGGER form_sections_in_use_insert BEFORE INSERT ON form_sections
WHEN EXISTS (SELECT 1 FROM obligations WHERE form_id IN (NEW.form_id))
BEGIN SELECT RAISE(ABORT, 'form_sections in use do not change'); END;
CREATE TRIGGER form_sections_in_use_update BEFORE UPDATE ON form_sections
WHEN EXISTS (SELECT 1 FROM obligations WHERE form_id IN (OLD.form_id, NEW.form_id))
BEGIN SELECT RAISE(ABORT, 'form_sections in use do not change'); END;
CREATE TRIGGER form_sections_in_use_delete BEFORE DELETE ON form_sections
WHEN EXISTS (SELECT 1 FROM obligations WHERE form_id IN (OLD.form_id))
BEGIN SELECT RAISE(ABORT, 'form_sections in use do not change'); END;
CREATE TRIGGER form_indicators_in_use_insert BEFORE INSERT ON form_indicators
WHEN EXISTS (SELECT 1 FROM obligations WHERE form_id IN (NEW.form_id))
BEGIN SELECT RAISE(ABORT, 'form_indicators in use do not change'); END;
CREATE TRIGGER form_indicators_in_use_update BEFORE UPDATE ON form_indicators
WHEN EXISTS (SELECT 1 FROM obligations WHERE form_id IN (OLD.form_id, NEW.form_id))
BEGIN SELECT RAISE(ABORT, 'form_indicators in use do not change'); END;
CREATE TRIGGER form_indicators_in_use_delete BEFORE DELETE ON form_indicators
WHEN EXISTS (SELECT 1 FROM obligations WHERE form_id IN (OLD.form_id))
BEGIN SELECT RAISE(ABORT, 'form_indicators in use do not change'); END;
CREATE TRIGGER form_lists_in_use_insert BEFORE INSERT ON form_lists
WHEN EXISTS (SELECT 1 FROM obligations WHERE form_id IN (NEW.form_id))
BEGIN SELECT RAISE(ABORT, 'form_lists in use do not change'); END;
CREATE TRIGGER form_lists_in_use_update BEFORE UPDATE ON form_lists
WHEN EXISTS (SELECT 1 FROM obligations WHERE form_id IN (OLD.form_id, NEW.form_id))
BEGIN SELECT RAISE(ABORT, 'form_lists in use do not change'); END;
CREATE TRIGGER form_lists_in_use_delete BEFORE DELETE ON form_lists
WHEN EXISTS (SELECT 1 FROM obligations WHERE form_id IN (OLD.form_id))
BEGIN SELECT RAISE(ABORT, 'form_lists in use do not change'); END;
CREATE TRIGGER indicators_in_use BEFORE UPDATE OF code, measure_unit, value_type, scale, display_exponent, unit_rule, level_rule, period_rule, numerator_id, denominator_id ON indicators
WHEN (NEW.code IS NOT OLD.code
  OR NEW.measure_unit IS NOT OLD.measure_unit
  OR NEW.value_type IS NOT OLD.value_type
  OR NEW.scale IS NOT OLD.scale
  OR NEW.display_exponent IS NOT OLD.display_exponent
  OR NEW.unit_rule IS NOT OLD.unit_rule
  OR NEW.level_rule IS NOT OLD.level_rule
  OR NEW.period_rule IS NOT OLD.period_rule
  OR NEW.numerator_id IS NOT OLD.numerator_id
  OR NEW.denominator_id IS NOT OLD.denominator_id)
  AND EXISTS (
    SELECT 1 FROM form_indicators f JOIN obligations o ON o.form_id = f.form_id
    WHERE f.indicator_id IN (OLD.id, OLD.numerator_id, OLD.denominator_id)
  )
BEGIN SELECT RAISE(ABORT, 'indicators in use do not change'); END;
