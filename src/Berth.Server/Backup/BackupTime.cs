using System.Globalization;

namespace Berth.Server.Backup;

/// <summary>The time of a backup as its directory's name: sorts by time, in UTC, and is allowed in every file system.</summary>
internal static class BackupTime
{
    private const string Form = "yyyy-MM-dd'T'HH-mm-ss-fff'Z'";

    public static string NameOf(DateTimeOffset time) => time.UtcDateTime.ToString(Form, CultureInfo.InvariantCulture);

    public static bool IsName(string text) =>
        DateTime.TryParseExact(text, Form, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out _);
}
