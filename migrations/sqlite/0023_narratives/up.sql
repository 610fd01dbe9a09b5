-- The consolidated text of one section while it is written: blocks with their sources, as JSON. Guarded by version.
CREATE TABLE narrative_drafts (
  period_id BIGINT NOT NULL REFERENCES periods (id),
  collector_id BIGINT NOT NULL REFERENCES units (id),
  section_code TEXT NOT NULL,
  version INTEGER NOT NULL,
  blocks_json TEXT NOT NULL,
  saved_by BIGINT NOT NULL REFERENCES memberships (id),
  saved_by_name TEXT NOT NULL,
  saved_at TIMESTAMP NOT NULL,
  PRIMARY KEY (period_id, collector_id, section_code)
);

-- To whom the collector of a regime sends its editions, in order.
CREATE TABLE regime_recipients (
  regime_id BIGINT NOT NULL REFERENCES regimes (id),
  position INTEGER NOT NULL,
  name TEXT NOT NULL,
  PRIMARY KEY (regime_id, position)
);

-- To whom an edition was sent, when and how, with the covering document. revision_id: the revision of the collector's
-- own consolidated report that went with it, where the recipient collects here.
CREATE TABLE edition_dispatches (
  id INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,
  edition_id BIGINT NOT NULL REFERENCES editions (id),
  recipient TEXT NOT NULL,
  revision_id BIGINT REFERENCES revisions (id),
  way TEXT NOT NULL CHECK (way IN ('axis', 'clerk', 'mail', 'system')),
  sent_at TIMESTAMP NOT NULL,
  doc_number TEXT NOT NULL,
  doc_date DATE,
  membership_id BIGINT NOT NULL REFERENCES memberships (id),
  recorder_name TEXT NOT NULL,
  recorder_title TEXT NOT NULL,
  recorded_at TIMESTAMP NOT NULL
);
CREATE INDEX edition_dispatches_by_edition ON edition_dispatches (edition_id);

-- A record of a sending that was a mistake: struck out with its reason, and kept.
CREATE TABLE edition_dispatch_strikes (
  dispatch_id BIGINT PRIMARY KEY NOT NULL REFERENCES edition_dispatches (id),
  reason TEXT NOT NULL,
  membership_id BIGINT NOT NULL REFERENCES memberships (id),
  striker_name TEXT NOT NULL,
  striker_title TEXT NOT NULL,
  struck_at TIMESTAMP NOT NULL
);

-- A draft the leader gave back; the reason stands with the edition.
CREATE TABLE edition_returns (
  edition_id BIGINT PRIMARY KEY NOT NULL REFERENCES editions (id),
  membership_id BIGINT NOT NULL REFERENCES memberships (id),
  leader_name TEXT NOT NULL,
  leader_title TEXT NOT NULL,
  returned_at TIMESTAMP NOT NULL
);

-- The consolidated report as a Word file, kept at approval.
CREATE TABLE edition_papers (
  edition_id BIGINT PRIMARY KEY NOT NULL REFERENCES editions (id),
  file_name TEXT NOT NULL,
  bytes BLOB NOT NULL,
  sha256 TEXT NOT NULL
);

-- Append-only, enforced where no code can forget it.
CREATE TRIGGER edition_dispatches_no_update BEFORE UPDATE ON edition_dispatches BEGIN SELECT RAISE(ABORT, 'edition_dispatches is append-only'); END;
CREATE TRIGGER edition_dispatches_no_delete BEFORE DELETE ON edition_dispatches BEGIN SELECT RAISE(ABORT, 'edition_dispatches is append-only'); END;
CREATE TRIGGER edition_dispatch_strikes_no_update BEFORE UPDATE ON edition_dispatch_strikes BEGIN SELECT RAISE(ABORT, 'edition_dispatch_strikes is append-only'); END;
CREATE TRIGGER edition_dispatch_strikes_no_delete BEFORE DELETE ON edition_dispatch_strikes BEGIN SELECT RAISE(ABORT, 'edition_dispatch_strikes is append-only'); END;
CREATE TRIGGER edition_returns_no_update BEFORE UPDATE ON edition_returns BEGIN SELECT RAISE(ABORT, 'edition_returns is append-only'); END;
CREATE TRIGGER edition_returns_no_delete BEFORE DELETE ON edition_returns BEGIN SELECT RAISE(ABORT, 'edition_returns is append-only'); END;
CREATE TRIGGER edition_papers_no_update BEFORE UPDATE ON edition_papers BEGIN SELECT RAISE(ABORT, 'edition_papers is append-only'); END;
CREATE TRIGGER edition_papers_no_delete BEFORE DELETE ON edition_papers BEGIN SELECT RAISE(ABORT, 'edition_papers is append-only'); END;

-- An edition whose every record of sending was struck out is approved, and not sent.
DROP TRIGGER editions_approved;
CREATE TRIGGER editions_approved BEFORE UPDATE OF status, approved_at, approved_by, approved_by_name, approved_by_title ON editions
WHEN (OLD.status = 'draft' AND NEW.status = 'sent') OR OLD.status <> 'draft' AND (
  NOT (NEW.status = OLD.status OR (OLD.status = 'approved' AND NEW.status = 'sent') OR (OLD.status = 'sent' AND NEW.status = 'approved'))
  OR NEW.approved_at IS NOT OLD.approved_at OR NEW.approved_by IS NOT OLD.approved_by
  OR NEW.approved_by_name <> OLD.approved_by_name OR NEW.approved_by_title <> OLD.approved_by_title
) BEGIN SELECT RAISE(ABORT, 'editions is append-only'); END;
