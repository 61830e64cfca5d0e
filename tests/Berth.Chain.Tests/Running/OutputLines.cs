using System.Diagnostics;
using System.Threading.Channels;

namespace Berth.Chain.Tests.Running;

/// <summary>The lines of a running process, both streams together, each to be waited for.</summary>
internal sealed class OutputLines
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);

    private readonly Channel<string> _lines = Channel.CreateUnbounded<string>();
    private readonly List<string> _seen = [];

    public OutputLines(Process process) =>
        _ = Task.WhenAll(ReadAsync(process.StandardOutput), ReadAsync(process.StandardError))
            .ContinueWith(_ => _lines.Writer.Complete(), TaskScheduler.Default);

    /// <summary>All lines so far.</summary>
    public string Text
    {
        get
        {
            while (_lines.Reader.TryRead(out var line))
                _seen.Add(line);
            return string.Join('\n', _seen);
        }
    }

    /// <summary>The first line from here on for which <paramref name="wanted"/> gives a value.</summary>
    public async Task<T> WaitForAsync<T>(Func<string, T?> wanted, string what) where T : struct
    {
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        ending.CancelAfter(Limit);
        try
        {
            await foreach (var line in _lines.Reader.ReadAllAsync(ending.Token))
            {
                _seen.Add(line);
                if (wanted(line) is { } found)
                    return found;
            }
        }
        catch (OperationCanceledException) when (!TestContext.Current.CancellationToken.IsCancellationRequested)
        {
            throw new TimeoutException($"no line with {what} within {Limit}:\n{Text}");
        }
        throw new InvalidOperationException($"the process ended before it wrote {what}:\n{Text}");
    }

    private async Task ReadAsync(StreamReader stream)
    {
        while (await stream.ReadLineAsync() is { } line)
            _lines.Writer.TryWrite(line);
    }
}
