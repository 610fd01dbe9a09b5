DROP TABLE kept_forms;
DROP TABLE draft_clashes;
DROP TABLE draft_changes;
