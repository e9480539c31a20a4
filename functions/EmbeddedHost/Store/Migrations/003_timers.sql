-- One row a timer function whose due times outlive the host: the run before the next, and the due time that is next.
CREATE TABLE timers (
    function    TEXT NOT NULL PRIMARY KEY COLLATE NOCASE,
    schedule    TEXT NOT NULL,
    last_start  TEXT,
    last_due    TEXT,
    next_due    TEXT NOT NULL,
    updated_at  TEXT NOT NULL
) STRICT, WITHOUT ROWID;
