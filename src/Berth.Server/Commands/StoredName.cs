using Berth.Oci;
using Berth.Registry.Storage;

namespace Berth.Server.Commands;

/// <summary>What a person names: <c>REPOSITORY</c>, <c>REPOSITORY:TAG</c> or <c>REPOSITORY@DIGEST</c>.</summary>
/// <param name="Reference">Null for the whole repository.</param>
internal sealed record StoredName(RepositoryName Repository, ManifestReference? Reference)
{
    /// <exception cref="CommandFailedException">It is none of them.</exception>
    public static StoredName Parse(string text)
    {
        var end = text.IndexOfAny(['@', ':']);
        var reference = default(ManifestReference);
        if (!RepositoryName.TryParse(end < 0 ? text : text.AsSpan(0, end), out var repository)
            || (end >= 0 && (!ManifestReference.TryParse(text.AsSpan(end + 1), out reference) || reference.Tag is null == (text[end] == ':'))))
        {
            throw new CommandFailedException(
                $"'{Quote.Short(text)}' names nothing here: write REPOSITORY, REPOSITORY:TAG or REPOSITORY@sha256:…, without the registry's host", ExitCodes.Usage);
        }

        return new StoredName(repository, end < 0 ? null : reference);
    }

    /// <summary>The same with a manifest, as which a repository alone is not taken.</summary>
    /// <exception cref="CommandFailedException">It names none.</exception>
    public static StoredName ParseManifest(string text) => Parse(text) is { Reference: not null } name
        ? name
        : throw new CommandFailedException($"'{Quote.Short(text)}' is a repository: write REPOSITORY:TAG or REPOSITORY@sha256:…", ExitCodes.Usage);

    /// <summary>The digest that is named, or that the tag names now.</summary>
    /// <exception cref="CommandFailedException">There is no such tag.</exception>
    public async Task<Digest> ResolveAsync(IMetadataStore metadata, CancellationToken cancellationToken)
    {
        var reference = Reference!.Value;
        if (reference.Digest is { } digest)
            return digest;
        var found = await metadata.FindManifestAsync(Repository, reference, cancellationToken);
        return found?.Digest ?? throw new CommandFailedException($"there is no '{this}'");
    }

    public override string ToString() => Reference is not { } reference ? Repository.ToString()
        : reference.Tag is { } tag ? $"{Repository}:{tag}" : $"{Repository}@{reference.Digest}";
}
