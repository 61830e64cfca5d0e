using System.Net;
using System.Net.Sockets;
using Berth.Oci;
using Berth.Registry.Tests.Api;
using Berth.Registry.Tests.Commands;

namespace Berth.Registry.Tests.Protocol.Management;

/// <summary>What is pinned, was pulled or is immutable is not deleted by accident.</summary>
public sealed class KeptManifestTests(BerthServer server) : RegistryTest(server)
{
    [Fact]
    public async Task A_pinned_manifest_is_deleted_only_when_forced_and_the_journal_says_by_whom()
    {
        var digest = DigestOf(await PushImageAsync("v1"));
        Assert.Equal(0, (await RunAsync("pin", "add", $"{Repository}:v1", "--name", "production")).ExitCode);

        await AssertErrorAsync(await DeleteAsync($"{digest}"), 405, "DENIED");
        Assert.Equal(HttpStatusCode.Accepted, (await DeleteAsync($"{digest}?force=true")).StatusCode);

        var trash = (await RunAsync("trash", "list", Repository)).Output;
        Assert.Contains($"manifest {Repository}@{digest} went: deleted through the API (by admin, forced)", trash, StringComparison.Ordinal);
        Assert.Contains($"tag {Repository}:v1", trash, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_manifest_that_was_pulled_a_moment_ago_is_deleted_only_when_forced()
    {
        var digest = DigestOf(await PushImageAsync("v1"));
        await PullFromElsewhereAsync("v1");

        var errors = await AssertErrorAsync(await DeleteAsync($"{digest}"), 405, "DENIED");
        Assert.Equal(OciError.ManifestInUse.Message, errors[0].GetProperty("message").GetString());
        Assert.Equal(HttpStatusCode.Accepted, (await DeleteAsync($"{digest}?force=true")).StatusCode);
    }

    [Fact]
    public async Task Who_looks_without_a_login_and_then_deletes_with_one_has_not_pulled()
    {
        var digest = DigestOf(await PushImageAsync("v1"));
        using var looked = await SendAsync("GET", $"/v2/{Repository}/manifests/{digest}");
        Assert.Equal(HttpStatusCode.OK, looked.StatusCode);

        Assert.Equal(HttpStatusCode.Accepted, (await DeleteAsync($"{digest}")).StatusCode);
    }

    [Fact]
    public async Task An_immutable_tag_is_not_moved_and_is_deleted_only_when_forced()
    {
        Assert.Equal(0, (await RunAsync("policy", "set", Repository, "--immutable", "v?.*")).ExitCode);
        var first = await PushImageAsync("v1.0");
        using var moved = await PutManifestAsync("latest", first);
        await PushImageAsync("latest", "another layer"); // may move
        var other = Image("{}", "another layer");

        foreach (var reference in (string[])["v1.0", "v2?tag=v1.0"])
        {
            var errors = await AssertErrorAsync(await PutManifestAsync(reference, other), 409, "DENIED");
            Assert.Equal("v1.0", errors[0].GetProperty("detail").GetString());
        }

        using var same = await PutManifestAsync("v1.0", first);
        Assert.Equal(HttpStatusCode.Created, same.StatusCode);
        await AssertErrorAsync(await SendAsync("GET", $"/v2/{Repository}/manifests/v2"), 404, "MANIFEST_UNKNOWN");
        using var kept = await SendAsync("GET", $"/v2/{Repository}/manifests/v1.0", BerthServer.Pusher); // anonymously, it would count as pulled
        Assert.Equal(first, await BodyAsync(kept));

        await AssertErrorAsync(await DeleteAsync("v1.0"), 409, "DENIED");
        await AssertErrorAsync(await DeleteAsync($"{DigestOf(first)}?force=false"), 409, "DENIED");
        Assert.Equal(HttpStatusCode.Accepted, (await DeleteAsync("v1.0?force=true")).StatusCode);
        Assert.Equal(HttpStatusCode.Accepted, (await DeleteAsync($"{DigestOf(first)}?force=true")).StatusCode);
    }

    [Fact]
    public async Task Forcing_gives_nobody_the_right_to_delete()
    {
        var digest = DigestOf(await PushImageAsync("v1"));
        await AssertErrorAsync(await SendAsync("DELETE", $"/v2/{Repository}/manifests/{digest}?force=true"), 401, "UNAUTHORIZED");
    }

    /// <summary>Without a login, from an address of loopback that no other client of the tests has.</summary>
    private async Task PullFromElsewhereAsync(string reference)
    {
        using var elsewhere = new HttpClient(new SocketsHttpHandler
        {
            ConnectCallback = async (context, cancellationToken) =>
            {
                var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
                socket.Bind(new IPEndPoint(IPAddress.Parse("127.0.0.2"), 0));
                await socket.ConnectAsync(context.DnsEndPoint, cancellationToken);
                return new NetworkStream(socket, ownsSocket: true);
            },
        });
        using var pulled = await elsewhere.GetAsync(
            new Uri($"{Server.Url}/v2/{Repository}/manifests/{reference}"), TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.OK, pulled.StatusCode);
    }

    private Task<HttpResponseMessage> DeleteAsync(string reference) => SendAsync("DELETE", $"/v2/{Repository}/manifests/{reference}", BerthServer.Admin);

    private Task<CommandRun> RunAsync(params string[] arguments) => CommandRun.OfAsync("", [.. arguments, "--data", Server.Data]);
}
