namespace Berth.Packaging.Preload;

/// <summary>A line of the hosts file that is there as long as this is.</summary>
internal sealed class HostsLine(HostsFile file, string text) : IAsyncDisposable
{
    public string Text => text;

    public async ValueTask DisposeAsync() => await file.RemoveAsync(text);
}
