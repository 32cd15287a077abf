-- Which measurements with a time or a number of the device's own are in the record: a keyed hash of what every copy of one has
-- in common, whenever it arrives, so that a device's memory which is sent again is known however long ago it was stored. It
-- goes with its epoch.
CREATE TABLE lasting (
    print BLOB PRIMARY KEY,
    epoch INTEGER NOT NULL REFERENCES epoch (id)
) STRICT, WITHOUT ROWID;
CREATE INDEX lasting_epoch ON lasting (epoch);
