using System.Net;
using System.Net.Sockets;
using Berth.Oci.Client;

namespace Berth.Oci.Tests.Client;

/// <summary>Peers that are not there, say nothing, stop in the middle, or speak something else.</summary>
public sealed class ConnectionTests
{
    private static readonly RepositoryName Team = RepositoryName.Parse("team/app");
    private static readonly ManifestReference Latest = ManifestReference.To(Tag.Parse("latest"));

    private static readonly RegistryClientOptions Impatient = new()
    {
        ConnectTimeout = TimeSpan.FromMilliseconds(500),
        StallTimeout = TimeSpan.FromMilliseconds(500),
    };

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_port_where_nothing_listens_is_told_with_its_address()
    {
        using var taken = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        taken.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        var host = RegistryHost.Parse(taken.LocalEndPoint!.ToString());
        using var client = new RegistryClient(host, AnonymousCredentialSource.Instance);
        var failure = await FailAsync(client, Token);
        Assert.Equal(RegistryFailure.Unreachable, failure.Reason);
        Assert.EndsWith($"is the registry running at {host}?", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_name_that_does_not_resolve_is_told()
    {
        using var client = new RegistryClient(RegistryHost.Parse("no-such-host.invalid"), AnonymousCredentialSource.Instance);
        var failure = await FailAsync(client, Token);
        Assert.Equal(RegistryFailure.NameNotResolved, failure.Reason);
        Assert.Contains("'no-such-host.invalid' cannot be resolved", failure.Message, StringComparison.Ordinal);
    }

    [Fact(Timeout = 60_000)]
    public async Task A_peer_that_accepts_and_says_nothing_is_left()
    {
        using var silent = new TcpListener(IPAddress.Loopback, 0);
        silent.Start();
        using var client = new RegistryClient(RegistryHost.Parse(silent.LocalEndpoint.ToString()), AnonymousCredentialSource.Instance, Impatient);
        Assert.Equal(RegistryFailure.Unreachable, (await FailAsync(client, TestContext.Current.CancellationToken)).Reason);
    }

    [Fact(Timeout = 60_000)]
    public async Task A_registry_that_never_answers_a_request_is_left()
    {
        await using var registry = await FakeServer.StartAsync(context => Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, context.RequestAborted));
        using var client = registry.Client(options: Impatient);
        var failure = await FailAsync(client, TestContext.Current.CancellationToken);
        Assert.Equal(RegistryFailure.Unreachable, failure.Reason);
        Assert.Contains("stayed silent for 0.5 s", failure.Message, StringComparison.Ordinal);
    }

    [Fact(Timeout = 60_000)]
    public async Task A_blob_that_stops_in_the_middle_is_left()
    {
        await using var registry = await FakeServer.StartAsync(async context =>
        {
            context.Response.ContentLength = 100;
            await context.Response.Body.WriteAsync(new byte[50], context.RequestAborted);
            await context.Response.Body.FlushAsync(context.RequestAborted);
            await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, context.RequestAborted);
        });
        using var client = registry.Client(options: Impatient);
        await using var blob = await client.OpenBlobAsync(Team, Answers.ManifestDigest, Token);
        var failure = await Assert.ThrowsAsync<RegistryException>(() => blob!.CopyToAsync(Stream.Null, TestContext.Current.CancellationToken));
        Assert.Contains("stayed silent", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_connection_that_breaks_in_the_middle_is_told()
    {
        var halfRead = new TaskCompletionSource();
        await using var registry = await FakeServer.StartAsync(async context =>
        {
            context.Response.ContentLength = 100;
            await context.Response.Body.WriteAsync(new byte[50], context.RequestAborted);
            await context.Response.Body.FlushAsync(context.RequestAborted);
            await halfRead.Task;
            context.Abort();
        });
        using var client = registry.Client();
        await using var blob = await client.OpenBlobAsync(Team, Answers.ManifestDigest, Token);
        await blob!.ReadExactlyAsync(new byte[50], Token);
        halfRead.SetResult();
        var failure = await Assert.ThrowsAsync<RegistryException>(() => blob.CopyToAsync(Stream.Null, Token));
        Assert.Equal(RegistryFailure.Unreachable, failure.Reason);
        Assert.Contains("broke before the answer was complete", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_peer_that_does_not_speak_HTTP_is_told()
    {
        using var mail = new TcpListener(IPAddress.Loopback, 0);
        mail.Start();
        var served = ServeAsync(mail);
        using var client = new RegistryClient(RegistryHost.Parse(mail.LocalEndpoint.ToString()), AnonymousCredentialSource.Instance);
        var failure = await FailAsync(client, Token);
        Assert.Equal(RegistryFailure.Protocol, failure.Reason);
        Assert.Contains("does not answer in HTTP", failure.Message, StringComparison.Ordinal);
        mail.Stop();
        await Assert.ThrowsAnyAsync<Exception>(() => served);

        static async Task ServeAsync(TcpListener mail)
        {
            while (true)
            {
                using var connection = await mail.AcceptTcpClientAsync(Token);
                await connection.GetStream().WriteAsync("220 mail.example ESMTP\r\n"u8.ToArray(), Token);
                connection.Client.Shutdown(SocketShutdown.Send);
                // Until the client leaves, which it may do with a reset.
                await Record.ExceptionAsync(() => connection.GetStream().CopyToAsync(Stream.Null, Token));
            }
        }
    }

    [Fact]
    public async Task A_cancelled_call_is_cancelled_and_not_a_failure_of_the_registry()
    {
        using var cancelled = CancellationTokenSource.CreateLinkedTokenSource(Token);
        await using var registry = await FakeServer.StartAsync(async context =>
        {
            await cancelled.CancelAsync();
            await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, context.RequestAborted);
        });
        using var client = registry.Client();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => client.GetManifestAsync(Team, Latest, cancelled.Token));
    }

    [Fact]
    public async Task Plain_HTTP_is_found_out_once()
    {
        var connections = 0;
        var options = new RegistryClientOptions
        {
            Connect = (endpoint, token) =>
            {
                Interlocked.Increment(ref connections);
                return FakeServer.Dns.Connect!(endpoint, token);
            },
        };
        await using var registry = await FakeServer.StartAsync(Answers.ManifestAsync);
        using var client = registry.Client(options: options);
        await client.GetManifestAsync(Team, Latest, Token);
        await client.GetManifestAsync(Team, Latest, Token);
        Assert.All(registry.Seen, request => Assert.Equal("/v2/team/app/manifests/latest", request.Path));
        Assert.True(connections == 2, $"{connections} connections: one to try TLS and one to talk are expected");
    }

    [Theory]
    [InlineData(false, RegistryFailure.Tls)]
    [InlineData(true, null)]
    public async Task Plain_HTTP_to_another_machine_has_to_be_allowed(bool allowed, RegistryFailure? expected)
    {
        await using var registry = await FakeServer.StartAsync(Answers.ManifestAsync, name: "h.example");
        using var client = registry.Client(options: FakeServer.Dns with { InsecureHosts = allowed ? [registry.Host] : [] });
        var failure = await Record.ExceptionAsync(() => client.GetManifestAsync(Team, Latest, Token));
        Assert.Equal(expected, (failure as RegistryException)?.Reason);
        Assert.Equal(allowed, failure is null);
    }

    private static async Task<RegistryException> FailAsync(RegistryClient client, CancellationToken token) =>
        await Assert.ThrowsAsync<RegistryException>(() => client.GetManifestAsync(Team, Latest, token));
}
