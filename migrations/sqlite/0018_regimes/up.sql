-- The next version of a form while it is being written, as one JSON document: nobody is asked by it, it may be
-- discarded, and it becomes a form with its parts on the day it is published. based_on is the version it was copied from.
CREATE TABLE form_drafts (
  id INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,
  regime_id BIGINT NOT NULL REFERENCES regimes (id),
  code TEXT NOT NULL,
  based_on BIGINT REFERENCES forms (id),
  content_json TEXT NOT NULL,
  version INTEGER NOT NULL DEFAULT 1,
  saved_by BIGINT NOT NULL REFERENCES memberships (id),
  saved_at TIMESTAMP NOT NULL,
  UNIQUE (regime_id, code)
);

-- The document that sets up the regime (NĐ 09/2019 Điều 11), in words.
ALTER TABLE regimes ADD COLUMN legal_basis TEXT NOT NULL DEFAULT '';

-- A window of the regime's own, "15/12-14/06", where no preset fits (preset 'own').
ALTER TABLE regime_cycles ADD COLUMN own_window TEXT CHECK (own_window IS NULL OR own_window LIKE '__/__-__/__');

-- What the regime said when the period was opened, taken down when the regime changes later; NULL: as the regime says.
ALTER TABLE periods ADD COLUMN paper_rule TEXT CHECK (paper_rule IS NULL OR paper_rule IN ('none', 'later', 'required'));
ALTER TABLE periods ADD COLUMN leader_step BOOLEAN;
ALTER TABLE periods ADD COLUMN rolling BOOLEAN;
