DROP TABLE withdrawn_duties;
DROP TABLE calendar_links;
DROP TABLE contacts;
ALTER TABLE units DROP COLUMN phone;
