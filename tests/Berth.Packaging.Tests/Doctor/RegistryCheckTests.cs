using Berth.Oci;
using Berth.Oci.Client;
using Berth.Packaging.Doctor;

namespace Berth.Packaging.Tests.Doctor;

/// <summary>Whether one may push, and whether an appliance may pull.</summary>
public sealed class RegistryCheckTests
{
    /// <summary>pusher:secret.</summary>
    private const string Htpasswd = "pusher:$2y$05$2MdH8qF9VsfXE5YjTkWSZuAZ0p1TeTFORjOFqzyynOM2JDEcFdJ9e\n";

    private static readonly RepositoryName Team = RepositoryName.Parse("team/a");

    [Fact]
    public async Task A_registry_without_logins_works_and_is_said_to_be_open_to_anybody()
    {
        await using var registry = await DebianRegistry.StartAsync();

        var report = await Checked.RunAsync(registry.Repository("team/a"));

        report.Expect(RegistryCheckStep.Push, FindingOutcome.Warning, "anybody may push to team/a");
        report.Expect(RegistryCheckStep.Pull, FindingOutcome.Passed, "there is no image yet", "proven only after the push");
        Assert.Null(report.Failure);
        Assert.Empty(report.Blocking(unverified: false));
    }

    [Fact]
    public async Task An_image_that_is_there_is_proven_by_its_digest_without_a_login()
    {
        await using var registry = await DebianRegistry.StartAsync();
        using var client = new RegistryClient(registry.Host, AnonymousCredentialSource.Instance);
        await SmallImage.PushAsync(client, Team, "1.9.0-abc", layer: "old");
        var newest = await SmallImage.PushAsync(client, Team, "1.10.0-abc");
        await SmallImage.PushAsync(client, Team, $"sha256-{new string('f', 64)}", layer: "referrers");

        (await Checked.RunAsync(registry.Repository("team/a"))).Expect(
            RegistryCheckStep.Pull, FindingOutcome.Passed,
            $"team/a:1.10.0-abc can be pulled without a login: its manifest by {newest.Digest}, 2 blobs, for linux/amd64");
    }

    [Fact]
    public async Task An_image_for_another_platform_is_a_warning()
    {
        await using var registry = await DebianRegistry.StartAsync();
        using var client = new RegistryClient(registry.Host, AnonymousCredentialSource.Instance);
        await SmallImage.PushAsync(client, Team, "1", "arm64");

        (await Checked.RunAsync(registry.Repository("team/a"))).Expect(
            RegistryCheckStep.Pull, FindingOutcome.Warning, "no Cloud Proxy could run it", "is for linux/arm64");
    }

    [Fact]
    public async Task A_registry_that_wants_Basic_for_everything_takes_the_login_and_no_anonymous_pull()
    {
        await using var registry = await DebianRegistry.StartAsync(login: Htpasswd);
        var login = new Credential("pusher", "secret") { Origin = "/home/me/.docker/config.json" };

        var report = await Checked.RunAsync(registry.Repository("team/a"), login: login);

        report.Expect(
            RegistryCheckStep.Push, FindingOutcome.Passed, "the login of 'pusher' from /home/me/.docker/config.json may push to team/a");
        var pull = report.Expect(RegistryCheckStep.Pull, FindingOutcome.Failed, "wants a login (HTTP Basic) for everything, and a Cloud Proxy has none");
        Assert.Equal(PackFailure.Verify, pull.Failure);
        Assert.Contains(pull, report.Blocking(unverified: true));
    }

    [Fact]
    public async Task A_wrong_password_is_told_with_where_it_came_from_and_never_shown()
    {
        await using var registry = await DebianRegistry.StartAsync(login: Htpasswd);
        var login = new Credential("pusher", "not-it") { Origin = "the credential helper pass, named by /x/config.json" };

        var push = (await Checked.RunAsync(registry.Repository("team/a"), login: login)).Expect(
            RegistryCheckStep.Push, FindingOutcome.Failed,
            "the login of 'pusher' from the credential helper pass, named by /x/config.json is refused", "correct the user name or the password there");

        Assert.DoesNotContain("not-it", push.Line, StringComparison.Ordinal);
        Assert.Equal(PackFailure.Push, push.Failure);
    }

    [Fact]
    public async Task Where_no_login_is_found_it_is_said_where_it_was_looked_for()
    {
        await using var registry = await DebianRegistry.StartAsync(login: Htpasswd);

        (await Checked.RunAsync(registry.Repository("team/a"))).Expect(
            RegistryCheckStep.Push, FindingOutcome.Failed, "none was found in /home/me/.docker/config.json", $"'docker login {registry.Host}'");
    }

    [Theory]
    [InlineData(404, "NAME_UNKNOWN", "there is no place for team/a (it says NAME_UNKNOWN: project team not found)", "make the project 'team'")]
    [InlineData(401, "NAME_UNKNOWN", "there is no place for team/a", "make the project 'team'")]
    [InlineData(403, "DENIED", "an anonymous client is good, and may not push to team/a (it says DENIED", "have it given the right to push")]
    [InlineData(500, "UNKNOWN", "no upload to team/a could be started", "its log has the reason")]
    [InlineData(429, "TOOMANYREQUESTS", "no upload to team/a could be started", "limits requests")]
    public async Task Why_a_push_is_refused_is_told_apart(int status, string code, string expected, string fix)
    {
        using var server = new ScriptedServer(request => request.HttpMethod == "POST"
            ? new ScriptedServer.Answer(
                status, $$"""{"errors":[{"code":"{{code}}","message":"project team not found"}]}""", Headers: [("WWW-Authenticate", "Basic realm=\"r\"")])
            : new ScriptedServer.Answer(request.Url!.AbsolutePath == "/v2/" ? 200 : 404));

        (await Checked.RunAsync(server.Repository("team/a"), login: status == 401 ? new Credential("u", "p") : null))
            .Expect(RegistryCheckStep.Push, FindingOutcome.Failed, expected, fix);
    }

    [Fact]
    public async Task A_refusal_before_the_first_push_does_not_stop_a_build()
    {
        using var server = new ScriptedServer(Private(hasImage: false));

        var report = await Checked.RunAsync(server.Repository("team/a"));

        var pull = report.Expect(
            RegistryCheckStep.Pull, FindingOutcome.Failed, "where there is no image yet", "make the repository (in some registries: its project) public",
            "proven only after the push");
        Assert.Equal(FindingKind.RefusedBeforeFirstPush, pull.Kind);
        Assert.DoesNotContain(pull, report.Blocking(unverified: false));
        Assert.Equal(PackFailure.Verify, report.Findings.Single(one => one.Step is RegistryCheckStep.Pull).Failure);
    }

    [Fact]
    public async Task A_repository_whose_image_only_a_login_can_see_is_private_and_stops_a_build()
    {
        using var server = new ScriptedServer(Private(hasImage: true));

        var report = await Checked.RunAsync(server.Repository("team/a"), login: new Credential("u", "p"));

        var pull = report.Expect(RegistryCheckStep.Pull, FindingOutcome.Failed, "team/a:1.0 is there, and cannot be pulled without a login");
        Assert.Equal(FindingKind.Certain, pull.Kind);
        Assert.Contains(pull, report.Blocking(unverified: true));
    }

    [Fact]
    public async Task A_pull_host_that_cannot_be_reached_is_a_finding_of_its_own_kind()
    {
        await using var registry = await DebianRegistry.StartAsync();
        var elsewhere = new Reference(RegistryHost.Parse("no-such-host.invalid:5000"), Team);

        var report = await Checked.RunAsync(registry.Repository("team/a"), elsewhere);

        var name = report.Findings.Single(one => one.Outcome is FindingOutcome.Failed);
        Assert.Equal((FindingKind.PullHostUnreachable, PackFailure.Verify, elsewhere.Registry), (name.Kind, name.Failure, name.Host));
        Assert.EndsWith("build with --unverified", name.Line, StringComparison.Ordinal);
        Assert.Equal([name], report.Blocking(unverified: false));
        Assert.Empty(report.Blocking(unverified: true));
        report.Expect(RegistryCheckStep.Push, FindingOutcome.Warning);
        report.Expect(RegistryCheckStep.Pull, FindingOutcome.Unknown);
    }

    [Fact]
    public async Task A_mirror_that_has_not_the_image_yet_is_a_warning()
    {
        await using var registry = await DebianRegistry.StartAsync();
        await using var mirror = await DebianRegistry.StartAsync();
        using var client = new RegistryClient(registry.Host, AnonymousCredentialSource.Instance);
        await SmallImage.PushAsync(client, Team, "1");

        (await Checked.RunAsync(registry.Repository("team/a"), mirror.Repository("team/a"))).Expect(
            RegistryCheckStep.Pull, FindingOutcome.Warning, $"{mirror.Host}/team/a has not the image team/a:1 of {registry.Host}", "wait until it has copied");
    }

    [Fact]
    public async Task A_registry_that_lacks_a_blob_of_its_image_is_told()
    {
        using var fake = new Build.FakeRegistry();
        var layer = fake.PutBlob("layer");
        fake.PutImage(layer, tag: "1");
        fake.PutPage("/v2/", "{}");
        fake.PutPage("/v2/team/a/tags/list", """{"tags":["1"]}""");
        fake.Remove(layer);

        (await Checked.RunAsync(fake.Name)).Expect(RegistryCheckStep.Pull, FindingOutcome.Failed, $"the blob {layer.Digest} of the image cannot be pulled");
    }

    /// <summary>A registry with a token service that gives nobody a token to pull with unless there is a login.</summary>
    private static Func<System.Net.HttpListenerRequest, ScriptedServer.Answer> Private(bool hasImage) => request =>
    {
        const string digest = "sha256:0123456789012345678901234567890123456789012345678901234567890123";
        var login = request.Headers["Authorization"];
        var path = request.Url!.AbsolutePath;
        if (path == "/token")
            return new(200, $$"""{"token":"{{(login is null ? "nobody" : "user")}}"}""");
        if (login != "Bearer user")
            return new(401, Headers: [("WWW-Authenticate", $"Bearer realm=\"http://{request.Url.Authority}/token\",service=\"s\"")]);
        if (request.HttpMethod == "POST")
            return new(202, Headers: [("Location", "/v2/upload")]);
        if (hasImage && path.EndsWith("/tags/list", StringComparison.Ordinal))
            return new(200, """{"tags":["1.0"]}""");
        return hasImage && path.EndsWith("/manifests/1.0", StringComparison.Ordinal)
            ? new(200, "{}", MediaTypes.OciManifest, ("Docker-Content-Digest", digest), ("Content-Length", "2"))
            : new(404);
    };
}
