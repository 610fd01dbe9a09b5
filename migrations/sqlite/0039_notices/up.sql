-- What the clock asks for is nobody's wish.
CREATE TABLE jobs_new (
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
  created_by BIGINT REFERENCES people (id),
  created_at TIMESTAMP NOT NULL,
  CHECK ((state = 'running') = (lease_until IS NOT NULL))
);
INSERT INTO jobs_new SELECT * FROM jobs;
DROP TABLE jobs;
ALTER TABLE jobs_new RENAME TO jobs;
CREATE INDEX jobs_to_run ON jobs (state, run_at);
CREATE INDEX jobs_by_subject ON jobs (kind, subject_id);

-- On which days before (-) and after (+) the last day a regime's units are reminded; without a row on the usual ones.
CREATE TABLE notice_steps (
  regime_id BIGINT PRIMARY KEY NOT NULL REFERENCES regimes (id),
  steps TEXT NOT NULL,
  version INTEGER NOT NULL
);

-- A day's run, once for the whole installation. It covers the days after `after_day`, the last day whose run was finished before.
CREATE TABLE notice_runs (
  day DATE PRIMARY KEY NOT NULL,
  after_day DATE,
  started_at TIMESTAMP NOT NULL,
  finished_at TIMESTAMP,
  tries INTEGER NOT NULL,
  notices INTEGER NOT NULL
);

-- What one person was told at once: everything of a day, or ('release …') what a clerk has let go.
CREATE TABLE digests (
  id INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,
  uid TEXT NOT NULL UNIQUE,
  person_id BIGINT NOT NULL REFERENCES people (id),
  day DATE NOT NULL,
  batch TEXT NOT NULL,
  subject TEXT NOT NULL,
  created_at TIMESTAMP NOT NULL,
  read_at TIMESTAMP,
  UNIQUE (person_id, day, batch)
);
CREATE INDEX digests_unread ON digests (person_id) WHERE read_at IS NULL;

-- One thing said to one person by one channel, for good. Period and obligation are not referred to: one opened by mistake is
-- withdrawn, and what was said of it stays said.
CREATE TABLE notices (
  id INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,
  digest_uid TEXT NOT NULL REFERENCES digests (uid),
  person_id BIGINT NOT NULL REFERENCES people (id),
  obligation_id BIGINT NOT NULL,
  report_id BIGINT NOT NULL,
  period_id BIGINT NOT NULL,
  unit_id BIGINT NOT NULL REFERENCES units (id),
  collector_id BIGINT NOT NULL REFERENCES units (id),
  aim TEXT NOT NULL CHECK (aim IN ('report', 'correction')),
  due_on DATE NOT NULL,
  step INTEGER NOT NULL,
  level TEXT NOT NULL CHECK (level IN ('own', 'unit_leader', 'compiling_leader')),
  channel TEXT NOT NULL CHECK (channel IN ('app', 'mail')),
  day DATE NOT NULL,
  words TEXT NOT NULL,
  created_at TIMESTAMP NOT NULL,
  UNIQUE (person_id, obligation_id, aim, due_on, step, level, channel)
);
CREATE INDEX notices_by_digest ON notices (digest_uid);
CREATE INDEX notices_by_collector ON notices (collector_id, day);
CREATE INDEX notices_by_period ON notices (period_id, day);

-- A word to a leader about one overdue obligation: prepared by the daily run, let go by whoever compiles.
CREATE TABLE notice_escalations (
  id INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,
  obligation_id BIGINT NOT NULL,
  collector_id BIGINT NOT NULL REFERENCES units (id),
  aim TEXT NOT NULL CHECK (aim IN ('report', 'correction')),
  due_on DATE NOT NULL,
  level TEXT NOT NULL CHECK (level IN ('unit_leader', 'compiling_leader')),
  step INTEGER NOT NULL,
  prepared_on DATE NOT NULL,
  released_at TIMESTAMP,
  released_by BIGINT REFERENCES memberships (id),
  UNIQUE (obligation_id, aim, due_on, level),
  CHECK ((released_at IS NULL) = (released_by IS NULL))
);
CREATE INDEX notice_escalations_waiting ON notice_escalations (collector_id) WHERE released_at IS NULL;

-- Letters to be carried to the mail server, and what became of each. What was written never changes.
CREATE TABLE mail_messages (
  id INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,
  uid TEXT NOT NULL UNIQUE,
  person_id BIGINT NOT NULL REFERENCES people (id),
  name TEXT NOT NULL,
  address TEXT NOT NULL,
  subject TEXT NOT NULL,
  body TEXT NOT NULL,
  written_at TIMESTAMP NOT NULL,
  useless_after DATE,
  state TEXT NOT NULL CHECK (state IN ('waiting', 'sent', 'failed')),
  attempts INTEGER NOT NULL,
  run_at TIMESTAMP NOT NULL,
  lease_until TIMESTAMP,
  error TEXT NOT NULL,
  settled_at TIMESTAMP,
  CHECK ((state = 'waiting') = (settled_at IS NULL))
);
CREATE INDEX mail_messages_to_send ON mail_messages (state, run_at);

CREATE TRIGGER notices_no_update BEFORE UPDATE ON notices BEGIN SELECT RAISE(ABORT, 'notices is append-only'); END;
CREATE TRIGGER notices_no_delete BEFORE DELETE ON notices BEGIN SELECT RAISE(ABORT, 'notices is append-only'); END;
CREATE TRIGGER digests_no_update BEFORE UPDATE OF uid, person_id, day, batch, subject, created_at ON digests BEGIN SELECT RAISE(ABORT, 'digests is append-only'); END;
CREATE TRIGGER digests_no_delete BEFORE DELETE ON digests BEGIN SELECT RAISE(ABORT, 'digests is append-only'); END;
CREATE TRIGGER mail_messages_no_update BEFORE UPDATE OF uid, person_id, name, address, subject, body, written_at, useless_after ON mail_messages BEGIN SELECT RAISE(ABORT, 'mail_messages is append-only'); END;
CREATE TRIGGER mail_messages_no_delete BEFORE DELETE ON mail_messages BEGIN SELECT RAISE(ABORT, 'mail_messages is append-only'); END;
