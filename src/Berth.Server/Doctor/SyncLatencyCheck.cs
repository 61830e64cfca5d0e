using System.Globalization;
using Berth.Server.Storage;

namespace Berth.Server.Doctor;

/// <summary>How long the disk takes to say that bytes are safe: every push waits for that a few times.</summary>
internal sealed class SyncLatencyCheck : IDoctorCheck
{
    private const int Probes = 9;

    public IEnumerable<Finding> Look(Scene scene)
    {
        try
        {
            return [Judge(Measure(scene))];
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return [new Finding(FindingLevel.Fail, "sync latency", $"the data directory cannot be written: {e.Message}", "mend that: nobody can push")];
        }
    }

    internal static Finding Judge(IReadOnlyList<TimeSpan> times)
    {
        var sorted = times.Order().ToList();
        var (median, worst) = (sorted[sorted.Count / 2].TotalMilliseconds, sorted[^1].TotalMilliseconds);
        var seen = string.Create(CultureInfo.InvariantCulture, $"a sync takes {median:0.0} ms, at worst {worst:0.0} ms");
        return (median, worst) switch
        {
            ( >= 200, _) => new Finding(
                FindingLevel.Fail, "sync latency", $"{seen}: pushes take seconds", "move the data to a disk that is faster, or less busy"),
            ( >= 20, _) or (_, >= 1000) => new Finding(
                FindingLevel.Warn, "sync latency", $"{seen}: pushes of small layers are slow", "move the data to a disk that is faster, or less busy"),
            _ => new Finding(FindingLevel.Ok, "sync latency", seen),
        };
    }

    private static List<TimeSpan> Measure(Scene scene)
    {
        var path = Path.Combine(scene.Directory.Root, $".doctor-{Environment.ProcessId}");
        var options = PrivateFile.Options(FileMode.Create, FileAccess.Write, FileShare.None);
        options.Options = FileOptions.DeleteOnClose;
        using var file = new FileStream(path, options);
        var times = new List<TimeSpan>();
        for (var i = 0; i < Probes; i++)
        {
            file.Write(new byte[4096]);
            var began = scene.Time.GetTimestamp();
            DurableFiles.Sync(file.SafeFileHandle, path);
            times.Add(scene.Time.GetElapsedTime(began));
        }

        return times;
    }
}
