DROP TABLE group_openings;
