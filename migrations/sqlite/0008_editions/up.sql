-- The collector's numbered edition of a period, frozen as one JSON document with its SHA-256.
CREATE TABLE editions (
  id INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,
  uid TEXT NOT NULL UNIQUE,
  period_id BIGINT NOT NULL REFERENCES periods (id),
  collector_id BIGINT NOT NULL REFERENCES units (id),
  number INTEGER NOT NULL,
  status TEXT NOT NULL CHECK (status IN ('draft', 'approved', 'sent', 'discarded')),
  content_json TEXT NOT NULL,
  sha256 TEXT NOT NULL,
  created_at TIMESTAMP NOT NULL,
  created_by BIGINT NOT NULL REFERENCES memberships (id),
  created_by_name TEXT NOT NULL,
  created_by_title TEXT NOT NULL,
  approved_at TIMESTAMP,
  approved_by BIGINT REFERENCES memberships (id),
  approved_by_name TEXT NOT NULL DEFAULT '',
  approved_by_title TEXT NOT NULL DEFAULT '',
  -- Why a draft was given up; its number stays taken.
  discard_reason TEXT NOT NULL DEFAULT '',
  version INTEGER NOT NULL DEFAULT 1,
  UNIQUE (period_id, collector_id, number),
  CHECK ((status IN ('draft', 'discarded')) = (approved_at IS NULL))
);

CREATE TABLE edition_sources (
  edition_id BIGINT NOT NULL REFERENCES editions (id),
  obligation_id BIGINT NOT NULL REFERENCES obligations (id),
  revision_id BIGINT REFERENCES revisions (id),
  PRIMARY KEY (edition_id, obligation_id)
);

-- The bytes kept at approval and served ever after.
CREATE TABLE edition_files (
  edition_id BIGINT NOT NULL REFERENCES editions (id),
  copy TEXT NOT NULL CHECK (copy IN ('ministry', 'internal')),
  file_name TEXT NOT NULL,
  bytes BLOB NOT NULL,
  sha256 TEXT NOT NULL,
  PRIMARY KEY (edition_id, copy)
);

-- Append-only, enforced where no code can forget it.
CREATE TRIGGER edition_sources_no_update BEFORE UPDATE ON edition_sources BEGIN SELECT RAISE(ABORT, 'edition_sources is append-only'); END;
CREATE TRIGGER edition_sources_no_delete BEFORE DELETE ON edition_sources BEGIN SELECT RAISE(ABORT, 'edition_sources is append-only'); END;
CREATE TRIGGER edition_files_no_update BEFORE UPDATE ON edition_files BEGIN SELECT RAISE(ABORT, 'edition_files is append-only'); END;
CREATE TRIGGER edition_files_no_delete BEFORE DELETE ON edition_files BEGIN SELECT RAISE(ABORT, 'edition_files is append-only'); END;
-- What an edition froze never changes; only its status moves on: draft, approved, sent. Who approved it stays too.
CREATE TRIGGER editions_frozen BEFORE UPDATE OF uid, period_id, collector_id, number, content_json, sha256, created_at, created_by, created_by_name, created_by_title ON editions BEGIN SELECT RAISE(ABORT, 'editions is append-only'); END;
CREATE TRIGGER editions_approved BEFORE UPDATE OF status, approved_at, approved_by, approved_by_name, approved_by_title ON editions
WHEN (OLD.status = 'draft' AND NEW.status = 'sent') OR OLD.status <> 'draft' AND (
  NOT (NEW.status = OLD.status OR (OLD.status = 'approved' AND NEW.status = 'sent'))
  OR NEW.approved_at IS NOT OLD.approved_at OR NEW.approved_by IS NOT OLD.approved_by
  OR NEW.approved_by_name <> OLD.approved_by_name OR NEW.approved_by_title <> OLD.approved_by_title
) BEGIN SELECT RAISE(ABORT, 'editions is append-only'); END;
CREATE TRIGGER editions_no_delete BEFORE DELETE ON editions BEGIN SELECT RAISE(ABORT, 'editions is append-only'); END;
