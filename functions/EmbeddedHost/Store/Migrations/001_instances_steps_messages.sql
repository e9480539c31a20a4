-- One row an instance: what it is, and what the last committed step made of it.
CREATE TABLE instances (
    instance_key         INTEGER PRIMARY KEY,
    instance_id          TEXT NOT NULL UNIQUE,
    execution_id         TEXT NOT NULL,
    name                 TEXT NOT NULL,
    status               TEXT NOT NULL,
    created_at           TEXT NOT NULL,
    updated_at           TEXT NOT NULL,
    start_at             TEXT,
    input                TEXT,
    custom_status        TEXT,
    output               TEXT,
    failure              TEXT,
    parent_instance_id   TEXT,
    parent_execution_id  TEXT,
    parent_name          TEXT,
    parent_task_id       INTEGER
) STRICT;

CREATE INDEX live_instances ON instances (instance_key) WHERE status IN ('Pending', 'Running', 'Suspended');

-- One row a step: all that happened in it, as a JSON array of events. What is still outstanding follows from these.
CREATE TABLE steps (
    instance_key  INTEGER NOT NULL REFERENCES instances (instance_key) ON DELETE CASCADE,
    number        INTEGER NOT NULL,
    events        TEXT NOT NULL,
    PRIMARY KEY (instance_key, number)
) STRICT, WITHOUT ROWID;

-- What one instance sent to another and no step has taken up yet.
CREATE TABLE messages (
    message_id    INTEGER PRIMARY KEY,
    instance_id   TEXT NOT NULL,
    execution_id  TEXT NOT NULL,
    event         TEXT NOT NULL
) STRICT;
