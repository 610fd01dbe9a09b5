DROP TABLE revision_files;
DROP TABLE draft_files;
DROP TABLE file_blocks;
DROP TABLE files;
DROP FUNCTION forbid_block_of_complete_file();
DROP FUNCTION forbid_change_of_named_file();
