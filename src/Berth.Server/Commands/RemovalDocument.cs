using Berth.Registry.Collection;

namespace Berth.Server.Commands;

/// <summary>A removal as a command prints it: a JSON object, or a line.</summary>
/// <param name="Action"><c>unlink</c>: out of one repository; <c>trash</c>: can be brought back; <c>purge</c>: leaves the trash for good.</param>
/// <param name="Size">In bytes.</param>
internal sealed record RemovalDocument(string Action, string Kind, string? Repository, string? Tag, string? Digest, long Size, string Reason)
{
    public static RemovalDocument Of(Removal removal) => new(
        removal.IsPurge ? "purge" : removal.Kind is RemovalKind.Link ? "unlink" : "trash",
        removal.Kind is RemovalKind.Link ? "blob" : removal.Kind.ToString().ToLowerInvariant(),
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
        return $"{Action,-6} {Kind,-8} {name} {Size} B: {Reason}";
    }
}
