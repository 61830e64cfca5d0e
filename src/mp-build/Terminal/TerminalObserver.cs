using Berth.Packaging.Build;
using Spectre.Console;

namespace Berth.MpBuild.Terminal;

/// <summary>The build as a person watches it: what is going on now with its progress, a line for what has ended, a table at the end.</summary>
internal sealed class TerminalObserver(IAnsiConsole console, LogLevel level) : IConsoleObserver
{
    private readonly StageTable _table = new();
    private LiveStage? _live;

    public void Started(PackStage stage)
    {
        if (level <= LogLevel.Info)
            _live = LiveStage.Start(console, stage);
    }

    public void Ended(PackStage stage, bool succeeded, TimeSpan elapsed, string detail)
    {
        _live?.End();
        _live = null;
        _table.Add(stage, succeeded, elapsed);
        if (level > LogLevel.Info)
            return;
        var outcome = StageTable.Outcome(succeeded);
        console.MarkupInterpolated(
            $"[{Colour(succeeded)}]{outcome,-6}[/] [bold]{stage.Name(),-15}[/] [grey]{StageTable.Seconds(elapsed),8}[/]  {detail}\n");
    }

    public void Note(string text)
    {
        if (level <= LogLevel.Warning)
            console.MarkupInterpolated($"[yellow]note:[/] {text}\n");
    }

    public void Output(string line)
    {
        if (level <= LogLevel.Info)
            console.MarkupInterpolated($"[grey]  | {line}[/]\n");
    }

    public void Progress(string item, long done, long total) => _live?.Progress(item, done, total);

    public void Summarize()
    {
        if (level > LogLevel.Info || _table.IsEmpty)
            return;
        var table = new Table().Border(TableBorder.Rounded).AddColumns("stage", "", "time");
        table.Columns[2].RightAligned();
        foreach (var (name, succeeded, seconds) in _table.Rows)
            table.AddRow(new Text(name), new Markup($"[{Colour(succeeded)}]{StageTable.Outcome(succeeded)}[/]"), new Text(seconds));
        table.AddRow("[bold]in all[/]", "", $"[bold]{StageTable.Seconds(_table.Total)}[/]");
        console.Write(table);
    }

    public void Problem(string text)
    {
        _live?.End();
        _live = null;
        console.MarkupInterpolated($"[red]{CommandLine.Name}:[/] {text}\n");
    }

    private static string Colour(bool succeeded) => succeeded ? "green" : "red";
}
