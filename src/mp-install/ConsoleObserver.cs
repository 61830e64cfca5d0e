using System.Globalization;
using Berth.Packaging.Install;

namespace Berth.MpInstall;

/// <summary>Writes a line for each stage as it ends; on a terminal also how far the pull is.</summary>
internal sealed class ConsoleObserver(TextWriter writer, bool showProgress) : IInstallObserver
{
    private const string ClearLine = "\r\e[K";
    private const int ProgressSteps = 100;

    private readonly List<StageReport> _stages = [];
    private readonly List<string> _notes = [];
    private long _lastStep = -1;
    private bool _progressShown;

    public IReadOnlyList<StageReport> Stages => _stages;

    public IReadOnlyList<string> Notes => _notes;

    public void Ended(StageReport stage)
    {
        ClearProgress();
        _stages.Add(stage);
        var outcome = stage.Succeeded ? "ok" : "failed";
        writer.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{stage.Stage.Name(),-15}  {outcome,-6}  {stage.Elapsed.TotalSeconds,6:0.00} s  {stage.Detail}").TrimEnd());
    }

    public void Noted(string text)
    {
        ClearProgress();
        _notes.Add(text);
        writer.WriteLine($"  note: {text}");
    }

    public void Pulling(long received, long expected)
    {
        var step = expected > 0 ? received * ProgressSteps / expected : 0;
        if (!showProgress || step == _lastStep)
            return;
        _lastStep = step;
        _progressShown = true;
        writer.Write(string.Create(CultureInfo.InvariantCulture, $"{ClearLine}pulling: {received / 1e6:0.0} of {expected / 1e6:0.0} MB"));
    }

    private void ClearProgress()
    {
        if (_progressShown)
            writer.Write(ClearLine);
        _progressShown = false;
    }
}
