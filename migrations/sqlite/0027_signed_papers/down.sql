ALTER TABLE revision_papers DROP COLUMN reason;
ALTER TABLE regimes DROP COLUMN subject;
