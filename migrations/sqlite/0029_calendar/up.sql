-- That the official notice of a year's days off was read and entered: until then the days decided year by year are
-- proposals, and pages that name a date of that year say so.
CREATE TABLE calendar_notices (
  year BIGINT PRIMARY KEY NOT NULL,
  document TEXT NOT NULL,
  noted_by BIGINT NOT NULL REFERENCES memberships (id),
  noted_at TIMESTAMP NOT NULL
);
