using System.Collections.Concurrent;
using Berth.Packaging.Build;
using Spectre.Console;

namespace Berth.MpBuild.Terminal;

/// <summary>What is shown of a stage while it runs: a line that moves, and one with a bar for each thing that is carried.</summary>
internal sealed class LiveStage
{
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly ConcurrentDictionary<string, ProgressTask> _items = new(StringComparer.Ordinal);
    private readonly Task _shown;
    private ProgressContext? _context;

    private LiveStage(IAnsiConsole console, PackStage stage) => _shown = stage == PackStage.Push
        ? Bars(console).StartAsync(ShowAsync)
        : console.Status().StartAsync(stage.Name(), _ => _ended.Task);

    public static LiveStage Start(IAnsiConsole console, PackStage stage) => new(console, stage);

    public void Progress(string item, long done, long total)
    {
        if (_context is not { } context || _ended.Task.IsCompleted)
            return;
        var shown = _items.GetOrAdd(item, name => context.AddTask(Markup.Escape(name), maxValue: Math.Max(1, total)));
        // How much an engine will hand over is not known before it has.
        shown.MaxValue = Math.Max(1, Math.Max(done, total));
        shown.IsIndeterminate = total == 0;
        shown.Value = done;
    }

    /// <summary>Takes it off the screen, so that the next thing can be written.</summary>
    public void End()
    {
        _ended.TrySetResult();
        _shown.GetAwaiter().GetResult();
    }

    private static Progress Bars(IAnsiConsole console) => console.Progress().AutoClear(true).HideCompleted(false).Columns(
        new TaskDescriptionColumn { Alignment = Justify.Left }, new ProgressBarColumn(), new DownloadedColumn(), new TransferSpeedColumn());

    private async Task ShowAsync(ProgressContext context)
    {
        _context = context;
        await _ended.Task;
        foreach (var item in _items.Values)
            item.StopTask();
    }
}
