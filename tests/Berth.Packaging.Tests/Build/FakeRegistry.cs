using System.Net;
using System.Net.Sockets;
using System.Text;
using Berth.Oci;

namespace Berth.Packaging.Tests.Build;

/// <summary>A registry that serves what a test puts into it, right or wrong: one repository, no uploads.</summary>
internal sealed class FakeRegistry : IDisposable
{
    private const string Repository = "team/a";

    private readonly HttpListener _listener = new();
    private readonly Dictionary<string, (string Type, byte[] Content)> _served = new(StringComparer.Ordinal);
    private readonly Task _loop;

    public FakeRegistry()
    {
        using (var probe = new TcpListener(IPAddress.Loopback, 0))
        {
            probe.Start();
            Host = RegistryHost.Parse($"127.0.0.1:{((IPEndPoint)probe.LocalEndpoint).Port}");
        }

        _listener.Prefixes.Add($"http://{Host}/");
        _listener.Start();
        _loop = ServeAsync();
    }

    public RegistryHost Host { get; }

    public Reference Name => new(Host, RepositoryName.Parse(Repository));

    /// <summary>Whether everything wants a login.</summary>
    public bool IsPrivate { get; set; }

    public Descriptor PutBlob(string content)
    {
        var bytes = Encoding.UTF8.GetBytes(content);
        var digest = Digest.Of(bytes);
        _served[$"/v2/{Repository}/blobs/{digest}"] = ("application/octet-stream", bytes);
        return new Descriptor("application/vnd.oci.image.layer.v1.tar", digest, bytes.Length);
    }

    /// <summary>Anything else that is to be found at a path.</summary>
    public void PutPage(string path, string json) => _served[path] = ("application/json", Encoding.UTF8.GetBytes(json));

    public void Remove(Descriptor blob) => _served.Remove($"/v2/{Repository}/blobs/{blob.Digest}");

    public Descriptor PutManifest(string mediaType, string content, string? tag = null)
    {
        var bytes = Encoding.UTF8.GetBytes(content);
        var digest = Digest.Of(bytes);
        _served[$"/v2/{Repository}/manifests/{digest}"] = (mediaType, bytes);
        if (tag is not null)
            _served[$"/v2/{Repository}/manifests/{tag}"] = (mediaType, bytes);
        return new Descriptor(mediaType, digest, bytes.Length);
    }

    public Descriptor PutImage(Descriptor layer, string config = """{"os":"linux","architecture":"amd64"}""", string? tag = null) => PutManifest(
        MediaTypes.OciManifest,
        $$"""
        {"schemaVersion":2,"mediaType":"{{MediaTypes.OciManifest}}","config":{{Json(PutBlob(config) with { MediaType = MediaTypes.OciConfig })}},
         "layers":[{{Json(layer)}}]}
        """,
        tag);

    public Descriptor PutIndex(params (Descriptor Image, string Architecture)[] children) => PutManifest(
        MediaTypes.OciIndex,
        $$"""
        {"schemaVersion":2,"mediaType":"{{MediaTypes.OciIndex}}","manifests":[{{string.Join(',', children.Select(child => Json(child.Image, child.Architecture)))}}]}
        """);

    public void Dispose()
    {
        _listener.Close();
        _loop.Wait(TimeSpan.FromSeconds(10), CancellationToken.None);
    }

    private static string Json(Descriptor descriptor, string? architecture = null)
    {
        var platform = architecture is null ? "" : $$""","platform":{"os":"linux","architecture":"{{architecture}}"}""";
        return $$"""{"mediaType":"{{descriptor.MediaType}}","digest":"{{descriptor.Digest}}","size":{{descriptor.Size}}{{platform}} }""";
    }

    private async Task ServeAsync()
    {
        try
        {
            while (true)
                Answer(await _listener.GetContextAsync());
        }
        catch (Exception e) when (e is HttpListenerException or ObjectDisposedException)
        {
        }
    }

    private void Answer(HttpListenerContext context)
    {
        using var response = context.Response;
        if (IsPrivate)
        {
            response.StatusCode = 401;
            response.AddHeader("WWW-Authenticate", "Basic realm=\"fake\"");
        }
        else if (_served.TryGetValue(context.Request.Url!.AbsolutePath, out var found))
        {
            response.ContentType = found.Type;
            response.ContentLength64 = found.Content.Length;
            if (context.Request.HttpMethod == "GET")
                response.OutputStream.Write(found.Content);
        }
        else
        {
            response.StatusCode = 404;
        }
    }
}
