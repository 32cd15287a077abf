-- Everything that could say something is sealed or a keyed hash; what stays visible is listed in the crate's docs.

-- Named values: a namespace and a name as keyed hashes, name and value sealed and padded.
CREATE TABLE cabinet (
    namespace BLOB NOT NULL,
    name      BLOB NOT NULL,
    sealed    BLOB NOT NULL,
    PRIMARY KEY (namespace, name)
) STRICT, WITHOUT ROWID;

-- One row per (series, epoch): the head is sealed, the manifest as uploaded or NULL before the first sealing.
CREATE TABLE epoch (
    id       INTEGER PRIMARY KEY,
    tag      BLOB NOT NULL UNIQUE,
    head     BLOB NOT NULL,
    manifest BLOB
) STRICT;

-- Sealed segments, exactly as uploaded.
CREATE TABLE segment (
    id     INTEGER PRIMARY KEY,
    epoch  INTEGER NOT NULL REFERENCES epoch (id),
    seq    INTEGER NOT NULL,
    sealed BLOB NOT NULL
) STRICT;
CREATE INDEX segment_epoch ON segment (epoch);

-- One sealed row per reading that is in no segment yet; the fingerprint refuses a second copy.
CREATE TABLE journal (
    id          INTEGER PRIMARY KEY,
    epoch       INTEGER NOT NULL REFERENCES epoch (id),
    fingerprint BLOB NOT NULL UNIQUE,
    sealed      BLOB NOT NULL
) STRICT;
CREATE INDEX journal_epoch ON journal (epoch);
