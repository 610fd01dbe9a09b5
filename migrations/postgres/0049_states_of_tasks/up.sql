-- What reports say of a task, and when which sending of a report was made, are read by the thousand for the states of tasks:
-- from the index alone, for a revision's row carries all of its text.
DROP INDEX revision_task_results_by_task;
CREATE INDEX revision_task_results_by_task ON revision_task_results (task_id, revision_id, status);
CREATE INDEX revisions_by_sending ON revisions (report_id, number, sent_at, id);
