using Berth.Oci.Client;
using Microsoft.AspNetCore.Http;

namespace Berth.Oci.Tests.Client;

/// <summary>What the client makes of answers that are wrong, unfriendly or too long.</summary>
public sealed class AnswerTests
{
    private static readonly RepositoryName Team = RepositoryName.Parse("team/app");
    private static readonly ManifestReference Latest = ManifestReference.To(Tag.Parse("latest"));
    private static readonly Digest Other = Digest.Of("other"u8);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(400, RegistryFailure.Protocol, "answered with status 400 to the attempt to push to team/app")]
    [InlineData(401, RegistryFailure.Protocol, "neither Bearer nor Basic is offered")]
    [InlineData(403, RegistryFailure.Denied, "does not let an anonymous client push to team/app")]
    [InlineData(404, RegistryFailure.NotFound, "has no place to push to team/app")]
    [InlineData(429, RegistryFailure.RateLimited, "limits requests: try again in 30 s")]
    [InlineData(500, RegistryFailure.Server, "failed (status 500): try again in 30 s; its log has the reason")]
    [InlineData(503, RegistryFailure.Server, "failed (status 503)")]
    [InlineData(200, RegistryFailure.Protocol, "with status 200 where 202 is expected")]
    [InlineData(302, RegistryFailure.Protocol, "status 302")]
    public async Task An_error_status_is_told_with_what_to_do(int status, RegistryFailure reason, string expected)
    {
        await using var registry = await FakeServer.StartAsync(context =>
        {
            context.Response.Headers.RetryAfter = "30";
            return Answers.ErrorAsync(context, status, "SOME_CODE", "what it says");
        });
        using var client = registry.Client();
        var failure = await Assert.ThrowsAsync<RegistryException>(() => client.CheckPushAsync(Team, Token));
        Assert.Equal(reason, failure.Reason);
        Assert.Contains(expected, failure.Message, StringComparison.Ordinal);
        Assert.Equal(status is 429 or >= 500 ? TimeSpan.FromSeconds(30) : null, failure.RetryAfter);
        if (status is not (200 or 401))
            Assert.EndsWith("(SOME_CODE: what it says)", failure.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("<html>")]
    [InlineData("[]")]
    [InlineData("""{"errors":[]}""")]
    [InlineData("""{"errors":"x"}""")]
    [InlineData("""{"errors":[[1]]}""")]
    [InlineData("""{"errors":[{"code":"\ud800"}]}""")]
    public async Task An_error_body_of_another_form_is_passed_over(string body)
    {
        await using var registry = await FakeServer.StartAsync(context =>
        {
            context.Response.StatusCode = 502;
            return context.Response.WriteAsync(body);
        });
        using var client = registry.Client();
        var failure = await Assert.ThrowsAsync<RegistryException>(() => client.GetManifestAsync(Team, Latest, Token));
        Assert.EndsWith("its log has the reason", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Control_characters_of_the_registry_do_not_reach_the_terminal()
    {
        await using var registry = await FakeServer.StartAsync(context => Answers.ErrorAsync(context, 500, "X", "\\u001b[2J\\nline"));
        using var client = registry.Client();
        var failure = await Assert.ThrowsAsync<RegistryException>(() => client.GetManifestAsync(Team, Latest, Token));
        Assert.DoesNotContain(failure.Message, char.IsControl);
    }

    [Fact]
    public async Task A_manifest_with_another_digest_than_asked_for_is_refused()
    {
        await using var registry = await FakeServer.StartAsync(Answers.ManifestAsync);
        using var client = registry.Client();
        await AssertProtocolAsync(() => client.GetManifestAsync(Team, ManifestReference.To(Other), Token), $"for {Other} that has the digest");
        await AssertProtocolAsync(() => client.HeadManifestAsync(Team, ManifestReference.To(Other), Token), $"for the manifest {Other}");
        Assert.NotNull(await client.GetManifestAsync(Team, ManifestReference.To(Answers.ManifestDigest), Token));
    }

    [Theory]
    [InlineData("sha256:e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855")]
    [InlineData("nonsense")]
    public async Task A_manifest_with_another_digest_than_announced_is_refused(string announced)
    {
        await using var registry = await FakeServer.StartAsync(context => Answers.ContentAsync(context, Answers.Manifest, MediaTypes.OciIndex, announced));
        using var client = registry.Client();
        await AssertProtocolAsync(() => client.GetManifestAsync(Team, Latest, Token), "announces");
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_manifest_that_is_too_long_is_refused(bool lengthAnnounced)
    {
        await using var registry = await FakeServer.StartAsync(async context =>
        {
            if (lengthAnnounced)
                context.Response.ContentLength = Manifest.MaxBytes + 1;
            await context.Response.Body.WriteAsync(new byte[Manifest.MaxBytes + 1], context.RequestAborted);
        });
        using var client = registry.Client();
        await AssertProtocolAsync(() => client.GetManifestAsync(Team, Latest, Token), "more than 4194304 bytes");
    }

    [Fact]
    public async Task A_registry_that_announces_nothing_at_HEAD_is_asked_for_the_manifest()
    {
        await using var registry = await FakeServer.StartAsync(context =>
            HttpMethods.IsHead(context.Request.Method) ? Task.CompletedTask : Answers.ManifestAsync(context));
        using var client = registry.Client();
        Assert.Equal(
            new Descriptor(MediaTypes.OciIndex, Answers.ManifestDigest, Answers.Manifest.Length), await client.HeadManifestAsync(Team, Latest, Token));
    }

    [Fact]
    public async Task Manifests_are_asked_for_in_all_four_types()
    {
        await using var registry = await FakeServer.StartAsync(Answers.ManifestAsync);
        using var client = registry.Client();
        await client.GetManifestAsync(Team, Latest, Token);
        var accept = registry.Seen.Last().Accept;
        Assert.All(
            [MediaTypes.OciIndex, MediaTypes.OciManifest, MediaTypes.DockerManifestList, MediaTypes.DockerManifest],
            type => Assert.Contains(type, accept, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_damaged_blob_fails_at_its_end()
    {
        await using var registry = await FakeServer.StartAsync(context => Answers.ContentAsync(context, "damaged"u8.ToArray(), "a/b"));
        using var client = registry.Client();
        await using var blob = await client.OpenBlobAsync(Team, Other, Token);
        await AssertProtocolAsync(() => blob!.CopyToAsync(Stream.Null, Token), $"{Other} from {registry.Host} has in truth the digest");
    }

    [Theory]
    [InlineData(6, "is longer than the 6 bytes")]
    [InlineData(8, "ended after 7 of 8 bytes")]
    public async Task A_blob_of_another_length_than_known_is_refused(long size, string expected)
    {
        await using var registry = await FakeServer.StartAsync(context => Answers.ContentAsync(context, "damaged"u8.ToArray(), "a/b"));
        using var client = registry.Client();
        await using var blob = await client.OpenBlobAsync(Team, Digest.Of("damaged"u8), Token, size);
        await AssertProtocolAsync(() => blob!.CopyToAsync(Stream.Null, Token), expected);
    }

    [Theory]
    [InlineData(403)]
    [InlineData(404)]
    [InlineData(405)]
    [InlineData(500)]
    public async Task A_registry_that_does_not_cancel_uploads_still_lets_push(int status)
    {
        await using var registry = await FakeServer.StartAsync(context =>
        {
            context.Response.StatusCode = HttpMethods.IsPost(context.Request.Method) ? 202 : status;
            context.Response.Headers.Location = "/v2/team/app/blobs/uploads/1?state=x";
            return Task.CompletedTask;
        });
        using var client = registry.Client();
        await client.CheckPushAsync(Team, Token);
        Assert.Equal("DELETE", registry.Seen.Last().Method);
        Assert.Equal("?state=x", registry.Seen.Last().Query);
    }

    [Fact]
    public async Task A_registry_that_stores_a_manifest_under_another_digest_is_reported()
    {
        await using var registry = await FakeServer.StartAsync(context =>
        {
            context.Response.StatusCode = 201;
            context.Response.Headers["Docker-Content-Digest"] = Other.ToString();
            return Task.CompletedTask;
        });
        using var client = registry.Client();
        await AssertProtocolAsync(
            () => client.PutManifestAsync(Team, Latest, MediaTypes.OciIndex, Answers.Manifest, Token), $"as {Other}, which is not its digest");
    }

    private static async Task AssertProtocolAsync(Func<Task> act, string expected)
    {
        var failure = await Assert.ThrowsAsync<RegistryException>(act);
        Assert.Equal(RegistryFailure.Protocol, failure.Reason);
        Assert.Contains(expected, failure.Message, StringComparison.Ordinal);
    }
}
