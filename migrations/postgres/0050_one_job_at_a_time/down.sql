DROP INDEX jobs_one_open;
ALTER TABLE jobs DROP COLUMN again;
