DROP TRIGGER editions_approved ON editions;
CREATE TRIGGER editions_approved BEFORE UPDATE OF status, approved_at, approved_by, approved_by_name, approved_by_title ON editions
FOR EACH ROW WHEN ((OLD.status = 'draft' AND NEW.status = 'sent') OR OLD.status <> 'draft' AND (
  NOT (NEW.status = OLD.status OR (OLD.status = 'approved' AND NEW.status = 'sent'))
  OR NEW.approved_at IS DISTINCT FROM OLD.approved_at OR NEW.approved_by IS DISTINCT FROM OLD.approved_by
  OR NEW.approved_by_name <> OLD.approved_by_name OR NEW.approved_by_title <> OLD.approved_by_title
)) EXECUTE FUNCTION forbid_change();
DROP TABLE edition_papers;
DROP TABLE edition_returns;
DROP TABLE edition_dispatch_strikes;
DROP TABLE edition_dispatches;
DROP TABLE regime_recipients;
DROP TABLE narrative_drafts;
