CREATE TABLE people (
  id INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,
  uid TEXT NOT NULL UNIQUE,
  username TEXT NOT NULL UNIQUE,
  full_name TEXT NOT NULL,
  name_key TEXT NOT NULL,
  phone TEXT NOT NULL DEFAULT '',
  email TEXT NOT NULL DEFAULT '',
  password_hash TEXT NOT NULL,
  must_change_password BOOLEAN NOT NULL,
  failed_sign_ins INTEGER NOT NULL DEFAULT 0,
  locked_until TIMESTAMP,
  disabled_at TIMESTAMP,
  created_at TIMESTAMP NOT NULL
);

CREATE TABLE memberships (
  id INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,
  person_id BIGINT NOT NULL REFERENCES people (id),
  unit_id BIGINT NOT NULL REFERENCES units (id),
  role TEXT NOT NULL CHECK (role IN ('officer', 'unit_leader', 'compiler', 'compiling_leader', 'leader', 'ministry_viewer', 'administrator')),
  title TEXT NOT NULL,
  valid_from DATE,
  valid_to DATE
);
CREATE INDEX memberships_by_person ON memberships (person_id);
CREATE INDEX memberships_by_unit ON memberships (unit_id);

-- A session is known by the SHA-256 of its token; the token itself is only in the browser's cookie.
CREATE TABLE sessions (
  id INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,
  token_hash BLOB NOT NULL UNIQUE,
  person_id BIGINT NOT NULL REFERENCES people (id),
  csrf_token TEXT NOT NULL,
  created_at TIMESTAMP NOT NULL,
  last_seen_at TIMESTAMP NOT NULL,
  expires_at TIMESTAMP NOT NULL
);
CREATE INDEX sessions_by_person ON sessions (person_id);
