using System.Net;
using System.Net.Sockets;
using System.Text;
using Berth.Oci;

namespace Berth.Packaging.Tests.Doctor;

/// <summary>An HTTP server of this machine that answers as a test says, by method and path.</summary>
internal sealed class ScriptedServer : IDisposable
{
    private readonly HttpListener _listener = new();
    private readonly Func<HttpListenerRequest, Answer> _script;
    private readonly Task _loop;

    public ScriptedServer(Func<HttpListenerRequest, Answer> script)
    {
        _script = script;
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

    public Reference Repository(string path) => new(Host, RepositoryName.Parse(path));

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
                Reply(await _listener.GetContextAsync());
        }
        catch (Exception e) when (e is HttpListenerException or ObjectDisposedException)
        {
        }
    }

    private void Reply(HttpListenerContext context)
    {
        using var response = context.Response;
        var answer = _script(context.Request);
        response.StatusCode = answer.Status;
        response.ContentType = answer.Type;
        foreach (var (name, value) in answer.Headers)
            response.AddHeader(name, value);
        if (context.Request.HttpMethod != "HEAD")
            response.OutputStream.Write(Encoding.UTF8.GetBytes(answer.Body));
    }

    internal sealed record Answer(int Status, string Body = "", string Type = "application/json", params (string Name, string Value)[] Headers);
}
