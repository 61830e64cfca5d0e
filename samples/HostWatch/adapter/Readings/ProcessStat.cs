namespace HostWatch.Readings;

/// <summary>What /proc/PID/stat says of one process.</summary>
internal sealed record ProcessStat(
    string Pid, string Command, string State, string StartTicks, double Ticks, double Threads, double ResidentKibibytes)
{
    /// <summary>Null when the process has ended between the listing and the reading.</summary>
    public static ProcessStat? TryRead(string pid)
    {
        try
        {
            return Parse(pid, File.ReadAllText($"/proc/{pid}/stat"));
        }
        catch (Exception gone) when (gone is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    private static ProcessStat Parse(string pid, string text)
    {
        // The command stands in brackets and may hold blanks and brackets itself; the last bracket closes it.
        var (open, close) = (text.IndexOf('('), text.LastIndexOf(')'));
        var rest = ProcFile.Fields(text[(close + 1)..]);
        return new(
            pid,
            text[(open + 1)..close],
            rest[0],
            rest[19],
            ProcFile.Number(rest[11]) + ProcFile.Number(rest[12]),
            ProcFile.Number(rest[17]),
            ProcFile.Number(rest[21]) * Environment.SystemPageSize / 1024);
    }
}
