using System.Text;

namespace Berth.Registry.Tests.Uploads;

/// <summary>A body whose bytes come when the test opens the gate, and which tells when somebody waits for them.</summary>
internal sealed class GatedStream(string content) : MemoryStream(Encoding.UTF8.GetBytes(content))
{
    private readonly TaskCompletionSource _started = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _gate = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public Task ReadStarted => _started.Task;

    public void Open() => _gate.SetResult();

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        _started.TrySetResult();
        await _gate.Task.WaitAsync(cancellationToken);
        return await base.ReadAsync(buffer, cancellationToken);
    }
}
