using System.Globalization;

namespace Berth.Server.Doctor;

/// <summary>Bytes and times for a person.</summary>
internal static class Amount
{
    private static readonly string[] Units = ["B", "kB", "MB", "GB", "TB"];

    public static string Of(long bytes)
    {
        var (value, unit) = ((double)bytes, 0);
        while (value >= 1000 && unit < Units.Length - 1)
            (value, unit) = (value / 1000, unit + 1);
        return string.Create(CultureInfo.InvariantCulture, $"{value:0.#} {Units[unit]}");
    }

    public static string Of(TimeSpan time) => time.TotalDays >= 2 ? $"{(int)time.TotalDays} days"
        : time.TotalHours >= 2 ? $"{(int)time.TotalHours} hours"
        : time.TotalMinutes >= 2 ? $"{(int)time.TotalMinutes} minutes"
        : $"{(int)time.TotalSeconds} seconds";
}
