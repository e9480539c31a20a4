-- Times are ticks of 100 ns since year 1, UTC.

-- One row an instance: what the last checkpoint made of it. What may be large lies in payloads.
CREATE TABLE instances (
    instance_key         INTEGER PRIMARY KEY,
    instance_id          TEXT NOT NULL UNIQUE,
    execution_id         TEXT,
    name                 TEXT NOT NULL,
    version              TEXT,
    status               TEXT NOT NULL,
    created_at           INTEGER NOT NULL,
    updated_at           INTEGER NOT NULL,
    completed_at         INTEGER,
    scheduled_at         INTEGER,
    generation           INTEGER NOT NULL,
    parent_instance_id   TEXT,
    parent_execution_id  TEXT,
    parent_name          TEXT,
    parent_version       TEXT,
    parent_task_id       INTEGER,
    tags                 TEXT,
    size                 INTEGER NOT NULL DEFAULT 0,
    compressed_size      INTEGER NOT NULL DEFAULT 0,
    deliveries           INTEGER NOT NULL DEFAULT 0,
    custom_status        TEXT
) STRICT;

CREATE INDEX instances_by_name ON instances (name COLLATE NOCASE, created_at);
CREATE INDEX instances_by_creation ON instances (created_at);
CREATE INDEX instances_by_parent ON instances (parent_instance_id) WHERE parent_instance_id IS NOT NULL;

CREATE TABLE payloads (
    instance_key  INTEGER PRIMARY KEY REFERENCES instances (instance_key) ON DELETE CASCADE,
    input         TEXT,
    output        TEXT,
    failure       TEXT
) STRICT;

-- One row a checkpoint: the events that it added, as a JSON array.
CREATE TABLE history (
    checkpoint    INTEGER PRIMARY KEY,
    instance_key  INTEGER NOT NULL REFERENCES instances (instance_key) ON DELETE CASCADE,
    events        TEXT NOT NULL
) STRICT;

CREATE INDEX history_by_instance ON history (instance_key, checkpoint);

-- What an instance has been sent and no checkpoint has taken up: events, results, timers, its start.
CREATE TABLE messages (
    instance_key  INTEGER NOT NULL REFERENCES instances (instance_key) ON DELETE CASCADE,
    message_id    INTEGER NOT NULL,
    execution_id  TEXT,
    visible_at    INTEGER NOT NULL,
    message       TEXT NOT NULL,
    PRIMARY KEY (instance_key, message_id)
) STRICT, WITHOUT ROWID;

-- The activities that have no result yet.
CREATE TABLE activities (
    instance_key  INTEGER NOT NULL REFERENCES instances (instance_key) ON DELETE CASCADE,
    activity_id   INTEGER NOT NULL,
    deliveries    INTEGER NOT NULL DEFAULT 0,
    message       TEXT NOT NULL,
    PRIMARY KEY (instance_key, activity_id)
) STRICT, WITHOUT ROWID;

-- One row: how many transactions this file has seen, and the last number that any of them gave to a row.
CREATE TABLE commits (
    number   INTEGER NOT NULL,
    last_id  INTEGER NOT NULL
) STRICT;

INSERT INTO commits (number, last_id) VALUES (0, 0);
