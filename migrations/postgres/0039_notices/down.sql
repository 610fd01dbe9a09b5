DROP TABLE mail_messages;
DROP TABLE notice_escalations;
DROP TABLE notices;
DROP TABLE digests;
DROP TABLE notice_runs;
DROP TABLE notice_steps;
DELETE FROM jobs WHERE created_by IS NULL;
ALTER TABLE jobs ALTER COLUMN created_by SET NOT NULL;
