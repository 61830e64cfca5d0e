using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;

namespace Berth.Bench.Servers;

internal static class Login
{
    /// <summary>Fetches one token for a repository, as a client does before it pushes, where the server asks for a login.</summary>
    public static async Task ForAsync(RunningServer server, string repository, CancellationToken cancellationToken)
    {
        if (server.Peer is not Peer.Berth)
            return;
        using var http = new HttpClient();
        using var request = new HttpRequestMessage(
            HttpMethod.Get, $"http://127.0.0.1:{server.Port}/token?service=berth&scope=repository:{repository}:pull,push");
        request.Headers.Authorization = new AuthenticationHeaderValue(
            "Basic", Convert.ToBase64String(Encoding.ASCII.GetBytes($"admin:{BerthServer.Password}")));
        using var response = await http.SendAsync(request, cancellationToken);
        using var document = JsonDocument.Parse(await response.EnsureSuccessStatusCode().Content.ReadAsStringAsync(cancellationToken));
        server.Authorization = $"Authorization: Bearer {document.RootElement.GetProperty("token").GetString()}\r\n";
    }
}
