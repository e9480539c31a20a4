CREATE INDEX instances_by_name ON instances (name COLLATE NOCASE, created_at);
