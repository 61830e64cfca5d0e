namespace Berth.Packaging.Engine;

/// <summary>The container of an adapter, before it exists.</summary>
internal sealed record ContainerSpec
{
    /// <summary>What the platform gives an adapter whose connection sets no limit.</summary>
    public const int DefaultMemoryMegabytes = 1024;

    /// <summary>The engine refuses less.</summary>
    public const int LeastMemoryMegabytes = 6;

    /// <summary>Swap that the platform adds to the memory.</summary>
    public const int SwapMegabytes = 512;

    /// <summary>An id, a tag or a reference that the engine has already.</summary>
    public required string Image { get; init; }

    /// <summary>Null: the engine thinks of one.</summary>
    public string? Name { get; init; }

    /// <summary>The port that the adapter listens on.</summary>
    public required int Port { get; init; }

    /// <summary>
    /// A port of this machine's loopback address to publish it on; 0 = any free one. Null: not published where the container's own address
    /// can be reached (as the platform does it), any free one otherwise.
    /// </summary>
    public int? HostPort { get; init; }

    public int MemoryMegabytes { get; init; } = DefaultMemoryMegabytes;

    /// <summary>A directory of the engine's machine that becomes the adapter's <c>/var/log</c>; null: its logs stay inside.</summary>
    public string? LogDirectory { get; init; }

    public IReadOnlyDictionary<string, string> Environment { get; init; } = new Dictionary<string, string>();

    public IReadOnlyDictionary<string, string> Labels { get; init; } = new Dictionary<string, string>();

    public IReadOnlyList<ContainerFile> Files { get; init; } = [];
}
