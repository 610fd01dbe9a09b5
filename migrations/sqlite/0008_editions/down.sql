DROP TABLE edition_files;
DROP TABLE edition_sources;
DROP TABLE editions;
