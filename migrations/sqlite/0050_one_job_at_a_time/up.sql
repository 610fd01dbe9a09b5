-- Somebody asked for more work on the subject of a job while it was worked on: its holder looks once more before it ends.
ALTER TABLE jobs ADD COLUMN again BOOLEAN NOT NULL DEFAULT FALSE;

-- Of one subject one job is open at a time; of several there were the newest goes on with whatever is left.
UPDATE jobs SET state = 'done', lease_until = NULL
WHERE state IN ('queued', 'running') AND EXISTS (
  SELECT 1 FROM jobs AS later
  WHERE later.kind = jobs.kind AND later.subject_id = jobs.subject_id
    AND later.state IN ('queued', 'running') AND later.id > jobs.id
);
CREATE UNIQUE INDEX jobs_one_open ON jobs (kind, subject_id) WHERE state IN ('queued', 'running');
