-- A file: what is known of it, then its bytes in blocks. While it comes in only name and person are known; it is
-- complete once `added_at` is set, and from then on neither the row nor a block changes.
CREATE TABLE files (
  id INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,
  uid TEXT NOT NULL UNIQUE,
  unit_id BIGINT NOT NULL REFERENCES units (id),
  file_name TEXT NOT NULL,
  membership_id BIGINT NOT NULL REFERENCES memberships (id),
  adder_name TEXT NOT NULL,
  adder_title TEXT NOT NULL,
  begun_at TIMESTAMP NOT NULL,
  kind TEXT CHECK (kind IN ('pdf', 'docx', 'xlsx', 'doc', 'xls', 'png', 'jpg')),
  size BIGINT CHECK (size > 0),
  sha256 TEXT,
  added_at TIMESTAMP,
  CHECK ((added_at IS NULL) = (kind IS NULL) AND (added_at IS NULL) = (size IS NULL)
    AND (added_at IS NULL) = (sha256 IS NULL))
);
CREATE INDEX files_by_unit ON files (unit_id);
CREATE INDEX files_coming_in ON files (begun_at) WHERE added_at IS NULL;

CREATE TABLE file_blocks (
  file_id BIGINT NOT NULL REFERENCES files (id),
  number INTEGER NOT NULL,
  bytes BLOB NOT NULL,
  PRIMARY KEY (file_id, number)
);

-- What the draft of a report holds now; with `kept_at`, what was put aside with the unit's own draft at that moment.
CREATE TABLE draft_files (
  id INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,
  report_id BIGINT NOT NULL REFERENCES reports (id),
  file_id BIGINT NOT NULL REFERENCES files (id),
  purpose TEXT NOT NULL CHECK (purpose IN ('evidence', 'incoming', 'signed')),
  kept_at TIMESTAMP
);
CREATE INDEX draft_files_by_report ON draft_files (report_id);
CREATE INDEX draft_files_by_file ON draft_files (file_id);

-- What a revision was sent with, in its order; with `later`, a signed paper that was added after it was sent.
CREATE TABLE revision_files (
  revision_id BIGINT NOT NULL REFERENCES revisions (id),
  position INTEGER NOT NULL,
  file_id BIGINT NOT NULL REFERENCES files (id),
  purpose TEXT NOT NULL CHECK (purpose IN ('evidence', 'incoming', 'signed')),
  later BOOLEAN NOT NULL,
  PRIMARY KEY (revision_id, position),
  CHECK (NOT later OR purpose = 'signed')
);
CREATE INDEX revision_files_by_file ON revision_files (file_id);

-- Append-only, enforced where no code can forget it: a complete file never changes, and what a revision names stays.
CREATE TRIGGER files_no_update BEFORE UPDATE ON files WHEN OLD.added_at IS NOT NULL BEGIN SELECT RAISE(ABORT, 'files is append-only'); END;
CREATE TRIGGER files_no_delete BEFORE DELETE ON files WHEN EXISTS (SELECT 1 FROM revision_files WHERE file_id = OLD.id) BEGIN SELECT RAISE(ABORT, 'files is append-only'); END;
CREATE TRIGGER file_blocks_no_insert BEFORE INSERT ON file_blocks WHEN (SELECT added_at FROM files WHERE id = NEW.file_id) IS NOT NULL BEGIN SELECT RAISE(ABORT, 'file_blocks is append-only'); END;
CREATE TRIGGER file_blocks_no_update BEFORE UPDATE ON file_blocks BEGIN SELECT RAISE(ABORT, 'file_blocks is append-only'); END;
CREATE TRIGGER file_blocks_no_delete BEFORE DELETE ON file_blocks WHEN EXISTS (SELECT 1 FROM revision_files WHERE file_id = OLD.file_id) BEGIN SELECT RAISE(ABORT, 'file_blocks is append-only'); END;
CREATE TRIGGER revision_files_no_update BEFORE UPDATE ON revision_files BEGIN SELECT RAISE(ABORT, 'revision_files is append-only'); END;
CREATE TRIGGER revision_files_no_delete BEFORE DELETE ON revision_files BEGIN SELECT RAISE(ABORT, 'revision_files is append-only'); END;
