ALTER TABLE period_levels DROP COLUMN stated_time;
ALTER TABLE periods DROP COLUMN signed_file;
ALTER TABLE regimes DROP COLUMN signed_file;
