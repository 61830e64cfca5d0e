namespace Berth.Packaging.Doctor;

/// <summary>The proxy that requests to a host go through; this machine itself is reached without one.</summary>
internal static class EnvironmentProxy
{
    public static Uri? For(HostRole role)
    {
        var uri = new Uri($"https://{role.UriHost}:{role.Host.Port ?? 443}/");
        return uri.IsLoopback || HttpClient.DefaultProxy.IsBypassed(uri) ? null : HttpClient.DefaultProxy.GetProxy(uri);
    }
}
