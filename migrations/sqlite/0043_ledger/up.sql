-- What an entry of the log of work shows of itself: the post behind its link, as the evidence of a report says it, and the indicator
-- its quantity counts toward. `url_key` is the one spelling of the link, made in Rust; "" without one.
ALTER TABLE task_entries ADD COLUMN indicator_id BIGINT REFERENCES indicators (id);
ALTER TABLE task_entries ADD COLUMN platform TEXT NOT NULL DEFAULT '';
ALTER TABLE task_entries ADD COLUMN link_title TEXT NOT NULL DEFAULT '';
ALTER TABLE task_entries ADD COLUMN reach BIGINT;
ALTER TABLE task_entries ADD COLUMN url_key TEXT NOT NULL DEFAULT '';
CREATE INDEX task_entries_by_url ON task_entries (url_key);

-- Pictures of an entry: files of the unit that noted it, within its quota.
CREATE TABLE entry_photos (
  id INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,
  task_entry_id BIGINT NOT NULL REFERENCES task_entries (id),
  file_id BIGINT NOT NULL UNIQUE REFERENCES files (id)
);
CREATE INDEX entry_photos_by_entry ON entry_photos (task_entry_id);

-- By which version of a rule written in Rust stored columns were last computed.
CREATE TABLE computed_columns (
  name TEXT PRIMARY KEY NOT NULL,
  rule INTEGER NOT NULL
);
