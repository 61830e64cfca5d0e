using Berth.Registry.Collection;

namespace Berth.Server.Commands;

/// <summary>A removal as a command prints it: a JSON object, or a line.</summary>
/// <param name="To"><c>trash</c>, or <c>nowhere</c> for what leaves it.</param>
/// <param name="Size">In bytes.</param>
internal sealed record RemovalDocument(string Kind, string To, string? Repository, string? Tag, string? Digest, long Size, string Reason)
{
    public static RemovalDocument Of(Removal removal) => new(
        removal.Kind.ToString().ToLowerInvariant(),
        removal.IsPurge ? "nowhere" : "trash",
        removal.Repository?.ToString(),
        removal.Tag?.ToString(),
        removal.Digest?.ToString(),
        removal.Size,
        removal.Reason);

    public string ToLine()
    {
        var name = (Repository, Tag, Digest) switch
        {
            ({ } repository, { } tag, { } digest) => $"{repository}:{tag} ({digest})",
            ({ } repository, null, { } digest) => $"{repository}@{digest}",
            ({ } repository, _, null) => repository,
            _ => Digest,
        };
        return $"{(To is "trash" ? "trash" : "purge")} {Kind,-10} {name} {Size} B: {Reason}";
    }
}
