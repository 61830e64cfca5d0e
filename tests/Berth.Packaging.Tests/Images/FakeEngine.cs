using System.Net;
using System.Net.Sockets;
using System.Text;
using Berth.Oci;
using Berth.Packaging.Engine;

namespace Berth.Packaging.Tests.Images;

/// <summary>A container engine with one image, which can be inspected and exported.</summary>
internal sealed class FakeEngine : IDisposable
{
    private readonly HttpListener _listener = new();
    private readonly Task _loop;
    private readonly int _port;

    public FakeEngine()
    {
        using (var probe = new TcpListener(IPAddress.Loopback, 0))
        {
            probe.Start();
            _port = ((IPEndPoint)probe.LocalEndpoint).Port;
        }

        _listener.Prefixes.Add($"http://127.0.0.1:{_port}/");
        _listener.Start();
        _loop = ServeAsync();
    }

    public byte[] Export { get; set; } = [];

    public Digest Id { get; set; }

    public IReadOnlyList<Digest> DiffIds { get; set; } = [];

    /// <summary>How much of the export is sent before the engine dies.</summary>
    public int? DiesAfter { get; set; }

    public int Exports { get; private set; }

    public EngineImage Image => new(Id.ToString(), Platform.CloudProxy, Export.Length);

    /// <summary>Has this image from now on.</summary>
    public void Hold(TestExport image, byte[] export)
    {
        Export = export;
        Id = image.ConfigDigest;
        DiffIds = [.. image.Layers.Select(layer => Digest.Of(layer))];
    }

    public Task<ContainerEngine> ConnectAsync() =>
        ContainerEngine.ConnectAsync(EngineEndpoint.Parse($"tcp://127.0.0.1:{_port}"), TestContext.Current.CancellationToken);

    public void Dispose()
    {
        _listener.Close();
        _loop.Wait(TimeSpan.FromSeconds(10), CancellationToken.None);
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
        var path = context.Request.Url!.AbsolutePath;
        var response = context.Response;
        if (path.EndsWith("/get", StringComparison.Ordinal))
        {
            Exports++;
            response.SendChunked = true;
            response.ContentType = "application/x-tar";
            response.OutputStream.Write(Export.AsSpan(0, DiesAfter ?? Export.Length));
            if (DiesAfter is not null)
            {
                response.OutputStream.Flush();
                response.Abort();
                return;
            }
        }
        else
        {
            response.ContentType = "application/json";
            response.OutputStream.Write(Encoding.UTF8.GetBytes(Json(path)));
        }

        response.Close();
    }

    private string Json(string path) => path switch
    {
        _ when path.EndsWith("/version", StringComparison.Ordinal) =>
            """{"Version":"20.10.24","ApiVersion":"1.41","MinAPIVersion":"1.12","Os":"linux","Arch":"amd64"}""",
        _ when path.EndsWith("/info", StringComparison.Ordinal) => """{"OperatingSystem":"Debian"}""",
        _ => $$$"""{"Id":"{{{Id}}}","Os":"linux","Architecture":"amd64","Size":{{{Export.Length}}},"RootFS":{"Type":"layers","Layers":[{{{string.Join(',', DiffIds.Select(id => $"\"{id}\""))}}}]}}""",
    };
}
