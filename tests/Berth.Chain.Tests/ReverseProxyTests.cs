using System.Net;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text.RegularExpressions;
using Berth.Chain.Tests.Chain;
using Berth.Chain.Tests.Registry;
using Berth.Chain.Tests.Running;

namespace Berth.Chain.Tests;

/// <summary>nginx in front of the registry, set up as docs/reverse-proxy.md says.</summary>
public sealed partial class ReverseProxyTests
{
    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Skopeo_logs_in_pushes_and_pulls_through_a_proxy_that_ends_TLS()
    {
        await using var site = await ProxiedSite.StartAsync(Blocks()[0], "--trusted-proxy", "127.0.0.1");
        var layout = await site.MakeImageAsync();

        await site.Skopeo("login", "--cert-dir", site.Certificates, "--username", site.Login.Name, "--password-stdin", site.Host)
            .Reading(site.Login.Password).SucceedAsync();
        await site.Skopeo("copy", "--preserve-digests", "--dest-cert-dir", site.Certificates, $"dir:{layout}", $"docker://{site.Host}/team/image:1").SucceedAsync();
        await site.Skopeo("logout", site.Host).SucceedAsync();
        await site.Skopeo("copy", "--src-cert-dir", site.Certificates, $"docker://{site.Host}/team/image:1", $"dir:{site.Fresh("pulled")}")
            .SucceedAsync();

        Assert.Equal(
            await File.ReadAllBytesAsync($"{layout}/manifest.json", Cancelled),
            await File.ReadAllBytesAsync($"{site.Fresh("pulled")}/manifest.json", Cancelled));
    }

    [Theory]
    [InlineData("http://127.0.0.1:5000", "--url", "https://HOST/registry")]
    [InlineData("http://127.0.0.1:5000/", "--url", "https://HOST/registry")]
    [InlineData("http://127.0.0.1:5000/", "--trusted-proxy", "127.0.0.0/8")]
    public async Task Below_a_path_a_login_a_push_in_chunks_and_a_pull_stay_below_it(string upstream, string flag, string value)
    {
        var server = Blocks()[0].Replace("location / {", "proxy_set_header X-Forwarded-Prefix /registry; location /elsewhere/ {", StringComparison.Ordinal);
        server = server
            .Insert(server.LastIndexOf("location", StringComparison.Ordinal), Blocks()[1].Replace("http://127.0.0.1:5000", upstream, StringComparison.Ordinal));
        await using var site = await ProxiedSite.StartAsync(server, flag, value);
        var content = RandomNumberGenerator.GetBytes(3_000_000);

        using var http = site.Client();
        var token = await site.TokenAsync(http, "/registry/v2/", "repository:team/blob:pull,push");
        var session = await SendAsync(http, HttpMethod.Post, "/registry/v2/team/blob/blobs/uploads/", token);
        session = await SendAsync(http, HttpMethod.Patch, session, token, content[..1_000_000]);
        session = await SendAsync(http, HttpMethod.Patch, session, token, content[1_000_000..]);
        var blob = await SendAsync(http, HttpMethod.Put, $"{session}?digest={Sha256.Of(content)}", token, []);

        Assert.StartsWith("/registry/v2/team/blob/blobs/sha256:", blob, StringComparison.Ordinal);
        Assert.Equal(content, await http.GetByteArrayAsync(blob, Cancelled));
    }

    /// <summary>Sends and gives the address that the answer names.</summary>
    private static async Task<string> SendAsync(
        HttpClient http, HttpMethod method, string address, AuthenticationHeaderValue token, byte[]? body = null)
    {
        using var request = new HttpRequestMessage(method, address) { Content = body is null ? null : new ByteArrayContent(body) };
        request.Headers.Authorization = token;
        using var answer = await http.SendAsync(request, Cancelled);
        Assert.True(answer.StatusCode is HttpStatusCode.Accepted or HttpStatusCode.Created, $"{(int)answer.StatusCode} to {method} {address}");
        return answer.Headers.Location!.OriginalString;
    }

    private static string[] Blocks() =>
        [.. NginxBlock().Matches(File.ReadAllText(Path.Combine(Executables.Checkout, "docs", "reverse-proxy.md"))).Select(block => block.Groups[1].Value)];

    [GeneratedRegex("```nginx\n(.*?)```", RegexOptions.Singleline)]
    private static partial Regex NginxBlock();
}
