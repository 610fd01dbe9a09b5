-- Why a file of a drop is not among those one press takes: it is opened and confirmed by itself. '' where it may be.
ALTER TABLE drop_files ADD COLUMN alone TEXT NOT NULL DEFAULT '';
