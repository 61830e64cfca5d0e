namespace Berth.Server.Configuration;

/// <summary>How stored content is looked after.</summary>
internal sealed record ScrubOptions
{
    /// <summary>From one pass over all content to the next; zero when the server is to make none.</summary>
    public TimeSpan Interval { get; init; } = TimeSpan.FromDays(7);

    /// <summary>How much is read in a second at most.</summary>
    public int MegabytesPerSecond { get; init; } = 50;

    /// <summary>Registries that have the same repositories, which damaged content is fetched from.</summary>
    public IReadOnlyList<Uri> Peers { get; init; } = [];

    /// <summary>Whether content is hashed while it is sent, too.</summary>
    public bool VerifyWhileServing { get; init; }
}
