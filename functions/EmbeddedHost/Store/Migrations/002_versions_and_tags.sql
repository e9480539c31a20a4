ALTER TABLE instances ADD COLUMN version TEXT NOT NULL DEFAULT '';

-- A JSON object, or null.
ALTER TABLE instances ADD COLUMN tags TEXT;

CREATE INDEX instances_by_parent ON instances (parent_instance_id) WHERE parent_instance_id IS NOT NULL;
