using System.Text;
using Berth.Oci.Client;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Time.Testing;

namespace Berth.Oci.Tests.Client;

/// <summary>The token flow against a registry and a token service on another port, which is another host.</summary>
public sealed class BearerFlowTests
{
    private static readonly RepositoryName Team = RepositoryName.Parse("team/app");
    private static readonly ManifestReference Latest = ManifestReference.To(Tag.Parse("latest"));
    private static readonly Credential Login = new("pusher", "s3cret");
    private static readonly string BasicLogin = "Basic " + Convert.ToBase64String(Encoding.UTF8.GetBytes("pusher:s3cret"));

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Without_a_login_an_anonymous_token_is_fetched_and_used()
    {
        await using var tokens = await StartTokenServiceAsync();
        await using var registry = await StartRegistryAsync(tokens.Url);
        using var client = registry.Client();

        Assert.Equal(Answers.ManifestDigest, (await client.GetManifestAsync(Team, Latest, Token))?.Digest);
        var asked = Assert.Single(tokens.Seen);
        Assert.Null(asked.Authorization);
        Assert.Equal("?service=the%20registry&scope=repository%3Ateam%2Fapp%3Apull", asked.Query);
        Assert.Equal([null, "Bearer anonymous-1"], Manifests(registry).Select(request => request.Authorization));
    }

    [Fact]
    public async Task The_login_goes_to_the_token_service_and_never_to_the_registry()
    {
        await using var tokens = await StartTokenServiceAsync();
        await using var registry = await StartRegistryAsync(tokens.Url);
        using var client = registry.ClientWith(Login);

        await client.GetManifestAsync(Team, Latest, Token);
        Assert.Equal(BasicLogin, Assert.Single(tokens.Seen).Authorization);
        Assert.Contains("&account=pusher", tokens.Seen.Single().Query, StringComparison.Ordinal);
        Assert.All(registry.Seen, request => Assert.True(request.Authorization is null or "Bearer pusher-1", request.Authorization));
    }

    [Fact]
    public async Task A_token_is_used_until_it_expires_and_only_for_its_scope()
    {
        var time = new FakeTimeProvider();
        await using var tokens = await StartTokenServiceAsync(expiresIn: 100);
        await using var registry = await StartRegistryAsync(tokens.Url);
        using var client = registry.Client(options: new RegistryClientOptions { TimeProvider = time });

        await client.GetManifestAsync(Team, Latest, Token);
        await client.GetManifestAsync(Team, Latest, Token);
        Assert.Single(tokens.Seen);
        await client.GetManifestAsync(RepositoryName.Parse("other/app"), Latest, Token);
        Assert.Equal(2, tokens.Seen.Count);
        time.Advance(TimeSpan.FromSeconds(91));
        await client.GetManifestAsync(Team, Latest, Token);
        Assert.Equal(3, tokens.Seen.Count);
        Assert.Equal("Bearer anonymous-3", registry.Seen.Last().Authorization);
    }

    [Fact]
    public async Task The_scope_of_the_challenge_is_asked_for_and_a_mount_adds_its_source()
    {
        await using var tokens = await StartTokenServiceAsync();
        await using var registry = await FakeServer.StartAsync(context => context.Request.Headers.Authorization.Count == 0
            ? Answers.ChallengeAsync(context, $"Bearer realm=\"{tokens.Url}/token?x=1\",scope=\"repository:team/app:push repository:more:pull\"")
            : Created(context));
        using var client = registry.ClientWith(Login);

        Assert.True(await client.MountBlobAsync(Team, Answers.ManifestDigest, RepositoryName.Parse("from/here"), Token));
        Assert.Equal(
            "?x=1&scope=repository%3Ateam%2Fapp%3Apush&scope=repository%3Amore%3Apull&scope=repository%3Afrom%2Fhere%3Apull&account=pusher",
            Assert.Single(tokens.Seen).Query);

        static Task Created(HttpContext context)
        {
            context.Response.StatusCode = 201;
            return Task.CompletedTask;
        }
    }

    [Fact]
    public async Task A_registry_that_never_lets_in_is_asked_twice_and_then_left()
    {
        await using var tokens = await StartTokenServiceAsync();
        await using var registry = await FakeServer.StartAsync(context => Answers.ChallengeAsync(context, $"Bearer realm=\"{tokens.Url}/token\""));
        using var anonymous = registry.Client();
        using var login = registry.ClientWith(Login);

        var wanted = await Assert.ThrowsAsync<RegistryException>(() => anonymous.GetManifestAsync(Team, Latest, Token));
        Assert.Equal(RegistryFailure.Unauthorized, wanted.Reason);
        Assert.Equal(2, Manifests(registry).Count());
        Assert.Single(tokens.Seen);

        var denied = await Assert.ThrowsAsync<RegistryException>(() => login.GetManifestAsync(Team, Latest, Token));
        Assert.Equal(RegistryFailure.Denied, denied.Reason);
        Assert.Contains("does not let the login of 'pusher' pull from team/app", denied.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_login_that_the_token_service_refuses_is_reported_as_wrong()
    {
        await using var tokens = await FakeServer.StartAsync(context => Answers.ErrorAsync(context, 401, "UNAUTHORIZED", "incorrect username or password"));
        await using var registry = await StartRegistryAsync(tokens.Url);
        using var client = registry.ClientWith(Login);

        var failure = await Assert.ThrowsAsync<RegistryException>(() => client.GetManifestAsync(Team, Latest, Token));
        Assert.Equal(RegistryFailure.Unauthorized, failure.Reason);
        Assert.Contains($"{registry.Host} refuses the login of 'pusher': check the user name and the password", failure.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("s3cret", failure.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_login_is_not_sent_to_a_token_service_without_tls()
    {
        await using var registry = await StartRegistryAsync("http://tokens.example.invalid");
        using var client = registry.ClientWith(Login);
        var failure = await Assert.ThrowsAsync<RegistryException>(() => client.GetManifestAsync(Team, Latest, Token));
        Assert.Equal(RegistryFailure.Tls, failure.Reason);
        Assert.Contains("the login was not sent", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_token_service_that_redirects_to_another_host_does_not_pass_the_login_on()
    {
        await using var elsewhere = await StartTokenServiceAsync();
        await using var tokens = await FakeServer.StartAsync(context => Answers.RedirectAsync(context, $"{elsewhere.Url}/token"));
        await using var registry = await StartRegistryAsync(tokens.Url);
        using var client = registry.ClientWith(Login);

        await client.GetManifestAsync(Team, Latest, Token);
        Assert.Equal(BasicLogin, Assert.Single(tokens.Seen).Authorization);
        Assert.Null(Assert.Single(elsewhere.Seen).Authorization);
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("not json")]
    [InlineData("null")]
    [InlineData("""{"token":""}""")]
    [InlineData("""{"token":"two words"}""")]
    [InlineData("""{"token":"a\r\nX-Injected: b"}""")]
    public async Task A_token_service_without_a_token_is_a_failure(string answer)
    {
        await using var tokens = await FakeServer.StartAsync(context => Answers.JsonAsync(context, answer));
        await using var registry = await StartRegistryAsync(tokens.Url);
        using var client = registry.Client();
        var failure = await Assert.ThrowsAsync<RegistryException>(() => client.GetManifestAsync(Team, Latest, Token));
        Assert.Equal(RegistryFailure.Protocol, failure.Reason);
    }

    [Fact]
    public async Task A_token_service_that_sends_without_end_is_cut_off()
    {
        await using var tokens = await FakeServer.StartAsync(async context =>
        {
            var piece = new byte[64 * 1024];
            while (!context.RequestAborted.IsCancellationRequested)
                await context.Response.Body.WriteAsync(piece, context.RequestAborted);
        });
        await using var registry = await StartRegistryAsync(tokens.Url);
        using var client = registry.Client();
        var failure = await Assert.ThrowsAsync<RegistryException>(() => client.GetManifestAsync(Team, Latest, Token));
        Assert.Equal(RegistryFailure.Protocol, failure.Reason);
    }

    [Theory]
    [InlineData("Bearer realm=\"/token\"")]
    [InlineData("Bearer realm=\"file:///etc/passwd\"")]
    [InlineData("Bearer service=\"x\"")]
    [InlineData("Negotiate")]
    [InlineData("")]
    public async Task A_challenge_that_cannot_be_answered_is_a_failure(string challenge)
    {
        await using var registry = await FakeServer.StartAsync(context => Answers.ChallengeAsync(context, challenge));
        using var client = registry.ClientWith(Login);
        var failure = await Assert.ThrowsAsync<RegistryException>(() => client.GetManifestAsync(Team, Latest, Token));
        Assert.Equal(RegistryFailure.Protocol, failure.Reason);
    }

    private static IEnumerable<SeenRequest> Manifests(FakeServer registry) =>
        registry.Seen.Where(request => request.Path.Contains("/manifests/", StringComparison.Ordinal));

    private static Task<FakeServer> StartRegistryAsync(string tokenService) => FakeServer.StartAsync(context =>
        context.Request.Headers.Authorization.ToString().StartsWith("Bearer ", StringComparison.Ordinal)
            ? Answers.ManifestAsync(context)
            : Answers.ChallengeAsync(context, $"Bearer realm=\"{tokenService}/token\",service=\"the registry\""));

    /// <summary>Gives <c>NAME-N</c> to a login and <c>anonymous-N</c> to nobody.</summary>
    private static Task<FakeServer> StartTokenServiceAsync(int expiresIn = 300)
    {
        var count = 0;
        return FakeServer.StartAsync(context =>
        {
            var who = context.Request.Headers.Authorization.Count == 0 ? "anonymous" : "pusher";
            return Answers.JsonAsync(context, $$"""{"token":"{{who}}-{{Interlocked.Increment(ref count)}}","expires_in":{{expiresIn}},"issued_at":"2001-01-01T00:00:00Z"}""");
        });
    }
}
