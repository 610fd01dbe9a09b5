DROP TABLE revision_papers;
