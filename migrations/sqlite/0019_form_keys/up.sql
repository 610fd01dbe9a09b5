-- Forms that made something, so that the same form sent twice (a double click, a lost answer, a proxy that tries again)
-- makes it once. `digest` is the SHA-256 of the key in the form and of everything typed beside it; `leads_to` the page
-- of what was made. Rows older than eight days are removed.
CREATE TABLE form_keys (
  person_id BIGINT NOT NULL REFERENCES people (id),
  digest TEXT NOT NULL,
  leads_to TEXT NOT NULL,
  used_at TIMESTAMP NOT NULL,
  PRIMARY KEY (person_id, digest)
);

CREATE INDEX form_keys_used ON form_keys (used_at);
