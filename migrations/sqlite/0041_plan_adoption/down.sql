DROP TABLE plan_upload_blocks;
DROP TABLE plan_uploads;
