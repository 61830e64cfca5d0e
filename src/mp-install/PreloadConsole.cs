using System.Globalization;
using Berth.Packaging.Preload;

namespace Berth.MpInstall;

/// <summary>Writes what a preload tells; on a terminal also how far the pull is.</summary>
internal sealed class PreloadConsole(TextWriter writer, bool showProgress) : IPreloadObserver
{
    private const string ClearLine = "\r\e[K";

    private bool _progressShown;

    public void Note(string line)
    {
        writer.WriteLine(_progressShown ? $"{ClearLine}{line}" : line);
        _progressShown = false;
    }

    public void Pulling(long received, long expected)
    {
        if (!showProgress)
            return;
        _progressShown = true;
        writer.Write(string.Create(CultureInfo.InvariantCulture, $"{ClearLine}pulling: {received / 1e6:0.0} of {expected / 1e6:0.0} MB"));
    }
}
