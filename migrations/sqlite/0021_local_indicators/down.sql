DROP TABLE local_indicators;
