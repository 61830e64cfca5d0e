namespace HostWatch.Definition;

/// <summary>Keys of the platform's unit table, as far as they are used here.</summary>
internal static class Units
{
    public const string Percent = "percent";
    public const string Seconds = "seconds";
    public const string Cores = "cores";
    public const string Kibibytes = "kibibyte";
    public const string BytesPerSecond = "bibyteps";
    public const string PacketsPerSecond = "packetsps";
    public const string ReadsPerSecond = "readsps";
    public const string WritesPerSecond = "writesps";
    public const string Threads = "threads";
}
