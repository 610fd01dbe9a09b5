DROP TABLE setup_answers;
DROP TABLE setup_codes;
