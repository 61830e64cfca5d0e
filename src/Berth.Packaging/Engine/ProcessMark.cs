using System.Globalization;

namespace Berth.Packaging.Engine;

/// <summary>Names a process so that it is known later whether it still runs: boot, process namespace, id, and when it started.</summary>
internal static class ProcessMark
{
    private const int StartTimeAfterName = 19;

    private static readonly string? Place = ReadPlace();

    /// <summary>This process; null where the system does not say enough.</summary>
    public static string? Own { get; } = Of(Environment.ProcessId);

    /// <summary>Whether the mark is of this machine, since it was started, and of a process that is no more. Of other places nothing is known.</summary>
    public static bool IsOfDeadProcess(string mark)
    {
        var parts = mark.Split('/');
        return Place is not null
            && parts is [var boot, var space, var id, _]
            && $"{boot}/{space}" == Place
            && int.TryParse(id, NumberStyles.None, CultureInfo.InvariantCulture, out var process)
            && Of(process) != mark;
    }

    private static string? Of(int process) => Place is null || StartTime(process) is not { } start ? null : $"{Place}/{process}/{start}";

    private static string? ReadPlace()
    {
        try
        {
            var boot = File.ReadAllText("/proc/sys/kernel/random/boot_id").Trim();
            var space = new FileInfo("/proc/self/ns/pid").LinkTarget;
            return space is null ? null : $"{boot}/{space}";
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    /// <summary>Field 22 of <c>/proc/PID/stat</c>, counted from behind the name, which may hold anything.</summary>
    private static string? StartTime(int process)
    {
        try
        {
            var stat = File.ReadAllText($"/proc/{process}/stat");
            return stat[(stat.LastIndexOf(')') + 2)..].Split(' ')[StartTimeAfterName];
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or IndexOutOfRangeException)
        {
            return null;
        }
    }
}
