DROP TRIGGER paper_recipients_no_delete;
DROP INDEX paper_recipients_one_after_another;
DELETE FROM paper_recipients WHERE part = 'consolidated';
ALTER TABLE paper_recipients DROP COLUMN follows;
ALTER TABLE paper_recipients DROP COLUMN part;
CREATE TRIGGER paper_recipients_no_delete BEFORE DELETE ON paper_recipients BEGIN SELECT RAISE(ABORT, 'paper_recipients is append-only'); END;
