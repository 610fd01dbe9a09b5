-- The telephone of a body as such: its office, its records clerk. People have their own.
ALTER TABLE units ADD COLUMN phone TEXT NOT NULL DEFAULT '';

-- The collector's log of calls and messages about one obligation. A correction is a new row that names the one it corrects,
-- which can be corrected once. after_revision: the last revision when it was spoken about, so that a promise for the first
-- sending says nothing about a correction asked for later.
CREATE TABLE contacts (
  id INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,
  obligation_id BIGINT NOT NULL REFERENCES obligations (id),
  after_revision INTEGER NOT NULL,
  corrects_id BIGINT UNIQUE REFERENCES contacts (id),
  contacted_on DATE NOT NULL,
  channel TEXT NOT NULL CHECK (channel IN ('phone', 'zalo', 'email', 'in_person')),
  spoke_with TEXT NOT NULL,
  outcome TEXT NOT NULL CHECK (outcome IN ('promised', 'reached', 'no_answer')),
  promised_on DATE,
  note TEXT NOT NULL,
  membership_id BIGINT NOT NULL REFERENCES memberships (id),
  actor_name TEXT NOT NULL,
  actor_title TEXT NOT NULL,
  recorded_at TIMESTAMP NOT NULL,
  CHECK ((outcome = 'promised') = (promised_on IS NOT NULL))
);
CREATE INDEX contacts_by_obligation ON contacts (obligation_id);

-- Secret addresses of calendar feeds, by the hash of what stands in them. unit_id: the feed of a body; none: of the person.
CREATE TABLE calendar_links (
  id INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,
  person_id BIGINT NOT NULL REFERENCES people (id),
  unit_id BIGINT REFERENCES units (id),
  token_hash TEXT NOT NULL UNIQUE,
  made_at TIMESTAMP NOT NULL,
  revoked_at TIMESTAMP
);
CREATE INDEX calendar_links_by_person ON calendar_links (person_id);
CREATE INDEX calendar_links_by_unit ON calendar_links (unit_id);

-- Obligations of a period taken back as opened by mistake: calendars that have their day are told that it is cancelled.
CREATE TABLE withdrawn_duties (
  uid TEXT PRIMARY KEY NOT NULL,
  unit_id BIGINT NOT NULL REFERENCES units (id),
  title TEXT NOT NULL,
  last_day DATE NOT NULL,
  sequence INTEGER NOT NULL,
  withdrawn_at TIMESTAMP NOT NULL
);
CREATE INDEX withdrawn_duties_by_unit ON withdrawn_duties (unit_id);

-- Append-only, enforced where no code can forget it.
CREATE TRIGGER contacts_no_update BEFORE UPDATE ON contacts BEGIN SELECT RAISE(ABORT, 'contacts is append-only'); END;
CREATE TRIGGER contacts_no_delete BEFORE DELETE ON contacts BEGIN SELECT RAISE(ABORT, 'contacts is append-only'); END;
