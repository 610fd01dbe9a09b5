DROP TABLE prose_upload_blocks;
DROP TABLE prose_uploads;
