-- Deleting moves things into the trash, and tells who did it and why. Times are milliseconds since 1970 (UTC).

-- Content that nobody shows any more keeps its row, with the time it went into the trash, until its file is purged.
-- verified: when its bytes were last hashed and found right. damaged: when they were found wrong or missing, and taken out of use.
ALTER TABLE blob ADD COLUMN trashed INTEGER;
ALTER TABLE blob ADD COLUMN verified INTEGER;
ALTER TABLE blob ADD COLUMN damaged INTEGER;

CREATE INDEX blob_by_trashed ON blob (trashed) WHERE trashed IS NOT NULL;
CREATE INDEX blob_by_damaged ON blob (damaged) WHERE damaged IS NOT NULL;

-- Beside the manifest, whose row is as long as its bytes and is not written again for a date.
-- untagged: since when no tag names it. pulled: when somebody fetched it without a login.
CREATE TABLE manifest_use (
    manifest_id INTEGER PRIMARY KEY REFERENCES manifest (id) ON DELETE CASCADE,
    untagged INTEGER,
    pulled INTEGER
) STRICT;

-- What went, kept after the trash is emptied. Names instead of keys: what they name may be gone too.
-- kind: tag, manifest, repository, or blob (content that no repository shows any more).
-- part_of: the removal that took this one along. restored, purged: when; null while it lies in the trash.
CREATE TABLE removal (
    id INTEGER PRIMARY KEY,
    at INTEGER NOT NULL,
    kind TEXT NOT NULL CHECK (kind IN ('tag', 'manifest', 'repository', 'blob')),
    repository TEXT,
    digest TEXT,
    tag TEXT,
    size INTEGER NOT NULL,
    actor TEXT NOT NULL,
    reason TEXT NOT NULL,
    forced INTEGER NOT NULL CHECK (forced IN (0, 1)),
    part_of INTEGER REFERENCES removal (id),
    restored INTEGER,
    purged INTEGER
) STRICT;

CREATE INDEX removal_by_digest ON removal (digest);
CREATE INDEX removal_by_repository ON removal (repository, tag);
CREATE INDEX removal_by_part ON removal (part_of) WHERE part_of IS NOT NULL;
CREATE INDEX removal_in_trash ON removal (at) WHERE restored IS NULL AND purged IS NULL;

-- Bytes of a removed manifest, for as long as it can be brought back.
CREATE TABLE trashed_manifest (
    removal_id INTEGER PRIMARY KEY REFERENCES removal (id),
    media_type TEXT NOT NULL,
    created INTEGER NOT NULL,
    bytes BLOB NOT NULL
) STRICT;

-- What a person said must stay. A digest and no reference: the pin may be there before the manifest is.
CREATE TABLE pin (
    repository_id INTEGER NOT NULL REFERENCES repository (id),
    digest TEXT NOT NULL,
    name TEXT NOT NULL,
    ends INTEGER,
    created INTEGER NOT NULL,
    actor TEXT NOT NULL,
    PRIMARY KEY (repository_id, digest, name)
) STRICT, WITHOUT ROWID;

-- Which tags and untagged manifests of repositories below a prefix may go. keep_*: what is named by one of them stays.
-- Durations in milliseconds, patterns one a line. untagged_after: null keeps untagged manifests for ever.
-- previewed: when somebody last looked at what it would remove, as it is now. enabled: null until it may remove anything.
CREATE TABLE policy (
    prefix TEXT PRIMARY KEY,
    keep_last INTEGER,
    keep_matching TEXT,
    keep_newer INTEGER,
    keep_pulled INTEGER,
    untagged_after INTEGER,
    immutable_tags TEXT,
    previewed INTEGER,
    enabled INTEGER
) STRICT, WITHOUT ROWID;

-- The last run of each kind of upkeep (collection, scrub, backup). beat: when it last told that it is alive; it ends with finished.
-- position: where a pass that was broken off goes on. report: what it did, JSON.
CREATE TABLE upkeep (
    kind TEXT PRIMARY KEY,
    started INTEGER NOT NULL,
    beat INTEGER NOT NULL,
    finished INTEGER,
    problem TEXT,
    position TEXT,
    report TEXT
) STRICT, WITHOUT ROWID;

-- The tags of a repository that were moved last.
CREATE INDEX tag_by_update ON tag (repository_id, updated, name);
