DROP TABLE mail_messages;
DROP TABLE notice_escalations;
DROP TABLE notices;
DROP TABLE digests;
DROP TABLE notice_runs;
DROP TABLE notice_steps;
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
  created_by BIGINT NOT NULL REFERENCES people (id),
  created_at TIMESTAMP NOT NULL,
  CHECK ((state = 'running') = (lease_until IS NOT NULL))
);
INSERT INTO jobs_new SELECT * FROM jobs WHERE created_by IS NOT NULL;
DROP TABLE jobs;
ALTER TABLE jobs_new RENAME TO jobs;
CREATE INDEX jobs_to_run ON jobs (state, run_at);
CREATE INDEX jobs_by_subject ON jobs (kind, subject_id);
