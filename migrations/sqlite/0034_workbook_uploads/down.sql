DROP TABLE workbook_upload_blocks;
DROP TABLE workbook_uploads;
