-- Whether the signed file itself (PDF) is part of what paper_rule asks for: at the sending where that is 'required',
-- after it where that is 'later'. On a period: as it was when the regime changed later; NULL: as the regime says.
ALTER TABLE regimes ADD COLUMN signed_file BOOLEAN NOT NULL DEFAULT FALSE;
ALTER TABLE periods ADD COLUMN signed_file BOOLEAN;

-- The hour of a lower level's stated day (HH:MM, Vietnam), by which it is over; NULL: until its end.
ALTER TABLE period_levels ADD COLUMN stated_time TEXT CHECK (stated_time IS NULL OR stated_time LIKE '__:__');

-- Who began a report typed in from paper and who saved it last, beside membership_id, who sent it: none of them
-- receives it as if another had typed it. NULL: typed in before this was kept.
ALTER TABLE behalf_revisions ADD COLUMN begun_by BIGINT REFERENCES memberships (id);
ALTER TABLE behalf_revisions ADD COLUMN saved_by BIGINT REFERENCES memberships (id);
