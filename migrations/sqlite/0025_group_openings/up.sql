-- Whether leaders may read single units' figures of a classified group in a regime: decided by the collector's leader,
-- each decision a row. The newest of a regime and a group holds; where there is none they may not.
CREATE TABLE group_openings (
  id INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,
  regime_id BIGINT NOT NULL REFERENCES regimes (id),
  group_code TEXT NOT NULL REFERENCES indicator_groups (code),
  opened BOOLEAN NOT NULL,
  reason TEXT NOT NULL,
  membership_id BIGINT NOT NULL REFERENCES memberships (id),
  actor_name TEXT NOT NULL,
  actor_title TEXT NOT NULL,
  decided_at TIMESTAMP NOT NULL
);
CREATE INDEX group_openings_by_regime ON group_openings (regime_id, group_code);

CREATE TRIGGER group_openings_no_update BEFORE UPDATE ON group_openings BEGIN SELECT RAISE(ABORT, 'group_openings is append-only'); END;
CREATE TRIGGER group_openings_no_delete BEFORE DELETE ON group_openings BEGIN SELECT RAISE(ABORT, 'group_openings is append-only'); END;
