DROP TABLE revision_files;
DROP TABLE draft_files;
DROP TABLE file_blocks;
DROP TABLE files;
