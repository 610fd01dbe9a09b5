-- A body that reports for itself and consolidates names the recipients of each of its two papers. `part` is that of the
-- obligation; the list of a regime for all its units is one, under 'own'. `follows` is the saving that was seen, 0 for none: two
-- people who saw the same one do not both save.
DROP TRIGGER paper_recipients_no_update;
ALTER TABLE paper_recipients ADD COLUMN part TEXT NOT NULL DEFAULT 'own' CHECK (part IN ('own', 'consolidated'));
ALTER TABLE paper_recipients ADD COLUMN follows BIGINT NOT NULL DEFAULT 0;
-- What was saved until now stood on both papers.
INSERT INTO paper_recipients (regime_id, unit_id, names, drafter, copies, membership_id, saved_at, part)
SELECT saved.regime_id, saved.unit_id, saved.names, saved.drafter, saved.copies, saved.membership_id, saved.saved_at, 'consolidated'
FROM paper_recipients AS saved
WHERE EXISTS (
  SELECT 1 FROM obligations JOIN periods ON periods.id = obligations.period_id
  WHERE obligations.unit_id = saved.unit_id AND obligations.part = 'consolidated' AND periods.regime_id = saved.regime_id
)
ORDER BY saved.id;
UPDATE paper_recipients SET follows = COALESCE((
  SELECT MAX(older.id) FROM paper_recipients AS older
  WHERE older.regime_id = paper_recipients.regime_id
    AND COALESCE(older.unit_id, 0) = COALESCE(paper_recipients.unit_id, 0)
    AND older.part = paper_recipients.part
    AND older.id < paper_recipients.id
), 0);
CREATE UNIQUE INDEX paper_recipients_one_after_another ON paper_recipients (regime_id, COALESCE(unit_id, 0), part, follows);
CREATE TRIGGER paper_recipients_no_update BEFORE UPDATE ON paper_recipients BEGIN SELECT RAISE(ABORT, 'paper_recipients is append-only'); END;
