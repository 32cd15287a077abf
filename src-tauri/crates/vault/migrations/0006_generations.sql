-- From here on a series may have several generations of keys, in the sealed value that has been there since the first version. No
-- table changes; the number does, so that a program that knows one generation says that the record is too new for it, and not
-- that it is damaged.
PRAGMA user_version = 6;
