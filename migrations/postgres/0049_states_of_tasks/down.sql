DROP INDEX revisions_by_sending;
DROP INDEX revision_task_results_by_task;
CREATE INDEX revision_task_results_by_task ON revision_task_results (task_id);
