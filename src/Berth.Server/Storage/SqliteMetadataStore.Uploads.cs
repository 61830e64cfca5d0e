using Berth.Oci;
using Berth.Registry.Storage;

namespace Berth.Server.Storage;

internal sealed partial class SqliteMetadataStore
{
    public async ValueTask AddUploadAsync(
        RepositoryName repository, UploadId id, DateTimeOffset now, CancellationToken cancellationToken) =>
        await database.WriteAsync(
            session => session.Execute(
                "INSERT INTO upload_session (id, repository_id, created) VALUES (?1, ?2, ?3)",
                id.ToString(),
                GetOrAddRepository(session, repository, now),
                now.ToUnixTimeMilliseconds()),
            cancellationToken);

    public ValueTask<bool> HasUploadAsync(RepositoryName repository, UploadId id, CancellationToken cancellationToken) =>
        ValueTask.FromResult(database.Read(session => session.Exists(
            """
            SELECT 1 FROM upload_session JOIN repository ON repository.id = upload_session.repository_id
            WHERE upload_session.id = ?1 AND repository.name = ?2
            """,
            id.ToString(),
            repository.ToString())));

    public ValueTask<RepositoryName?> FindUploadRepositoryAsync(UploadId id, CancellationToken cancellationToken) =>
        ValueTask.FromResult(database.Read(session => session.FirstOrDefault<RepositoryName?>(
            """
            SELECT repository.name FROM upload_session JOIN repository ON repository.id = upload_session.repository_id
            WHERE upload_session.id = ?1
            """,
            row => RepositoryName.Parse(row.GetString(0)),
            id.ToString())));

    public ValueTask<bool> RemoveUploadAsync(RepositoryName repository, UploadId id, CancellationToken cancellationToken) =>
        database.WriteAsync(
            session => FindRepository(session, repository) is { } repositoryId && RemoveUpload(session, repositoryId, id),
            cancellationToken);

    /// <summary>Keeps of the recorded uploads only those in <paramref name="existing"/>.</summary>
    /// <returns>The uploads that are recorded after this.</returns>
    internal ValueTask<IReadOnlySet<UploadId>> RetainUploadsAsync(IReadOnlySet<UploadId> existing, CancellationToken cancellationToken) =>
        database.WriteAsync<IReadOnlySet<UploadId>>(
            session =>
            {
                var kept = new HashSet<UploadId>();
                foreach (var text in session.List("SELECT id FROM upload_session", row => row.GetString(0)))
                {
                    if (UploadId.TryParse(text, out var id) && existing.Contains(id))
                        kept.Add(id);
                    else
                        session.Execute("DELETE FROM upload_session WHERE id = ?1", text);
                }

                return kept;
            },
            cancellationToken);

    private static bool RemoveUpload(SqliteSession session, long repository, UploadId id) =>
        session.Execute("DELETE FROM upload_session WHERE id = ?1 AND repository_id = ?2", id.ToString(), repository) > 0;
}
