using Berth.Chain.Tests.Running;
using Berth.Clients.Tests.Matrix;
using Berth.Clients.Tests.Servers;

namespace Berth.Clients.Tests.Clients;

/// <summary>notation with a test certificate and a policy that trusts it.</summary>
internal sealed class NotationClient : Client
{
    private const string Policy = """
        {
          "version": "1.0",
          "trustPolicies": [{
            "name": "all", "registryScopes": ["*"], "signatureVerification": { "level": "strict" },
            "trustStores": ["ca:berth.test"], "trustedIdentities": ["*"]
          }]
        }
        """;

    private const string AsTag = "--force-referrers-tag=true";
    private const string AsReferrer = "--force-referrers-tag=false";

    public override string Name => "notation";

    public override string Limits => "signs, verifies and lists signatures, nothing else.";

    public override string LoginWay => "`NOTATION_USERNAME`, `NOTATION_PASSWORD`";

    public override string Remark =>
        "`notation login` wants a credential helper to keep the login in, and there is none where the tests run. Signatures are "
        + "referrers either way; unless told otherwise it also tags a list of them.";

    public override Abilities Abilities => new()
    {
        [Operations.SignWithTag] = visit => SignAsync(visit, visit.Caller, AsTag),
        [Operations.VerifyTag] = visit => AfterSigningAsync(visit, AsTag, "verify"),
        [Operations.SignWithReferrer] = visit => SignAsync(visit, visit.Caller, AsReferrer),
        [Operations.VerifyReferrer] = visit => AfterSigningAsync(visit, AsReferrer, "verify"),
        [Operations.ListSignatures] = visit => AfterSigningAsync(visit, AsReferrer, "list"),
    };

    public override async Task<string> VersionAsync() =>
        (await new Command(Programs.Find(Name), "version").SucceedAsync()).Output.Split('\n')
            .First(line => line.StartsWith("Version:", StringComparison.Ordinal));

    public override Task<CommandResult> LogInAsync(Home home, Site site, Login login) => Task.FromResult(CommandResult.Nothing);

    private Command Run(Visit visit, Login? caller, params string[] arguments)
    {
        var command = visit.Home.Trusting(Name, arguments).With("XDG_CONFIG_HOME", visit.Directory);
        return caller is null ? command : command.With("NOTATION_USERNAME", caller.Name).With("NOTATION_PASSWORD", caller.Password);
    }

    private async Task<CommandResult> SignAsync(Visit visit, Login? caller, string form)
    {
        await File.WriteAllTextAsync(visit.File("policy.json"), Policy);
        await Run(visit, null, "certificate", "generate-test", "--default", "berth.test").SucceedAsync();
        await Run(visit, null, "policy", "import", visit.File("policy.json")).SucceedAsync();
        return await Run(visit, caller, ["sign", form, .. Insecure(visit), visit.TargetByDigest]).RunAsync();
    }

    private async Task<CommandResult> AfterSigningAsync(Visit visit, string form, string verb)
    {
        (await SignAsync(visit, visit.Site.Pusher, form)).Succeeded();
        return await Run(visit, visit.Caller, [verb, .. Insecure(visit), visit.TargetByDigest]).RunAsync();
    }

    private static string[] Insecure(Visit visit) => visit.Site.Tls ? [] : ["--insecure-registry"];
}
