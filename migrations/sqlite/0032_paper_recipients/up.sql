-- What the recipients of units' papers (Nơi nhận, NĐ 30/2020 phụ lục I) are, by regime: of every unit (unit_id NULL) or of one.
-- Each saving a row; the newest at the moment of a paper holds for it, so that a sent paper stays as it was.
CREATE TABLE paper_recipients (
  id INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,
  regime_id BIGINT NOT NULL REFERENCES regimes (id),
  unit_id BIGINT REFERENCES units (id),
  names TEXT NOT NULL,
  drafter TEXT NOT NULL,
  copies INTEGER,
  membership_id BIGINT NOT NULL REFERENCES memberships (id),
  saved_at TIMESTAMP NOT NULL,
  CHECK (copies IS NULL OR copies BETWEEN 1 AND 99)
);
CREATE INDEX paper_recipients_by_regime ON paper_recipients (regime_id, unit_id);

CREATE TRIGGER paper_recipients_no_update BEFORE UPDATE ON paper_recipients BEGIN SELECT RAISE(ABORT, 'paper_recipients is append-only'); END;
CREATE TRIGGER paper_recipients_no_delete BEFORE DELETE ON paper_recipients BEGIN SELECT RAISE(ABORT, 'paper_recipients is append-only'); END;
