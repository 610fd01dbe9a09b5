-- First run. A code is printed on the console and known here by its SHA-256 only; whoever types it within the tries
-- gets a token, known here by its SHA-256 too, and the code is spent. Both tables are empty once set up.
CREATE TABLE setup_codes (
  id INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,
  code_hash BLOB NOT NULL UNIQUE,
  made_at TIMESTAMP NOT NULL,
  expires_at TIMESTAMP NOT NULL,
  tries_left INTEGER NOT NULL CHECK (tries_left >= 0),
  token_hash BLOB UNIQUE,
  csrf_token TEXT NOT NULL DEFAULT ''
);

-- What was typed at each step, until the last step writes everything at once. A password stands here as its hash.
CREATE TABLE setup_answers (
  step TEXT PRIMARY KEY NOT NULL CHECK (step IN ('administrator', 'province', 'units')),
  answers_json TEXT NOT NULL,
  saved_at TIMESTAMP NOT NULL
);
