-- How a person last came in, and from what kind of device each session was opened.
ALTER TABLE people ADD COLUMN last_sign_in_at TIMESTAMP;
ALTER TABLE sessions ADD COLUMN device TEXT NOT NULL DEFAULT '';

-- A one-time code with which a person sets their own password: at the start, or when it was forgotten. Known here by
-- its SHA-256 only. A person without a password yet has an empty password_hash. A newer code makes the older void.
CREATE TABLE invitations (
  id INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,
  person_id BIGINT NOT NULL REFERENCES people (id),
  kind TEXT NOT NULL CHECK (kind IN ('first', 'reset')),
  code_hash BLOB NOT NULL UNIQUE,
  made_by BIGINT NOT NULL REFERENCES memberships (id),
  made_at TIMESTAMP NOT NULL,
  expires_at TIMESTAMP NOT NULL,
  failed INTEGER NOT NULL DEFAULT 0,
  rests_until TIMESTAMP,
  used_at TIMESTAMP,
  void_at TIMESTAMP
);
CREATE INDEX invitations_by_person ON invitations (person_id);
CREATE UNIQUE INDEX invitations_one_open ON invitations (person_id) WHERE used_at IS NULL AND void_at IS NULL;

-- Append-only: who passed which roles to whom from which day, and the work that was open when it was decided.
CREATE TABLE hand_overs (
  id INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,
  person_id BIGINT NOT NULL REFERENCES people (id),
  successor_id BIGINT NOT NULL REFERENCES people (id),
  unit_id BIGINT NOT NULL REFERENCES units (id),
  effective_on DATE NOT NULL,
  content_json TEXT NOT NULL,
  membership_id BIGINT NOT NULL REFERENCES memberships (id),
  actor_name TEXT NOT NULL,
  actor_title TEXT NOT NULL,
  decided_at TIMESTAMP NOT NULL
);
CREATE INDEX hand_overs_by_person ON hand_overs (person_id);
CREATE INDEX hand_overs_by_successor ON hand_overs (successor_id);

-- Append-only, enforced where no code can forget it.
CREATE TRIGGER hand_overs_no_update BEFORE UPDATE ON hand_overs BEGIN SELECT RAISE(ABORT, 'hand_overs is append-only'); END;
CREATE TRIGGER hand_overs_no_delete BEFORE DELETE ON hand_overs BEGIN SELECT RAISE(ABORT, 'hand_overs is append-only'); END;
