ALTER TABLE periods DROP COLUMN rolling;
ALTER TABLE periods DROP COLUMN leader_step;
ALTER TABLE periods DROP COLUMN paper_rule;
ALTER TABLE regime_cycles DROP COLUMN own_window;
ALTER TABLE regimes DROP COLUMN legal_basis;
DROP TABLE form_drafts;
