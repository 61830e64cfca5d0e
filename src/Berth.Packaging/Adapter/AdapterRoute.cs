namespace Berth.Packaging.Adapter;

/// <summary>A request of the adapter's API, with the time and the size that its answer may have.</summary>
/// <param name="MaxBytes">Of the answer's body.</param>
internal sealed record AdapterRoute(string Path, HttpMethod Method, TimeSpan Timeout, long MaxBytes)
{
    private const long Small = 1024 * 1024;

    public static readonly AdapterRoute ApiVersion = new("/apiVersion", HttpMethod.Get, Seconds(30), Small);
    public static readonly AdapterRoute Definition = new("/adapterDefinition", HttpMethod.Get, Seconds(30), 16 * Small);
    public static readonly AdapterRoute Test = new("/test", HttpMethod.Post, Seconds(30), Small);
    public static readonly AdapterRoute EndpointUrls = new("/endpointURLs", HttpMethod.Post, Seconds(30), Small);
    public static readonly AdapterRoute Collect = new("/collect", HttpMethod.Post, Seconds(300), 256 * Small);

    public override string ToString() => $"{Method} {Path}";

    private static TimeSpan Seconds(int seconds) => TimeSpan.FromSeconds(seconds);
}
