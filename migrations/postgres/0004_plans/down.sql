DROP TABLE task_entries;
DROP TABLE assignments;
DROP TABLE tasks;
DROP TABLE clauses;
DROP TABLE plan_legal_bases;
DROP TABLE legal_bases;
DROP TABLE plans;
