DROP TABLE legacy_table_revisions;
DROP TABLE legacy_table_blocks;
DROP TABLE legacy_tables;
