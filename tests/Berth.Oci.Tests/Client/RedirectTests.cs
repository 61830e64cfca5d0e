using Berth.Oci.Client;
using Microsoft.AspNetCore.Http;

namespace Berth.Oci.Tests.Client;

public sealed class RedirectTests
{
    private static readonly RepositoryName Team = RepositoryName.Parse("team/app");
    private static readonly Credential Login = new("pusher", "s3cret");
    private static readonly byte[] Content = "the layer"u8.ToArray();
    private static readonly Digest Blob = Digest.Of(Content);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_redirect_to_another_host_is_followed_without_the_login()
    {
        await using var store = await FakeServer.StartAsync(context => Answers.ContentAsync(context, Content, "a/b"));
        await using var registry = await StartGuardedAsync(context => Answers.RedirectAsync(context, $"{store.Url}/bucket/x?signature=1"));
        using var client = registry.ClientWith(Login);

        await using var blob = await client.OpenBlobAsync(Team, Blob, Token);
        Assert.Equal(Content.Length, await client.FindBlobAsync(Team, Blob, Token));
        Assert.All(store.Seen, request => Assert.Null(request.Authorization));
        Assert.All(store.Seen, request => Assert.Equal("?signature=1", request.Query));
        Assert.Equal(2, store.Seen.Count);
        Assert.Contains(registry.Seen, request => request.Authorization is not null);
    }

    [Fact]
    public async Task A_redirect_inside_the_registry_keeps_the_login()
    {
        await using var registry = await StartGuardedAsync(context => context.Request.Path.Value!.StartsWith("/v2/", StringComparison.Ordinal)
            ? Answers.RedirectAsync(context, "/real/blob")
            : Answers.ContentAsync(context, Content, "a/b"));
        using var client = registry.ClientWith(Login);
        Assert.Equal(Content.Length, await client.FindBlobAsync(Team, Blob, Token));
        Assert.NotNull(registry.Seen.Last().Authorization);
    }

    [Fact]
    public async Task A_challenge_of_the_host_behind_a_redirect_is_not_answered()
    {
        // Were it answered, the login would go to the token service that the thief names: its own.
        await using var thief = await FakeServer.StartAsync(context =>
            Answers.ChallengeAsync(context, $"Bearer realm=\"http://{context.Request.Host}/token\""));
        await using var registry = await FakeServer.StartAsync(context => Answers.RedirectAsync(context, $"{thief.Url}/x"));
        using var client = registry.ClientWith(Login);
        var failure = await Assert.ThrowsAsync<RegistryException>(() => client.FindBlobAsync(Team, Blob, Token));
        Assert.Equal(RegistryFailure.Protocol, failure.Reason);
        Assert.Contains($"leads on to {thief.Host}, which wants a login of its own", failure.Message, StringComparison.Ordinal);
        var asked = Assert.Single(thief.Seen);
        Assert.Equal("/x", asked.Path);
        Assert.Null(asked.Authorization);
    }

    [Fact]
    public async Task Redirects_in_a_circle_end()
    {
        await using var registry = await FakeServer.StartAsync(context => Answers.RedirectAsync(context, context.Request.Path));
        using var client = registry.Client();
        var failure = await Assert.ThrowsAsync<RegistryException>(() => client.FindBlobAsync(Team, Blob, Token));
        Assert.Equal(RegistryFailure.Protocol, failure.Reason);
        Assert.Equal(6, registry.Seen.Count);
    }

    [Theory]
    [InlineData("")]
    [InlineData("file:///etc/passwd")]
    [InlineData("ftp://h.example/x")]
    public async Task A_redirect_to_nowhere_is_a_failure(string location)
    {
        await using var registry = await FakeServer.StartAsync(context => Answers.RedirectAsync(context, location));
        using var client = registry.Client();
        var failure = await Assert.ThrowsAsync<RegistryException>(() => client.FindBlobAsync(Team, Blob, Token));
        Assert.Equal(RegistryFailure.Protocol, failure.Reason);
    }

    [Fact]
    public async Task An_upload_that_goes_on_elsewhere_gets_no_login()
    {
        await using var store = await FakeServer.StartAsync(context =>
        {
            context.Response.StatusCode = 201;
            return Task.CompletedTask;
        });
        await using var registry = await StartGuardedAsync(context =>
        {
            context.Response.StatusCode = HttpMethods.IsPost(context.Request.Method) ? 202 : 404;
            context.Response.Headers.Location = $"{store.Url}/upload?state=a%2Bb";
            return Task.CompletedTask;
        });
        using var client = registry.ClientWith(Login);
        await client.PushBlobAsync(Team, new Descriptor("a/b", Blob, Content.Length), () => new MemoryStream(Content), Token);
        var put = Assert.Single(store.Seen);
        Assert.Null(put.Authorization);
        Assert.Equal($"?state=a%2Bb&digest={Uri.EscapeDataString(Blob.ToString())}", put.Query);
    }

    /// <summary>Wants a Basic login first.</summary>
    private static Task<FakeServer> StartGuardedAsync(RequestDelegate inside) => FakeServer.StartAsync(context =>
        context.Request.Headers.Authorization.Count == 0 ? Answers.ChallengeAsync(context, "Basic realm=\"r\"") : inside(context));
}
