-- Times are milliseconds since 1970 (UTC). Digests are text as in the OCI specifications.

CREATE TABLE migration (
    version INTEGER PRIMARY KEY,
    berth_version TEXT NOT NULL
) STRICT;

CREATE TABLE repository (
    id INTEGER PRIMARY KEY,
    name TEXT NOT NULL UNIQUE,
    created INTEGER NOT NULL
) STRICT;

-- Content that is durable in the blob store. It belongs to nobody: repository_blob says who may see it.
CREATE TABLE blob (
    id INTEGER PRIMARY KEY,
    digest TEXT NOT NULL UNIQUE,
    size INTEGER NOT NULL CHECK (size >= 0),
    created INTEGER NOT NULL
) STRICT;

CREATE TABLE repository_blob (
    repository_id INTEGER NOT NULL REFERENCES repository (id),
    blob_id INTEGER NOT NULL REFERENCES blob (id),
    lease_until INTEGER NOT NULL,
    PRIMARY KEY (repository_id, blob_id)
) STRICT, WITHOUT ROWID;

CREATE INDEX repository_blob_by_blob ON repository_blob (blob_id);

-- artifact_type is what referrers are filtered by: the manifest's own, or its config's type.
-- subject is a digest and no reference: the subject may be pushed later, or never.
CREATE TABLE manifest (
    id INTEGER PRIMARY KEY,
    repository_id INTEGER NOT NULL REFERENCES repository (id),
    digest TEXT NOT NULL,
    media_type TEXT NOT NULL,
    artifact_type TEXT,
    subject TEXT,
    created INTEGER NOT NULL,
    bytes BLOB NOT NULL,
    UNIQUE (repository_id, digest)
) STRICT;

CREATE INDEX manifest_by_subject ON manifest (repository_id, subject, digest) WHERE subject IS NOT NULL;

-- The key into repository_blob, and not into blob, makes SQLite itself refuse to take a blob out of a repository where a manifest needs it.
CREATE TABLE manifest_blob (
    manifest_id INTEGER NOT NULL REFERENCES manifest (id) ON DELETE CASCADE,
    blob_id INTEGER NOT NULL,
    repository_id INTEGER NOT NULL,
    PRIMARY KEY (manifest_id, blob_id),
    FOREIGN KEY (repository_id, blob_id) REFERENCES repository_blob (repository_id, blob_id)
) STRICT, WITHOUT ROWID;

CREATE INDEX manifest_blob_by_blob ON manifest_blob (repository_id, blob_id);

CREATE TABLE manifest_child (
    parent_id INTEGER NOT NULL REFERENCES manifest (id) ON DELETE CASCADE,
    child_id INTEGER NOT NULL REFERENCES manifest (id),
    PRIMARY KEY (parent_id, child_id)
) STRICT, WITHOUT ROWID;

CREATE INDEX manifest_child_by_child ON manifest_child (child_id);

CREATE TABLE tag (
    repository_id INTEGER NOT NULL REFERENCES repository (id),
    name TEXT NOT NULL,
    manifest_id INTEGER NOT NULL REFERENCES manifest (id) ON DELETE CASCADE,
    updated INTEGER NOT NULL,
    PRIMARY KEY (repository_id, name)
) STRICT, WITHOUT ROWID;

CREATE INDEX tag_by_manifest ON tag (manifest_id);

CREATE TABLE upload_session (
    id TEXT PRIMARY KEY,
    repository_id INTEGER NOT NULL REFERENCES repository (id),
    created INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE INDEX upload_session_by_repository ON upload_session (repository_id);

CREATE TABLE account (
    name TEXT PRIMARY KEY,
    password_hash TEXT NOT NULL,
    is_administrator INTEGER NOT NULL CHECK (is_administrator IN (0, 1)),
    created INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE setting (
    key TEXT PRIMARY KEY,
    value TEXT NOT NULL
) STRICT, WITHOUT ROWID;
