using System.Diagnostics;
using Berth.Chain.Tests.Running;

namespace Berth.Chain.Tests.Chain;

/// <summary>What a container writes, from its first line on.</summary>
internal sealed class FollowedLog : IAsyncDisposable
{
    private readonly Process _process;
    private readonly OutputLines _lines;

    public FollowedLog(string container)
    {
        _process = new Command("docker", "logs", "--follow", container).Start();
        _lines = new(_process);
    }

    public async Task WaitForAsync(string text) =>
        await _lines.WaitForAsync<bool>(line => line.Contains(text, StringComparison.Ordinal) ? true : null, text);

    public async ValueTask DisposeAsync()
    {
        _process.Kill();
        await _process.WaitForExitAsync();
        _process.Dispose();
    }
}
