DROP TABLE computed_columns;
DROP TABLE entry_photos;
DROP INDEX task_entries_by_url;
ALTER TABLE task_entries DROP COLUMN url_key;
ALTER TABLE task_entries DROP COLUMN reach;
ALTER TABLE task_entries DROP COLUMN link_title;
ALTER TABLE task_entries DROP COLUMN platform;
ALTER TABLE task_entries DROP COLUMN indicator_id;
