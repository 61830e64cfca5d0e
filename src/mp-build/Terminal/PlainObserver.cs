using System.Globalization;
using Berth.Packaging.Build;

namespace Berth.MpBuild.Terminal;

/// <summary>Writes a line for each stage as it ends, and what the image's build prints as it comes.</summary>
internal sealed class PlainObserver(TextWriter writer, LogLevel level) : IConsoleObserver
{
    private readonly StageTable _table = new();

    public void Started(PackStage stage)
    {
        // A log that nobody watches needs no line about what has not ended.
    }

    public void Ended(PackStage stage, bool succeeded, TimeSpan elapsed, string detail)
    {
        _table.Add(stage, succeeded, elapsed);
        if (level <= LogLevel.Info)
            writer.WriteLine($"{Row(stage.Name(), succeeded, StageTable.Seconds(elapsed))}  {detail}".TrimEnd());
    }

    public void Note(string text)
    {
        if (level <= LogLevel.Warning)
            writer.WriteLine($"note: {text}");
    }

    public void Output(string line)
    {
        if (level <= LogLevel.Info)
            writer.WriteLine($"  | {line}");
    }

    public void Progress(string item, long done, long total)
    {
        // As with the start of a stage: only somebody who watches has use for it.
    }

    public void Summarize()
    {
        if (level > LogLevel.Info || _table.IsEmpty)
            return;
        writer.WriteLine();
        foreach (var (name, succeeded, seconds) in _table.Rows)
            writer.WriteLine(Row(name, succeeded, seconds));
        writer.WriteLine(Row("in all", _table.Rows.All(row => row.Succeeded), StageTable.Seconds(_table.Total)));
    }

    public void Problem(string text) => writer.WriteLine($"{CommandLine.Name}: {text}");

    private static string Row(string name, bool succeeded, string seconds) =>
        string.Create(CultureInfo.InvariantCulture, $"{name,-15}  {StageTable.Outcome(succeeded),-6}  {seconds,8}");
}
