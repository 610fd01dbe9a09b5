DROP TABLE revision_frames;
