-- What a manifest names and its repository did not have when it was pushed: a layer that may live elsewhere, or the rest of a sparse
-- manifest. When it is pushed later, the row becomes one in manifest_blob or manifest_child, so that the manifest keeps it from then on.
CREATE TABLE manifest_absent (
    manifest_id INTEGER NOT NULL REFERENCES manifest (id) ON DELETE CASCADE,
    repository_id INTEGER NOT NULL REFERENCES repository (id),
    digest TEXT NOT NULL,
    is_child INTEGER NOT NULL CHECK (is_child IN (0, 1)),
    PRIMARY KEY (manifest_id, is_child, digest)
) STRICT, WITHOUT ROWID;

CREATE INDEX manifest_absent_by_digest ON manifest_absent (repository_id, digest);
