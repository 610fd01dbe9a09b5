-- What each save changed in a draft, field by field, with what had stood there before. From these rows a save of an
-- older page knows what its writer began from. field '*': nothing before this version is known any more.
CREATE TABLE draft_changes (
  report_id BIGINT NOT NULL REFERENCES reports (id),
  version INTEGER NOT NULL,
  field TEXT NOT NULL,
  before_json TEXT,
  changed_by BIGINT NOT NULL REFERENCES memberships (id),
  changed_at TIMESTAMP NOT NULL,
  PRIMARY KEY (report_id, version, field)
);

-- A field that two people changed: what the second typed (mine), and once settled what stood there beside it (theirs)
-- and which was chosen. NULL text: blank.
CREATE TABLE draft_clashes (
  id INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,
  report_id BIGINT NOT NULL REFERENCES reports (id),
  field TEXT NOT NULL,
  typed_by BIGINT NOT NULL REFERENCES memberships (id),
  typed_at TIMESTAMP NOT NULL,
  mine_json TEXT,
  theirs_json TEXT,
  theirs_by TEXT NOT NULL DEFAULT '',
  choice TEXT NOT NULL DEFAULT '' CHECK (choice IN ('', 'mine', 'theirs', 'joined')),
  settled_at TIMESTAMP
);
CREATE UNIQUE INDEX draft_clashes_open ON draft_clashes (report_id, typed_by, field) WHERE settled_at IS NULL;

-- A form that was posted when its session had ended: given back to the same account after signing in, for two hours.
CREATE TABLE kept_forms (
  id INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,
  person_id BIGINT NOT NULL REFERENCES people (id),
  path TEXT NOT NULL,
  fields_json TEXT NOT NULL,
  kept_at TIMESTAMP NOT NULL
);
CREATE INDEX kept_forms_by_person ON kept_forms (person_id);
