DROP TRIGGER paper_recipients_append_only ON paper_recipients;
DROP INDEX paper_recipients_one_after_another;
DELETE FROM paper_recipients WHERE part = 'consolidated';
ALTER TABLE paper_recipients DROP COLUMN follows;
ALTER TABLE paper_recipients DROP COLUMN part;
CREATE TRIGGER paper_recipients_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON paper_recipients FOR EACH STATEMENT EXECUTE FUNCTION forbid_change();
