DROP TABLE hand_overs;
DROP TABLE invitations;
ALTER TABLE sessions DROP COLUMN device;
ALTER TABLE people DROP COLUMN last_sign_in_at;
