using Berth.Oci.Client;

namespace Berth.Oci.Tests.Client;

public sealed class TlsTests : IDisposable
{
    private static readonly RepositoryName Team = RepositoryName.Parse("team/app");
    private static readonly ManifestReference Latest = ManifestReference.To(Tag.Parse("latest"));

    private readonly TestAuthority _authority = new();
    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("berth-tls-");

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    /// <summary>No authority of the machine that runs the tests gets in the way.</summary>
    private RegistryClientOptions Options => FakeServer.Dns with { CertificateDirectory = _directory.FullName };

    [Theory]
    [InlineData("h.example")]
    [InlineData("127.0.0.1")]
    public async Task An_unknown_authority_is_told_with_the_file_to_place(string name)
    {
        await using var registry = await FakeServer.StartAsync(Answers.ManifestAsync, _authority.Issue(name), name);
        using var client = registry.Client(options: Options);
        var failure = await FailAsync(client);
        Assert.Contains("signed by an authority that this machine does not trust (CN=Berth Test Authority)", failure.Message, StringComparison.Ordinal);
        Assert.EndsWith($"{_directory.FullName}/{registry.Host}/ca.crt", failure.Message, StringComparison.Ordinal);
        Assert.Empty(registry.Seen);
    }

    [Fact]
    public void The_file_to_place_is_dockers_by_default() => Assert.Equal("/etc/docker/certs.d", new RegistryClientOptions().CertificateDirectory);

    [Fact]
    public async Task An_authority_placed_for_the_host_is_trusted_and_for_another_host_is_not()
    {
        await using var registry = await FakeServer.StartAsync(Answers.ManifestAsync, _authority.Issue("h.example"), "h.example");
        Place("other.example");
        using (var client = registry.Client(options: Options))
            await FailAsync(client);
        Place(registry.Host.ToString());
        using (var client = registry.Client(options: Options))
            Assert.NotNull(await client.GetManifestAsync(Team, Latest, Token));
    }

    [Fact]
    public async Task An_authority_given_as_a_file_is_trusted()
    {
        await using var registry = await FakeServer.StartAsync(Answers.ManifestAsync, _authority.Issue("127.0.0.1"));
        using var client = registry.Client(options: Options with { CaFile = Place("given") });
        Assert.NotNull(await client.GetManifestAsync(Team, Latest, Token));
        Assert.Equal("/v2/", registry.Seen.First().Path);
    }

    [Fact]
    public async Task Another_authority_does_not_help()
    {
        using var stranger = new TestAuthority();
        await using var registry = await FakeServer.StartAsync(Answers.ManifestAsync, stranger.Issue("h.example"), "h.example");
        using var client = registry.Client(options: Options with { CaFile = Place("given") });
        await FailAsync(client);
    }

    [Fact]
    public async Task A_certificate_for_another_name_is_told_with_both_names()
    {
        await using var registry = await FakeServer.StartAsync(Answers.ManifestAsync, _authority.Issue("other.example"), "h.example");
        using var client = registry.Client(options: Options with { CaFile = Place("given") });
        var failure = await FailAsync(client);
        Assert.Contains("is for other.example: it needs a subject alternative name for exactly 'h.example'", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_certificate_that_has_expired_is_told()
    {
        await using var registry = await FakeServer.StartAsync(Answers.ManifestAsync, _authority.Issue("h.example", TimeSpan.FromDays(-1)), "h.example");
        using var client = registry.Client(options: Options with { CaFile = Place("given") });
        Assert.Contains("renew it", (await FailAsync(client)).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("this is no certificate", "has no certificate in PEM form")]
    [InlineData(null, "cannot be read")]
    public async Task An_authority_file_that_is_none_is_told_with_its_name(string? content, string expected)
    {
        var file = Path.Combine(_directory.FullName, "ca.pem");
        if (content is not null)
            await File.WriteAllTextAsync(file, content, Token);
        await using var registry = await FakeServer.StartAsync(Answers.ManifestAsync, _authority.Issue("h.example"), "h.example");
        using var client = registry.Client(options: Options with { CaFile = file });
        var failure = await FailAsync(client);
        Assert.Contains(expected, failure.Message, StringComparison.Ordinal);
        Assert.Contains(file, failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_host_named_as_insecure_is_not_checked()
    {
        await using var registry = await FakeServer.StartAsync(Answers.ManifestAsync, _authority.Issue("other.example"), "h.example");
        using var client = registry.Client(options: Options with { InsecureHosts = [registry.Host] });
        Assert.NotNull(await client.GetManifestAsync(Team, Latest, Token));
    }

    [Fact]
    public async Task A_redirect_from_TLS_to_plain_HTTP_is_not_followed()
    {
        await using var store = await FakeServer.StartAsync(Answers.ManifestAsync, name: "store.example");
        await using var registry = await FakeServer.StartAsync(
            context => Answers.RedirectAsync(context, $"{store.Url}/x"), _authority.Issue("h.example"), "h.example");
        using var client = registry.Client(options: Options with { CaFile = Place("given") });
        Assert.Contains("leads on to plain HTTP", (await FailAsync(client)).Message, StringComparison.Ordinal);
        Assert.Empty(store.Seen);
    }

    [Fact]
    public async Task Docker_Hub_is_asked_at_the_address_of_its_registry()
    {
        await using var hub = await FakeServer.StartAsync(Answers.ManifestAsync, _authority.Issue("registry-1.docker.io"));
        var options = Options with
        {
            CaFile = Place("given"),
            Connect = (endpoint, token) => FakeServer.Dns.Connect!(new(endpoint.Host, endpoint.Port is 443 ? hub.Host.Port!.Value : 1), token),
        };
        using var client = new RegistryClient(RegistryHost.DockerHub, AnonymousCredentialSource.Instance, options);
        Assert.NotNull(await client.GetManifestAsync(RepositoryName.Parse("library/app"), Latest, Token));
    }

    public void Dispose()
    {
        _authority.Dispose();
        _directory.Delete(recursive: true);
    }

    /// <summary>Puts the authority where docker looks for those of a host.</summary>
    private string Place(string host)
    {
        var file = Path.Combine(_directory.CreateSubdirectory(host).FullName, "ca.crt");
        File.WriteAllText(file, _authority.Pem);
        return file;
    }

    private static async Task<RegistryException> FailAsync(RegistryClient client)
    {
        var failure = await Assert.ThrowsAsync<RegistryException>(() => client.GetManifestAsync(Team, Latest, Token));
        Assert.Equal(RegistryFailure.Tls, failure.Reason);
        return failure;
    }
}
