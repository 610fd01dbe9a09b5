-- A recipient's own form (.xlsx) as an administrator uploaded it. It never changes: another file is another row that takes its
-- place (`replaces_id`), the old one is withdrawn. Without a regime it serves every regime of its province. `version` counts
-- the changes of its bindings.
CREATE TABLE recipient_forms (
  id INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,
  province_id BIGINT NOT NULL REFERENCES units (id),
  regime_id BIGINT REFERENCES regimes (id),
  name TEXT NOT NULL,
  recipient TEXT NOT NULL,
  file_name TEXT NOT NULL,
  size BIGINT NOT NULL CHECK (size > 0),
  sha256 TEXT NOT NULL,
  replaces_id BIGINT UNIQUE REFERENCES recipient_forms (id),
  membership_id BIGINT NOT NULL REFERENCES memberships (id),
  adder_name TEXT NOT NULL,
  adder_title TEXT NOT NULL,
  uploaded_at TIMESTAMP NOT NULL,
  version INTEGER NOT NULL DEFAULT 1,
  withdrawn_at TIMESTAMP,
  withdrawn_by BIGINT REFERENCES memberships (id),
  CHECK ((withdrawn_at IS NULL) = (withdrawn_by IS NULL))
);
CREATE INDEX recipient_forms_by_province ON recipient_forms (province_id);

-- Its bytes, as files have theirs.
CREATE TABLE recipient_form_blocks (
  form_id BIGINT NOT NULL REFERENCES recipient_forms (id),
  number INTEGER NOT NULL,
  bytes BLOB NOT NULL,
  PRIMARY KEY (form_id, number)
);

-- Cells bound by picking them on a page: what their own text does not say.
CREATE TABLE recipient_form_bindings (
  form_id BIGINT NOT NULL REFERENCES recipient_forms (id),
  sheet TEXT NOT NULL,
  cell TEXT NOT NULL,
  name TEXT NOT NULL,
  PRIMARY KEY (form_id, sheet, cell, name)
);

-- The approved editions that were filled into it: from the first on its bindings stay as they are.
CREATE TABLE recipient_form_uses (
  form_id BIGINT NOT NULL REFERENCES recipient_forms (id),
  edition_id BIGINT NOT NULL REFERENCES editions (id),
  membership_id BIGINT NOT NULL REFERENCES memberships (id),
  used_at TIMESTAMP NOT NULL,
  PRIMARY KEY (form_id, edition_id)
);
CREATE INDEX recipient_form_uses_by_edition ON recipient_form_uses (edition_id);

-- Enforced where no code can forget it.
CREATE TRIGGER recipient_forms_no_update BEFORE UPDATE OF id, province_id, regime_id, name, recipient, file_name, size, sha256, replaces_id, membership_id, adder_name, adder_title, uploaded_at ON recipient_forms BEGIN SELECT RAISE(ABORT, 'recipient_forms is append-only'); END;
CREATE TRIGGER recipient_forms_no_delete BEFORE DELETE ON recipient_forms BEGIN SELECT RAISE(ABORT, 'recipient_forms is append-only'); END;
CREATE TRIGGER recipient_form_blocks_no_update BEFORE UPDATE ON recipient_form_blocks BEGIN SELECT RAISE(ABORT, 'recipient_form_blocks is append-only'); END;
CREATE TRIGGER recipient_form_blocks_no_delete BEFORE DELETE ON recipient_form_blocks BEGIN SELECT RAISE(ABORT, 'recipient_form_blocks is append-only'); END;
CREATE TRIGGER recipient_form_uses_no_update BEFORE UPDATE ON recipient_form_uses BEGIN SELECT RAISE(ABORT, 'recipient_form_uses is append-only'); END;
CREATE TRIGGER recipient_form_uses_no_delete BEFORE DELETE ON recipient_form_uses BEGIN SELECT RAISE(ABORT, 'recipient_form_uses is append-only'); END;
CREATE TRIGGER recipient_form_bindings_no_insert BEFORE INSERT ON recipient_form_bindings WHEN EXISTS (SELECT 1 FROM recipient_form_uses WHERE form_id = NEW.form_id) BEGIN SELECT RAISE(ABORT, 'recipient_form_bindings is append-only'); END;
CREATE TRIGGER recipient_form_bindings_no_update BEFORE UPDATE ON recipient_form_bindings BEGIN SELECT RAISE(ABORT, 'recipient_form_bindings is append-only'); END;
CREATE TRIGGER recipient_form_bindings_no_delete BEFORE DELETE ON recipient_form_bindings WHEN EXISTS (SELECT 1 FROM recipient_form_uses WHERE form_id = OLD.form_id) BEGIN SELECT RAISE(ABORT, 'recipient_form_bindings is append-only'); END;
