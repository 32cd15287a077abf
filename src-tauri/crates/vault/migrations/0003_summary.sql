-- The minutes, the hours and the day of one UTC day of a series: sealed, each under a key of its own level. Everything here
-- can be computed again from the segments; a row that is missing is. The coarse ones come first, so that they are read
-- without the fine one.
CREATE TABLE summary (
    id     INTEGER PRIMARY KEY,
    tag    BLOB NOT NULL UNIQUE,
    day    BLOB NOT NULL,
    hour   BLOB NOT NULL,
    minute BLOB NOT NULL
) STRICT;
