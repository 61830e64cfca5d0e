using Berth.Oci;

namespace Berth.Server.Storage;

internal sealed partial class SqliteMetadataStore
{
    /// <summary>Whether there is anything in a row of repository: the row stays when all of it went.</summary>
    internal const string HasSomething =
        """
        (EXISTS (SELECT 1 FROM repository_blob WHERE repository_id = repository.id)
         OR EXISTS (SELECT 1 FROM manifest WHERE repository_id = repository.id)
         OR EXISTS (SELECT 1 FROM upload_session WHERE repository_id = repository.id))
        """;

    public ValueTask<IReadOnlyList<Tag>?> ListTagsAsync(
        RepositoryName repository, string? after, int limit, CancellationToken cancellationToken) =>
        ValueTask.FromResult(database.Read<IReadOnlyList<Tag>?>(session =>
            session.FindNumber($"SELECT id FROM repository WHERE name = ?1 AND {HasSomething}", repository.ToString()) is { } repositoryId
            ? session.List(
                "SELECT name FROM tag WHERE repository_id = ?1 AND name > ?2 ORDER BY name LIMIT ?3",
                row => Tag.Parse(row.GetString(0)),
                repositoryId,
                after ?? "",
                limit)
            : null));

    public ValueTask<IReadOnlyList<RepositoryName>> ListRepositoriesAsync(string? after, int limit, CancellationToken cancellationToken) =>
        ValueTask.FromResult<IReadOnlyList<RepositoryName>>(database.Read(session => session.List(
            $"SELECT name FROM repository WHERE name > ?1 AND {HasSomething} ORDER BY name LIMIT ?2",
            row => RepositoryName.Parse(row.GetString(0)),
            after ?? "",
            limit)));
}
