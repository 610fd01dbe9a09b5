-- The journal of a reorganisation: every row it changed, in order, so that it can be taken back exactly.
-- what: "set:<column>" with the value before and after, "add:<table>", "drop:report"; texts are days, ids or codes.
CREATE TABLE unit_change_effects (
  id INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,
  change_id BIGINT NOT NULL REFERENCES unit_changes (id),
  position INTEGER NOT NULL,
  what TEXT NOT NULL,
  row_id BIGINT NOT NULL,
  before_text TEXT NOT NULL,
  after_text TEXT NOT NULL,
  UNIQUE (change_id, position)
);
