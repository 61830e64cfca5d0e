using Berth.Oci;
using Berth.Registry.Storage;

namespace Berth.Server.Storage;

internal sealed partial class SqliteMetadataStore
{
    /// <summary>Asked in the transaction that writes, so nobody else's write comes between.</summary>
    private static void Require(SqliteSession session, ManifestToStore manifest)
    {
        if (manifest.Condition is not { } condition)
            return;
        var (repository, reference) = (manifest.Repository.ToString(), condition.Reference.ToString());
        var current = condition.Reference.Tag is not null
            ? session.Scalar(
                """
                SELECT manifest.digest FROM repository
                JOIN tag ON tag.repository_id = repository.id
                JOIN manifest ON manifest.id = tag.manifest_id
                WHERE repository.name = ?1 AND tag.name = ?2
                """,
                repository,
                reference)
            : session.Scalar(
                """
                SELECT manifest.digest FROM repository JOIN manifest ON manifest.repository_id = repository.id
                WHERE repository.name = ?1 AND manifest.digest = ?2
                """,
                repository,
                reference);
        if (!condition.Holds(current is string digest ? Digest.Parse(digest) : null))
            throw new OciException(OciError.PreconditionFailed, condition.Reference.ToString());
    }
}
