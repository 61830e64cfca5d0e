using System.Globalization;

namespace Berth.Packaging.Adapter;

/// <summary>A connection, as the platform sends it with <c>/test</c>, <c>/endpointURLs</c> and <c>/collect</c>.</summary>
internal sealed record AdapterConfig(ObjectKey AdapterKey)
{
    /// <summary>The identifier that sets the memory of the adapter's container, in megabytes.</summary>
    public const string MemoryLimitKey = "container_memory_limit";

    private const int MostMemory = 1024 * 1024;

    public CredentialConfig? CredentialConfig { get; init; }

    /// <summary>An account of the platform's own API; sent for collections only.</summary>
    public ClusterConnectionInfo? ClusterConnectionInfo { get; init; }

    public CertificateConfig CertificateConfig { get; set; } = new();

    public int? CollectionNumber { get; init; }

    public CollectionWindow? CollectionWindow { get; init; }

    /// <summary>The memory limit that the connection sets; null when it sets none.</summary>
    /// <exception cref="FormatException">The identifier is there, and is no number of megabytes in this range.</exception>
    public int? FindMemoryLimit(int least)
    {
        var text = AdapterKey.Identifiers.FirstOrDefault(identifier => identifier.Key == MemoryLimitKey)?.Value;
        if (string.IsNullOrWhiteSpace(text))
            return null;
        return int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var limit) && limit >= least && limit <= MostMemory
            ? limit
            : throw new FormatException($"The identifier {MemoryLimitKey} is to be a number of megabytes from {least} to {MostMemory}.");
    }

    /// <summary>The same connection without what is sent for collections only.</summary>
    public AdapterConfig WithoutCluster() => this with { ClusterConnectionInfo = null };
}
