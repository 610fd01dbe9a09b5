-- The indicators a province counts for itself, beside those issued to every province: their codes begin with "DP.", only
-- they are written by pages. version guards an edit against another; created_at is the system's instant.
CREATE TABLE local_indicators (
  indicator_id BIGINT PRIMARY KEY NOT NULL REFERENCES indicators (id),
  province_id BIGINT NOT NULL REFERENCES units (id),
  version INTEGER NOT NULL DEFAULT 1,
  created_by BIGINT NOT NULL REFERENCES memberships (id),
  created_at TIMESTAMP NOT NULL
);
CREATE INDEX local_indicators_by_province ON local_indicators (province_id);
