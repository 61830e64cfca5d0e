using System.Globalization;

namespace Berth.Torture.Servers;

/// <summary>How the server of a store is started.</summary>
/// <param name="Grace">How long the server keeps what it told a client need not be uploaded.</param>
/// <param name="Trash">How long what was collected lies in the trash.</param>
internal sealed record ServerSettings(TimeSpan Grace, TimeSpan Trash)
{
    public const string Password = "password of the torture";

    /// <summary>Between two collections; zero for none.</summary>
    public TimeSpan Collection { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>Other variables.</summary>
    public IReadOnlyDictionary<string, string> More { get; init; } = new Dictionary<string, string>();

    public IEnumerable<KeyValuePair<string, string>> Environment() =>
    [
        new("BERTH_ADMIN_PASSWORD", Password),
        new("BERTH__Collection__EverySeconds", Seconds(Collection)),
        new("BERTH__Collection__GraceSeconds", Seconds(Grace)),
        new("BERTH__Collection__TrashSeconds", Seconds(Trash)),
        // A manifest that the checks have fetched can be deleted all the same.
        new("BERTH__Collection__PulledWithinDays", "0"),
        // What is missing must be said, not noted.
        new("BERTH__Manifests__Sparse", "refuse"),
        new("BERTH__Tokens__Seconds", "3600"),
        new("BERTH__Log__Level", "warning"),
        .. More,
    ];

    private static string Seconds(TimeSpan span) => ((int)span.TotalSeconds).ToString(CultureInfo.InvariantCulture);
}
