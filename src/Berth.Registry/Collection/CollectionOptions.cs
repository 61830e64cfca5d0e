namespace Berth.Registry.Collection;

/// <summary>How long what nobody names is left alone, and how long it can be brought back.</summary>
public sealed record CollectionOptions
{
    /// <summary>Between two collections by the server; zero when it is to make none.</summary>
    public TimeSpan Interval { get; init; } = TimeSpan.FromHours(1);

    /// <summary>How long content stays after somebody was told that it is here: the time that a push may take from its first blob to its manifest.</summary>
    public TimeSpan Grace { get; init; } = TimeSpan.FromHours(24);

    /// <summary>How long what was removed lies in the trash.</summary>
    public TimeSpan Trash { get; init; } = TimeSpan.FromDays(7);

    /// <summary>A manifest that was pulled since then is not removed unless somebody insists.</summary>
    public TimeSpan PulledWithin { get; init; } = TimeSpan.FromDays(30);
}
