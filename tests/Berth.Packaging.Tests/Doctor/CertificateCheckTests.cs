using System.Net;
using Berth.Oci;
using Berth.Packaging.Doctor;

namespace Berth.Packaging.Tests.Doctor;

/// <summary>What is said of the certificates that a registry may have; it is Debian's, which sends what its file holds.</summary>
public sealed class CertificateCheckTests : IDisposable
{
    private const string Address = "127.0.0.1";

    private readonly TestAuthority _authority = new();
    private readonly TempDirectory _directory = new();

    public void Dispose()
    {
        _authority.Dispose();
        _directory.Dispose();
    }

    [Fact]
    public async Task An_unknown_authority_is_named_with_the_file_to_place_on_a_Cloud_Proxy()
    {
        await using var registry = await DebianRegistry.StartAsync(_authority.Issue(Address).With(_authority.Pem));

        var report = await Checked.RunAsync(registry.Repository("team/a"));

        report.Expect(
            RegistryCheckStep.Certificate, FindingOutcome.Failed,
            $"signed by the authority '{TestAuthority.Name}', which neither this machine nor a Cloud Proxy",
            $"place its certificate at /etc/docker/certs.d/{registry.Host}/ca.crt on each Cloud Proxy, again after each redeploy of the proxy",
            $"'mp-build doctor {registry.Host}/team/a --save-ca ca.crt'");
        Assert.Equal(new ServedAuthority(_authority.Pem, TestAuthority.Name, IsRoot: true), report.Authority);
    }

    [Fact]
    public async Task What_needs_no_login_is_found_out_although_the_certificate_is_not_trusted()
    {
        await using var registry = await DebianRegistry.StartAsync(_authority.Issue(Address).With(_authority.Pem));

        var report = await Checked.RunAsync(registry.Repository("team/a"));

        report.Expect(RegistryCheckStep.Registry, FindingOutcome.Passed);
        report.Expect(RegistryCheckStep.Push, FindingOutcome.Unknown, "no login is sent over a connection that is not trusted");
        report.Expect(RegistryCheckStep.Pull, FindingOutcome.Passed, "proven only after the push");
        Assert.Equal(FindingOutcome.Failed, report[RegistryRequirement.Reachable]);
        Assert.Equal(PackFailure.Push, report.Failure);
    }

    [Fact]
    public async Task A_server_that_sends_its_own_certificate_alone_is_told_to_send_the_chain()
    {
        await using var registry = await DebianRegistry.StartAsync(_authority.Issue(Address, place: "http://ca.example/house.crt"));

        var report = await Checked.RunAsync(registry.Repository("team/a"));

        report.Expect(
            RegistryCheckStep.Certificate, FindingOutcome.Failed,
            $"is signed by '{TestAuthority.Name}', whose certificate the server does not send", "have the registry send its whole chain",
            "from http://ca.example/house.crt and place it at /etc/docker/certs.d/");
        Assert.False(report.Authority!.IsRoot);
        Assert.Equal(Address, report.Authority.Subject);
    }

    [Fact]
    public async Task Of_a_chain_without_its_root_the_top_one_is_given()
    {
        using var middle = _authority.Intermediate("House servers");
        await using var registry = await DebianRegistry.StartAsync(middle.Issue(Address).With(middle.Pem));

        var report = await Checked.RunAsync(registry.Repository("team/a"));

        report.Expect(
            RegistryCheckStep.Certificate, FindingOutcome.Failed, $"the certificate 'House servers' is signed by '{TestAuthority.Name}'", "from whoever runs the registry");
        Assert.Equal(new ServedAuthority(middle.Pem, "House servers", IsRoot: false), report.Authority);
    }

    [Fact]
    public async Task A_certificate_signed_by_itself_can_be_placed_as_it_is()
    {
        await using var registry = await DebianRegistry.StartAsync(TestAuthority.SelfSigned(Address));

        var report = await Checked.RunAsync(registry.Repository("team/a"));

        report.Expect(RegistryCheckStep.Certificate, FindingOutcome.Failed, "is signed by itself and by no authority", $"certs.d/{registry.Host}/ca.crt");
        Assert.True(report.Authority!.IsRoot);
    }

    [Fact]
    public async Task An_authority_that_was_placed_here_lets_all_pass_and_is_a_warning_for_the_appliances()
    {
        await using var registry = await DebianRegistry.StartAsync(_authority.Issue(Address));

        var report = await Checked.RunAsync(Trusting(registry));

        report.Expect(
            RegistryCheckStep.Certificate, FindingOutcome.Warning, $"is trusted on this machine through {_directory.FullPath}", "no Cloud Proxy knows it",
            $"on each Cloud Proxy place its certificate at /etc/docker/certs.d/{registry.Host}/ca.crt, and again after each redeploy");
        report.Expect(RegistryCheckStep.Push, FindingOutcome.Warning, "anybody may push");
        Assert.Equal(_authority.Pem, report.Authority!.Pem);
        Assert.Null(report.Failure);
    }

    [Fact]
    public async Task A_registry_that_is_only_pushed_to_needs_no_file_on_an_appliance()
    {
        await using var registry = await DebianRegistry.StartAsync(_authority.Issue(Address));
        await using var other = await DebianRegistry.StartAsync();

        var trusted = await Checked.RunAsync(Trusting(registry) with { Pull = other.Repository("team/a") });
        var unknown = await Checked.RunAsync(registry.Repository("team/a"), other.Repository("team/a"));

        Assert.Equal(FindingOutcome.Passed, trusted.Findings.First(one => one.Step is RegistryCheckStep.Certificate).Outcome);
        var failed = unknown.Findings.First(one => one.Step is RegistryCheckStep.Certificate);
        Assert.Equal(FindingOutcome.Failed, failed.Outcome);
        Assert.DoesNotContain("Cloud Proxy", failed.Line, StringComparison.Ordinal);
    }

    [Fact]
    public async Task All_that_is_wrong_is_said_at_once()
    {
        await using var registry = await DebianRegistry.StartAsync(
            _authority.Issue("other.example", TimeSpan.FromDays(-2)).With(_authority.Pem));

        var report = await Checked.RunAsync(registry.Repository("team/a"));

        var lines = report.Findings.Where(one => one.Step is RegistryCheckStep.Certificate).Select(one => one.Text).ToList();
        Assert.Collection(
            lines,
            line => Assert.Equal("the certificate is not for '127.0.0.1': it is for other.example", line),
            line => Assert.StartsWith($"the certificate is signed by the authority '{TestAuthority.Name}'", line, StringComparison.Ordinal),
            line => Assert.StartsWith("the certificate 'other.example' expired on 20", line, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_certificate_that_has_expired_is_not_also_called_unknown()
    {
        await using var registry = await DebianRegistry.StartAsync(_authority.Issue(Address, TimeSpan.FromDays(-2)));

        var report = await Checked.RunAsync(Trusting(registry));

        Assert.Contains(report.Findings, one => one.Outcome is FindingOutcome.Failed && one.Fix!.StartsWith("renew it", StringComparison.Ordinal));
        Assert.Single(report.Findings, one => one is { Step: RegistryCheckStep.Certificate, Outcome: FindingOutcome.Failed });
        report.Expect(RegistryCheckStep.Push, FindingOutcome.Unknown);
    }

    [Fact]
    public async Task A_certificate_of_tomorrow_points_to_the_clocks()
    {
        await using var registry = await DebianRegistry.StartAsync(_authority.Issue(Address, starts: TimeSpan.FromDays(1)));

        var report = await Checked.RunAsync(Trusting(registry));

        Assert.Contains(report.Findings, one => one.Line.Contains("is valid only from", StringComparison.Ordinal) && one.Outcome is FindingOutcome.Failed);
    }

    [Fact]
    public async Task A_certificate_that_ends_soon_is_a_warning()
    {
        await using var registry = await DebianRegistry.StartAsync(_authority.Issue(Address, TimeSpan.FromDays(10)));

        var report = await Checked.RunAsync(Trusting(registry));

        Assert.Contains(report.Findings, one => one.Line.Contains("expires on", StringComparison.Ordinal) && one.Outcome is FindingOutcome.Warning);
        Assert.Null(report.Failure);
    }

    [Fact]
    public async Task A_name_that_stands_in_the_common_name_alone_is_not_enough_for_docker()
    {
        await using var registry = await DebianRegistry.StartAsync(_authority.Issue(null));

        var report = await Checked.RunAsync(Trusting(registry));

        Assert.Contains(
            report.Findings,
            one => one.Outcome is FindingOutcome.Failed
                && one.Line.Contains("no subject alternative name (127.0.0.1 stands in its common name only", StringComparison.Ordinal));
    }

    [Fact]
    public async Task For_a_host_named_as_insecure_all_that_is_a_warning()
    {
        await using var registry = await DebianRegistry.StartAsync(_authority.Issue("other.example").With(_authority.Pem));

        var report = await Checked.RunAsync(
            Checked.Options(registry.Repository("team/a")) with { InsecureHosts = [registry.Host] });

        Assert.All(
            report.Findings.Where(one => one.Step is RegistryCheckStep.Certificate),
            one =>
            {
                Assert.Equal(FindingOutcome.Warning, one.Outcome);
                Assert.Contains($"\"insecure-registries\": [\"{registry.Host}\"]", one.Fix, StringComparison.Ordinal);
            });
        report.Expect(RegistryCheckStep.Push, FindingOutcome.Warning, "anybody may push");
    }

    [Fact]
    public async Task Plain_HTTP_is_told_unless_the_host_is_this_machine_or_named_as_insecure()
    {
        var name = Dns.GetHostName().ToLowerInvariant();
        var address = Dns.GetHostAddresses(name)[0];
        await using var registry = await DebianRegistry.StartAsync(address: address);
        var repository = new Reference(RegistryHost.Parse($"{name}:{registry.Port}"), RepositoryName.Parse("team/a"));

        var strict = await Checked.RunAsync(repository);
        var insecure = await Checked.RunAsync(Checked.Options(repository) with { InsecureHosts = [repository.Registry] });

        strict.Expect(
            RegistryCheckStep.Certificate, FindingOutcome.Failed, "it speaks plain HTTP at that port, and no TLS",
            $"and with \"insecure-registries\": [\"{repository.Registry}\"] in /etc/docker/daemon.json on each Cloud Proxy");
        strict.Expect(RegistryCheckStep.Push, FindingOutcome.Unknown);
        strict.Expect(RegistryCheckStep.Pull, FindingOutcome.Passed);
        insecure.Expect(RegistryCheckStep.Certificate, FindingOutcome.Warning, "plain HTTP, as --insecure-registry allows");
        Assert.Null(insecure.Failure);
    }

    private RegistryCheckOptions Trusting(DebianRegistry registry)
    {
        _directory.Write($"{registry.Host}/ca.crt", _authority.Pem);
        return Checked.Options(registry.Repository("team/a")) with { CertificateDirectory = _directory.FullPath };
    }
}
