using System.Globalization;
using Berth.Oci;
using Berth.Registry.Retention;

namespace Berth.Server.Commands;

/// <summary>Times as people read and write them, in UTC.</summary>
internal static class TimeText
{
    public static string Format(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss'Z'", CultureInfo.InvariantCulture);

    /// <summary>A time to come: a date, a date with a time, or a duration from now.</summary>
    /// <exception cref="CommandFailedException">It is none, or it is over.</exception>
    public static DateTimeOffset ParseEnd(string text, DateTimeOffset now)
    {
        if (DurationText.TryParse(text, out var duration))
            return now + duration;
        const DateTimeStyles AsUtc = DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal;
        string[] forms = ["yyyy-MM-dd", "yyyy-MM-dd'T'HH:mm:ssK", "yyyy-MM-dd'T'HH:mmK"];
        if (!DateTimeOffset.TryParseExact(text, forms, CultureInfo.InvariantCulture, AsUtc, out var time))
        {
            throw new CommandFailedException(
                $"'{Quote.Short(text)}' is no time: write a date such as 2031-05-31 (its beginning, UTC) or a duration such as 90d", ExitCodes.Usage);
        }

        return time > now ? time : throw new CommandFailedException($"'{Quote.Short(text)}' is over already", ExitCodes.Usage);
    }

    /// <exception cref="CommandFailedException">It is no duration.</exception>
    public static TimeSpan? ParseDuration(string option, string? text) => text is null ? null
        : DurationText.TryParse(text, out var duration) ? duration
        : throw new CommandFailedException(
            $"{option} '{Quote.Short(text)}' is no duration: write a number from 1 and s, m, h or d, such as 30d", ExitCodes.Usage);
}
