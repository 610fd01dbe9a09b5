ALTER TABLE behalf_revisions DROP COLUMN saved_by;
ALTER TABLE behalf_revisions DROP COLUMN begun_by;
ALTER TABLE period_levels DROP COLUMN stated_time;
ALTER TABLE periods DROP COLUMN signed_file;
ALTER TABLE regimes DROP COLUMN signed_file;
