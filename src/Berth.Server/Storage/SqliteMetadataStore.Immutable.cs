using Berth.Oci;

namespace Berth.Server.Storage;

/// <summary>Tags that a policy lets nobody move or delete. Asked in the transaction that writes.</summary>
internal sealed partial class SqliteMetadataStore
{
    private static void RequireMutable(SqliteSession session, RepositoryName repository, Tag tag)
    {
        if (SqlitePolicyStore.Read(session).Find(repository) is { } policy && policy.IsImmutable(tag))
            throw new OciException(OciError.TagImmutable, tag.ToString());
    }

    private static void RequireMutable(SqliteSession session, RepositoryName repository, long manifest)
    {
        if (SqlitePolicyStore.Read(session).Find(repository) is not { ImmutableTags.Count: > 0 } policy)
            return;
        var immutable = session.List("SELECT name FROM tag WHERE manifest_id = ?1", row => Tag.Parse(row.GetString(0)), manifest).Where(policy.IsImmutable);
        if (immutable.Select(tag => tag.ToString()).FirstOrDefault() is { } tag)
            throw new OciException(OciError.TagImmutable, tag);
    }

    private static bool HasTag(SqliteSession session, long repository, Tag tag) =>
        session.Exists("SELECT 1 FROM tag WHERE repository_id = ?1 AND name = ?2", repository, tag.ToString());
}
