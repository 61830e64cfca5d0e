using Berth.Oci;

namespace Berth.Server.Storage;

internal sealed partial class SqliteMetadataStore
{
    public ValueTask<IReadOnlyList<Tag>?> ListTagsAsync(
        RepositoryName repository, string? after, int limit, CancellationToken cancellationToken) =>
        ValueTask.FromResult(database.Read<IReadOnlyList<Tag>?>(session => FindRepository(session, repository) is { } repositoryId
            ? session.List(
                "SELECT name FROM tag WHERE repository_id = ?1 AND name > ?2 ORDER BY name LIMIT ?3",
                row => Tag.Parse(row.GetString(0)),
                repositoryId,
                after ?? "",
                limit)
            : null));

    public ValueTask<IReadOnlyList<RepositoryName>> ListRepositoriesAsync(string? after, int limit, CancellationToken cancellationToken) =>
        ValueTask.FromResult<IReadOnlyList<RepositoryName>>(database.Read(session => session.List(
            "SELECT name FROM repository WHERE name > ?1 ORDER BY name LIMIT ?2",
            row => RepositoryName.Parse(row.GetString(0)),
            after ?? "",
            limit)));
}
