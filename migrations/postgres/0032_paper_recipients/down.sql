DROP TABLE paper_recipients;
