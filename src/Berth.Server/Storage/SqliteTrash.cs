using System.Globalization;
using Berth.Oci;
using Berth.Server.Restoring;
using Microsoft.Data.Sqlite;

namespace Berth.Server.Storage;

/// <summary>What was removed and can be brought back.</summary>
internal sealed partial class SqliteTrash(SqliteDatabase database)
{
    private const string InTrash = "restored IS NULL AND purged IS NULL";

    /// <summary>What comes back with the last removal of that name.</summary>
    /// <param name="reference">Null for the whole repository.</param>
    /// <exception cref="RestoreFailedException">It is not in the trash.</exception>
    public RestorePlan Plan(RepositoryName repository, ManifestReference? reference) => database.Read(session =>
    {
        var (kind, column, value) = reference switch
        {
            { Tag: { } tag } => ("tag", "tag", tag.ToString()),
            { Digest: { } digest } => ("manifest", "digest", digest.ToString()),
            _ => ("repository", "repository", repository.ToString()),
        };
        var sql = $"SELECT id FROM removal WHERE repository = ?1 AND kind = ?2 AND {column} = ?3 AND {InTrash} ORDER BY id DESC LIMIT 1";
        return session.FindNumber(sql, repository.ToString(), kind, value) is { } entry
            ? Plan(session, entry)
            : throw new RestoreFailedException($"the trash holds no such {kind} of {repository}; 'berth trash list {repository}' shows what it holds");
    });

    /// <summary>What comes back with an entry of the journal.</summary>
    /// <exception cref="RestoreFailedException">It cannot.</exception>
    public RestorePlan Plan(long entry) => database.Read(session => Plan(session, entry));

    private static RestorePlan Plan(SqliteSession session, long id)
    {
        var root = session.FirstOrDefault($"SELECT id, kind, repository, digest, tag FROM removal WHERE id = ?1 AND {InTrash}", ReadEntry, id)
            ?? throw new RestoreFailedException(string.Create(CultureInfo.InvariantCulture, $"the trash holds no entry {id}; 'berth trash list' shows what it holds"));
        if (root.Repository is not { } repository)
            throw new RestoreFailedException("content comes back with a manifest that names it, and by pushing it again");
        var planning = new RestorePlanning(session, repository);
        planning.Add(root);
        return planning.Finish();
    }

    private static Entry ReadEntry(SqliteDataReader row) => new(
        row.GetInt64(0),
        row.GetString(1),
        row.IsDBNull(2) ? null : RepositoryName.Parse(row.GetString(2)),
        row.IsDBNull(3) ? null : Digest.Parse(row.GetString(3)),
        row.IsDBNull(4) ? null : Tag.Parse(row.GetString(4)));

    private sealed record Entry(long Id, string Kind, RepositoryName? Repository, Digest? Digest, Tag? Tag);
}
