namespace Berth.Server.Api;

/// <summary>What caches may do with an answer.</summary>
internal static class CachePolicy
{
    /// <summary>Content by digest never changes. Not <c>public</c>: what was served to a login stays out of shared caches.</summary>
    public const string Immutable = "max-age=31536000, immutable";

    /// <summary>A tag moves: ask again each time, the entity tag makes that cheap.</summary>
    public const string AskAgain = "no-cache";
}
