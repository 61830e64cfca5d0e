using System.Diagnostics;
using System.Globalization;
using Berth.Bench.Servers;

namespace Berth.Bench.Report;

internal static class Versions
{
    public static string Describe(string berthFile)
    {
        var size = new FileInfo(berthFile).Length / 1e6;
        return $"Servers: Berth {Ask(berthFile, "--version")} (one file of {size.ToString("0.0", CultureInfo.InvariantCulture)} MB, target ≤ 40), "
            + $"distribution {Ask("docker-registry", "--version").Split(' ')[^1]}, {Ask(NginxServer.Executable, "-v").Split(' ')[^1]}. "
            + $"Load: {string.Join(' ', Ask("wrk", "-v").Split(' ').Take(2))}, and a program on .NET {Environment.Version}.";
    }

    /// <summary>The first line that a program prints, wherever it prints it.</summary>
    private static string Ask(string file, string argument)
    {
        using var process = Process.Start(new ProcessStartInfo(file, [argument]) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        var errors = process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEnd() + errors.GetAwaiter().GetResult();
        process.WaitForExit();
        return output.Split('\n')[0].Trim();
    }
}
