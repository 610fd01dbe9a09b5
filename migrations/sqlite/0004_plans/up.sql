-- An issued document that gives work: number and day may still be blank, as văn thư stamps them after signing.
CREATE TABLE plans (
  id INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,
  uid TEXT NOT NULL UNIQUE,
  province_id BIGINT NOT NULL REFERENCES units (id),
  issuer_unit_id BIGINT REFERENCES units (id),
  issuer TEXT NOT NULL,
  superior TEXT NOT NULL DEFAULT '',
  kind TEXT NOT NULL,
  number TEXT NOT NULL DEFAULT '',
  symbol TEXT NOT NULL DEFAULT '',
  place TEXT NOT NULL DEFAULT '',
  issued_year INTEGER NOT NULL,
  issued_month INTEGER CHECK (issued_month BETWEEN 1 AND 12),
  issued_day INTEGER CHECK (issued_day BETWEEN 1 AND 31),
  subject TEXT NOT NULL,
  short_name TEXT NOT NULL,
  search_key TEXT NOT NULL,
  signatory_capacity TEXT NOT NULL DEFAULT '',
  signatory_title TEXT NOT NULL DEFAULT '',
  signatory_name TEXT NOT NULL DEFAULT '',
  valid_from DATE,
  valid_to DATE,
  version INTEGER NOT NULL DEFAULT 1,
  CHECK (issued_day IS NULL OR issued_month IS NOT NULL)
);
CREATE INDEX plans_by_province ON plans (province_id);

CREATE TABLE legal_bases (
  id INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,
  kind TEXT NOT NULL,
  number TEXT NOT NULL,
  issued_on DATE,
  issuer TEXT NOT NULL,
  subject TEXT NOT NULL,
  valid_from DATE,
  valid_to DATE
);
-- Two bodies may give out one number on one day; a day left blank is a day like another. Without a number two
-- documents cannot be told apart.
CREATE UNIQUE INDEX legal_bases_once ON legal_bases (number, issuer, COALESCE(issued_on, '0001-01-01')) WHERE number <> '';

CREATE TABLE plan_legal_bases (
  plan_id BIGINT NOT NULL REFERENCES plans (id),
  legal_basis_id BIGINT NOT NULL REFERENCES legal_bases (id),
  position INTEGER NOT NULL,
  PRIMARY KEY (plan_id, legal_basis_id)
);

CREATE TABLE clauses (
  id INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,
  plan_id BIGINT NOT NULL REFERENCES plans (id),
  parent_id BIGINT REFERENCES clauses (id),
  position INTEGER NOT NULL,
  label TEXT NOT NULL,
  path TEXT NOT NULL,
  title TEXT NOT NULL,
  body TEXT NOT NULL DEFAULT ''
);
CREATE INDEX clauses_by_plan ON clauses (plan_id, position);

CREATE TABLE tasks (
  id INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,
  uid TEXT NOT NULL UNIQUE,
  plan_id BIGINT NOT NULL REFERENCES plans (id),
  clause_id BIGINT NOT NULL REFERENCES clauses (id),
  position INTEGER NOT NULL,
  text TEXT NOT NULL,
  search_key TEXT NOT NULL,
  target TEXT NOT NULL DEFAULT '',
  due_on DATE,
  withdrawn_on DATE
);
CREATE INDEX tasks_by_plan ON tasks (plan_id);
CREATE INDEX tasks_by_clause ON tasks (clause_id);

-- Who holds a task from when to when; a change closes rows and opens others. recorded_on is the day a row was written
-- down by hand, so that a slip of that day can be taken back. A function is resolved to its holder on the date asked; group_kind remembers that the document named a group.
CREATE TABLE assignments (
  id INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,
  task_id BIGINT NOT NULL REFERENCES tasks (id),
  unit_id BIGINT REFERENCES units (id),
  function_id BIGINT REFERENCES functions (id),
  group_kind TEXT REFERENCES unit_kinds (code),
  part TEXT NOT NULL CHECK (part IN ('lead', 'cooperating')),
  mode TEXT NOT NULL CHECK (mode IN ('assign', 'request')),
  valid_from DATE,
  valid_to DATE,
  recorded_on DATE,
  CHECK (unit_id IS NOT NULL OR function_id IS NOT NULL),
  CHECK (valid_from IS NULL OR valid_to IS NULL OR valid_from <= valid_to)
);
CREATE INDEX assignments_by_task ON assignments (task_id);
CREATE INDEX assignments_by_unit ON assignments (unit_id);
CREATE INDEX assignments_by_function ON assignments (function_id);

-- What a unit did for a task, when.
CREATE TABLE task_entries (
  id INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,
  uid TEXT NOT NULL UNIQUE,
  task_id BIGINT NOT NULL REFERENCES tasks (id),
  unit_id BIGINT NOT NULL REFERENCES units (id),
  done_on DATE NOT NULL,
  text TEXT NOT NULL,
  quantity BIGINT,
  measure_unit TEXT NOT NULL DEFAULT '',
  link TEXT NOT NULL DEFAULT '',
  membership_id BIGINT NOT NULL REFERENCES memberships (id),
  actor_name TEXT NOT NULL,
  actor_title TEXT NOT NULL,
  recorded_at TIMESTAMP NOT NULL
);
CREATE INDEX task_entries_by_task ON task_entries (task_id, unit_id, done_on);
CREATE INDEX task_entries_by_unit ON task_entries (unit_id, done_on);
