using Berth.Oci;
using Berth.Oci.Client;
using Berth.Packaging.Doctor;

namespace Berth.Packaging.Tests.Doctor;

/// <summary>Runs a check with no login but the one given, and nothing trusted but what the test places.</summary>
internal static class Checked
{
    public static RegistryCheckOptions Options(Reference push, Reference? pull = null, Credential? login = null) => new(push, pull ?? push)
    {
        Credentials = login is null ? AnonymousCredentialSource.Instance : new FixedCredentialSource(push.Registry, login),
        LoginFiles = ["/home/me/.docker/config.json"],
        CertificateDirectory = "/nowhere",
    };

    public static Task<RegistryReport> RunAsync(RegistryCheckOptions options) =>
        new RegistryCheck(options).RunAsync(TestContext.Current.CancellationToken);

    public static Task<RegistryReport> RunAsync(Reference push, Reference? pull = null, Credential? login = null) =>
        RunAsync(Options(push, pull, login));

    /// <summary>The only finding of a step, with this outcome and these texts in its line.</summary>
    public static RegistryFinding Expect(
        this RegistryReport report, RegistryCheckStep step, FindingOutcome outcome, params string[] texts)
    {
        var finding = Assert.Single(report.Findings, one => one.Step == step);
        Assert.True(finding.Outcome == outcome, $"{finding.Outcome}: {finding.Line}");
        foreach (var text in texts)
            Assert.Contains(text, finding.Line, StringComparison.Ordinal);
        Assert.Equal(outcome is FindingOutcome.Failed or FindingOutcome.Warning, finding.Fix is not null);
        Assert.DoesNotContain('\n', finding.Line);
        return finding;
    }
}
