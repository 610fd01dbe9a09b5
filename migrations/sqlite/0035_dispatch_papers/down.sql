DROP TABLE edition_dispatch_papers;
