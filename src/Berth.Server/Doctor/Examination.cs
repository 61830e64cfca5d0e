using Berth.Server.Storage;
using Microsoft.Data.Sqlite;

namespace Berth.Server.Doctor;

/// <summary>All checks, one after the other. A server may be running or not.</summary>
internal static class Examination
{
    private static readonly IDoctorCheck[] Around =
        [new DiskSpaceCheck(), new SyncLatencyCheck(), new RightsCheck(), new CertificateCheck()];

    private static readonly IDatabaseCheck[] Within =
        [new ClockCheck(), new MissingFilesCheck(), new OrphanFilesCheck(), new QuarantineCheck(), new SweepCheck(), new BackupCheck()];

    public static IEnumerable<Finding> Run(Scene scene)
    {
        foreach (var finding in Around.SelectMany(check => Guarded(check.GetType(), () => check.Look(scene))))
            yield return finding;
        foreach (var finding in OfDatabase(scene))
            yield return finding;
    }

    private static List<Finding> OfDatabase(Scene scene)
    {
        try
        {
            using var database = SqliteSession.Connect(scene.Directory.DatabaseFile, "PRAGMA query_only = ON;");
            var findings = new DatabaseCheck().Look(scene, database).ToList();
            if (findings.TrueForAll(finding => finding.Level is FindingLevel.Ok))
                findings.AddRange(Within.SelectMany(check => Guarded(check.GetType(), () => check.Look(scene, database))));
            return findings;
        }
        catch (SqliteException e)
        {
            return [DatabaseCheck.Unreadable(e.Message)];
        }
    }

    /// <summary>A check that cannot look is a finding, and the others still look.</summary>
    private static List<Finding> Guarded(Type check, Func<IEnumerable<Finding>> look)
    {
        try
        {
            return [.. look()];
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            var name = check.Name.Replace("Check", "", StringComparison.Ordinal).ToLowerInvariant();
            return [new Finding(FindingLevel.Fail, name, e.Message, "run this as the user that the server runs as, and look after the disk")];
        }
    }
}
