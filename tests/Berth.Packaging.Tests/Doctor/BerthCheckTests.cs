using Berth.Chain.Tests.Running;
using Berth.Oci;
using Berth.Oci.Client;
using Berth.Packaging.Doctor;

namespace Berth.Packaging.Tests.Doctor;

/// <summary>What is said of Berth itself: public and private repositories, with a login and without.</summary>
public sealed class BerthCheckTests : IAsyncLifetime
{
    private readonly TempDirectory _directory = new();
    private readonly TestAuthority _authority = new();
    private BerthServer _berth = null!;

    private static Credential Administrator =>
        new(BerthServer.Administrator.Name, BerthServer.Administrator.Password) { Origin = "/home/me/.docker/config.json" };

    public async ValueTask InitializeAsync() =>
        _berth = await BerthServer.StartAsync(_directory.Path("data"), more: ["--private", "secret"]);

    public async ValueTask DisposeAsync()
    {
        await _berth.DisposeAsync();
        _authority.Dispose();
        _directory.Dispose();
    }

    [Fact]
    public async Task A_public_repository_is_pushed_to_with_the_login_and_pulled_from_without_one()
    {
        var report = await Checked.RunAsync(Repository("team/a"), login: Administrator);

        report.Expect(RegistryCheckStep.Registry, FindingOutcome.Passed, "with a token service");
        report.Expect(RegistryCheckStep.Push, FindingOutcome.Passed, "the login of 'admin' from /home/me/.docker/config.json may push to team/a");
        report.Expect(RegistryCheckStep.Pull, FindingOutcome.Passed, "an anonymous client is let in to team/a");
        await PushAsync("team/a");
        (await Checked.RunAsync(Repository("team/a"), login: Administrator)).Expect(
            RegistryCheckStep.Pull, FindingOutcome.Passed, "team/a:1 can be pulled without a login");
    }

    [Fact]
    public async Task A_private_repository_is_refused_before_the_first_push_and_for_certain_after_it()
    {
        var before = await Checked.RunAsync(Repository("secret/a"), login: Administrator);
        await PushAsync("secret/a");
        var after = await Checked.RunAsync(Repository("secret/a"), login: Administrator);

        Assert.Equal(
            FindingKind.RefusedBeforeFirstPush,
            before.Expect(RegistryCheckStep.Pull, FindingOutcome.Failed, "an anonymous client is not let in to secret/a", "public").Kind);
        Assert.Equal(
            FindingKind.Certain,
            after.Expect(RegistryCheckStep.Pull, FindingOutcome.Failed, "secret/a:1 is there, and cannot be pulled without a login", "public").Kind);
        after.Expect(RegistryCheckStep.Push, FindingOutcome.Passed);
        Assert.Equal(PackFailure.Verify, after.Failure);
    }

    [Fact]
    public async Task A_wrong_password_does_not_hide_what_an_anonymous_client_gets()
    {
        var report = await Checked.RunAsync(Repository("team/a"), login: Administrator with { Secret = "wrong" });

        report.Expect(RegistryCheckStep.Push, FindingOutcome.Failed, "the login of 'admin' from /home/me/.docker/config.json is refused");
        report.Expect(RegistryCheckStep.Pull, FindingOutcome.Passed);
    }

    [Fact]
    public async Task Over_TLS_that_is_trusted_all_is_well_but_for_the_appliances_that_need_the_file()
    {
        var certificate = _authority.Issue("127.0.0.1");
        await using var berth = await BerthServer.StartAsync(
            _directory.Path("other"),
            tls: new TlsListener("127.0.0.1", _directory.Write("tls.crt", certificate.Certificate), _directory.Write("tls.key", certificate.Key)));
        _directory.Write($"certs.d/{berth.Host}/ca.crt", _authority.Pem);
        var repository = new Reference(RegistryHost.Parse(berth.Host), RepositoryName.Parse("team/a"));

        var report = await Checked.RunAsync(
            Checked.Options(repository, login: Administrator) with { CertificateDirectory = _directory.Path("certs.d") });

        report.Expect(RegistryCheckStep.Certificate, FindingOutcome.Warning, $"/etc/docker/certs.d/{berth.Host}/ca.crt");
        report.Expect(RegistryCheckStep.Push, FindingOutcome.Passed);
        Assert.Null(report.Failure);
    }

    private Reference Repository(string path) => new(RegistryHost.Parse(_berth.Host), RepositoryName.Parse(path));

    private async Task PushAsync(string path)
    {
        var repository = Repository(path);
        using var client = new RegistryClient(repository.Registry, new FixedCredentialSource(repository.Registry, Administrator));
        await SmallImage.PushAsync(client, repository.Repository, "1");
    }
}
