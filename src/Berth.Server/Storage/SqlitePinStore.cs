using Berth.Oci;
using Microsoft.Data.Sqlite;

namespace Berth.Server.Storage;

/// <summary>What a person said must stay, under a name and perhaps until a time.</summary>
internal sealed class SqlitePinStore(SqliteDatabase database)
{
    /// <summary>Pins, or gives a pin of that name another end.</summary>
    /// <param name="allowMissing">Whether the manifest may come later, and its repository too.</param>
    /// <returns>False when the manifest is not there and would have to be.</returns>
    public ValueTask<bool> AddAsync(Pin pin, bool allowMissing, CancellationToken cancellationToken) => database.WriteAsync(
        session =>
        {
            var known = SqliteMetadataStore.FindRepository(session, pin.Repository);
            if (!allowMissing && (known is not { } id || SqliteMetadataStore.FindManifest(session, id, pin.Digest) is null))
                return false;
            session.Execute(
                """
                INSERT INTO pin (repository_id, digest, name, ends, created, actor) VALUES (?1, ?2, ?3, ?4, ?5, ?6)
                ON CONFLICT DO UPDATE SET ends = excluded.ends, created = excluded.created, actor = excluded.actor
                """,
                known ?? SqliteMetadataStore.GetOrAddRepository(session, pin.Repository, pin.Created),
                pin.Digest.ToString(),
                pin.Name,
                pin.Ends?.ToUnixTimeMilliseconds(),
                pin.Created.ToUnixTimeMilliseconds(),
                pin.Actor);
            return true;
        },
        cancellationToken);

    public ValueTask<bool> RemoveAsync(RepositoryName repository, Digest digest, string name, CancellationToken cancellationToken) => database.WriteAsync(
        session => session.Execute(
            "DELETE FROM pin WHERE repository_id = (SELECT id FROM repository WHERE name = ?1) AND digest = ?2 AND name = ?3",
            repository.ToString(), digest.ToString(), name) > 0,
        cancellationToken);

    /// <param name="repository">Null for all.</param>
    public IReadOnlyList<Pin> List(RepositoryName? repository) => database.Read(session => session.List(
        """
        SELECT repository.name, pin.digest, pin.name, pin.ends, pin.created, pin.actor,
               EXISTS (SELECT 1 FROM manifest WHERE manifest.repository_id = pin.repository_id AND manifest.digest = pin.digest)
        FROM pin JOIN repository ON repository.id = pin.repository_id
        WHERE ?1 IS NULL OR repository.name = ?1 ORDER BY repository.name, pin.digest, pin.name
        """,
        Read,
        repository?.ToString()));

    private static Pin Read(SqliteDataReader row) => new(
        RepositoryName.Parse(row.GetString(0)),
        Digest.Parse(row.GetString(1)),
        row.GetString(2),
        row.IsDBNull(3) ? null : DateTimeOffset.FromUnixTimeMilliseconds(row.GetInt64(3)),
        DateTimeOffset.FromUnixTimeMilliseconds(row.GetInt64(4)),
        row.GetString(5))
    {
        IsThere = row.GetInt64(6) != 0,
    };
}

/// <param name="Ends">When it protects no more; null for never.</param>
internal sealed record Pin(RepositoryName Repository, Digest Digest, string Name, DateTimeOffset? Ends, DateTimeOffset Created, string Actor)
{
    /// <summary>Whether the repository has that manifest now.</summary>
    public bool IsThere { get; init; }
}
