using System.Globalization;
using Berth.Registry.Retention;

namespace Berth.Server.Commands;

/// <summary>A policy as a command prints it. Durations as they are written on the command line.</summary>
/// <param name="Previewed">When somebody last looked at what it removes, as it is now.</param>
/// <param name="Enabled">Since when it removes; null while it does not.</param>
internal sealed record PolicyDocument(
    string Prefix,
    int? KeepLast,
    string[] KeepMatching,
    string? KeepNewer,
    string? KeepPulled,
    string? UntaggedAfter,
    string[] Immutable,
    DateTimeOffset? Previewed,
    DateTimeOffset? Enabled)
{
    public static PolicyDocument Of(RetentionPolicy policy) => new(
        policy.Prefix.ToString(),
        policy.KeepLast,
        [.. policy.KeepMatching.Select(pattern => pattern.ToString())],
        Text(policy.KeepNewer),
        Text(policy.KeepPulled),
        Text(policy.UntaggedAfter),
        [.. policy.ImmutableTags.Select(pattern => pattern.ToString())],
        policy.Previewed,
        policy.Enabled);

    public string ToLine()
    {
        string?[] parts =
        [
            KeepLast is { } last ? string.Create(CultureInfo.InvariantCulture, $"--keep-last {last}") : null,
            .. KeepMatching.Select(pattern => $"--keep-matching '{pattern}'"),
            KeepNewer is null ? null : $"--keep-newer {KeepNewer}",
            KeepPulled is null ? null : $"--keep-pulled {KeepPulled}",
            UntaggedAfter is null ? null : $"--untagged-after {UntaggedAfter}",
            .. Immutable.Select(pattern => $"--immutable '{pattern}'"),
        ];
        return $"{Prefix} {string.Join(' ', parts.Where(part => part is not null))} ({State()})";
    }

    private string State() => (Enabled, Previewed) switch
    {
        ({ } since, _) => $"enabled {TimeText.Format(since)}",
        (null, { } seen) => $"disabled, previewed {TimeText.Format(seen)}",
        _ => "disabled, not previewed",
    };

    private static string? Text(TimeSpan? duration) => duration is { } time ? DurationText.Format(time) : null;
}
