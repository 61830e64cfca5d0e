using System.Runtime.InteropServices;
using Berth.Server.Storage;

namespace Berth.Server.Doctor;

/// <summary>Leases, the trash and certificates are measured by the clock: one that jumps loses content early, or keeps it for ever.</summary>
internal sealed partial class ClockCheck : IDatabaseCheck
{
    private const string Name = "clock";
    private const string Fix = "let a time service set it, such as chrony or systemd-timesyncd";
    private const int NotSynchronized = 5; // TIME_ERROR

    private static readonly TimeSpan Tolerance = TimeSpan.FromMinutes(1);

    public IEnumerable<Finding> Look(Scene scene, SqliteSession database)
    {
        var newest = DateTimeOffset.FromUnixTimeMilliseconds(database.FindNumber(
            "SELECT max(newest) FROM (SELECT max(created) AS newest FROM blob UNION ALL SELECT max(created) FROM manifest UNION ALL SELECT max(updated) FROM tag)") ?? 0);
        return [Judge(newest, scene.Time.GetUtcNow(), AdjustTime(new byte[512]) != NotSynchronized)];
    }

    internal static Finding Judge(DateTimeOffset newest, DateTimeOffset now, bool isSynchronized) =>
        newest > now + Tolerance ? new Finding(FindingLevel.Fail, Name, $"it is {now.UtcDateTime:u}, but something was stored at {newest.UtcDateTime:u}", Fix)
        : isSynchronized ? new Finding(FindingLevel.Ok, Name, "is set by a time service and later than everything stored")
        : new Finding(FindingLevel.Warn, Name, "is later than everything stored, but the system says that no time service sets it", Fix);

    /// <summary>With nothing asked for it only tells the state of the clock.</summary>
    [LibraryImport("libc", EntryPoint = "adjtimex")]
    private static partial int AdjustTime([In, Out] byte[] timex);
}
