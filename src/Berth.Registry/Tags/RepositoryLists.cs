using Berth.Oci;
using Berth.Registry.Storage;

namespace Berth.Registry.Tags;

/// <summary>The tags of a repository and the names of all repositories, page by page.</summary>
public sealed class RepositoryLists(IMetadataStore metadata)
{
    /// <summary>The most items of one page; a client that asks for more, or does not say, gets this many and a link to the rest.</summary>
    public const int MaxPageSize = 10_000;

    /// <param name="after">Exclusive; need not exist.</param>
    /// <param name="size">At most <see cref="MaxPageSize"/>; 0 gives an empty page without more.</param>
    /// <exception cref="OciException"><see cref="OciError.NameUnknown"/>: there is no such repository.</exception>
    public async ValueTask<ListPage<Tag>> ListTagsAsync(RepositoryName repository, string? after, int size, CancellationToken cancellationToken)
    {
        var tags = await metadata.ListTagsAsync(repository, after, size + 1, cancellationToken)
            ?? throw new OciException(OciError.NameUnknown, repository.ToString());
        return ListPage<Tag>.Of(tags, size);
    }

    public async ValueTask<ListPage<RepositoryName>> ListRepositoriesAsync(string? after, int size, CancellationToken cancellationToken) =>
        ListPage<RepositoryName>.Of(await metadata.ListRepositoriesAsync(after, size + 1, cancellationToken), size);
}
