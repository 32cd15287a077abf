-- The record's log: a sealed leaf for each sealing, by its position from 1.
CREATE TABLE log (
    id     INTEGER PRIMARY KEY,
    sealed BLOB NOT NULL
) STRICT;

-- Two sealed values: 1, how far the log and the count of commits have come; 2, the newest signed checkpoint.
CREATE TABLE log_state (
    id     INTEGER PRIMARY KEY CHECK (id IN (1, 2)),
    sealed BLOB NOT NULL
) STRICT;
