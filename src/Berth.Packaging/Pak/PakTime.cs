using System.Globalization;

namespace Berth.Packaging.Pak;

/// <summary>The one time that every entry of a pak carries, so that the same input gives the same bytes.</summary>
internal static class PakTime
{
    public const string Variable = "SOURCE_DATE_EPOCH";

    /// <summary>A zip can hold no earlier one.</summary>
    private static readonly DateTimeOffset Earliest = new(1980, 1, 1, 0, 0, 0, TimeSpan.Zero);

    private static readonly DateTimeOffset Latest = new(2107, 12, 31, 23, 59, 58, TimeSpan.Zero);

    /// <param name="sourceDateEpoch">Seconds since 1970 as decimal text; null or empty gives the earliest time.</param>
    /// <exception cref="PackException">The text is no number of seconds.</exception>
    public static DateTimeOffset From(string? sourceDateEpoch)
    {
        if (string.IsNullOrEmpty(sourceDateEpoch))
            return Earliest;
        if (!long.TryParse(sourceDateEpoch, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds)
            || seconds > Latest.ToUnixTimeSeconds())
            throw new PackException(
                PackFailure.Usage,
                $"{Variable} is '{sourceDateEpoch}'; seconds since 1970 are expected, at most {Latest.ToUnixTimeSeconds()}");
        var time = DateTimeOffset.FromUnixTimeSeconds(seconds);
        return time < Earliest ? Earliest : time;
    }
}
