ALTER TABLE behalf_revisions DROP COLUMN from_file;
ALTER TABLE behalf_typings DROP COLUMN from_file;
DROP TABLE drop_blocks;
DROP TABLE drop_files;
DROP TABLE drops;
DROP TABLE jobs;
