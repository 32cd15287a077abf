-- Named values in a table with row numbers. Without them a search compares with values on its way and reads each of those whole:
-- megabytes for one small value, and one damaged page of a note kept the record from opening.
CREATE TABLE kept (
    id        INTEGER PRIMARY KEY,
    namespace BLOB NOT NULL,
    name      BLOB NOT NULL,
    sealed    BLOB NOT NULL,
    UNIQUE (namespace, name)
) STRICT;
INSERT INTO kept (namespace, name, sealed) SELECT namespace, name, sealed FROM cabinet ORDER BY namespace, name;
DROP TABLE cabinet;
ALTER TABLE kept RENAME TO cabinet;
