ALTER TABLE drop_files DROP COLUMN alone;
