using System.CommandLine;
using System.CommandLine.Parsing;
using Berth.Oci;
using Berth.Oci.Client;
using Berth.Packaging.Preload;
using Berth.Packaging.Remote;

namespace Berth.MpInstall;

/// <summary><c>mp-install preload</c>.</summary>
internal static class PreloadCommandLine
{
    private const string Json = "json";
    private const string Text = "text";

    private static readonly Argument<string> Pak = new("PAK") { Description = "The .pak file." };

    private static readonly Option<string[]> Bundle = new("--bundle")
    {
        Description = "Take the image from a bundle that berth export wrote, and from no registry. Again for the bundles that a differential one builds on.",
        HelpName = "FILE",
        DefaultValueFactory = _ => [],
    };

    private static readonly Option<string?> Key = new("--key")
    {
        Description = "Public key that the bundles have to be signed with.",
        HelpName = "PUBLIC.pem",
    };

    private static readonly Option<string?> Username = new("--registry-username")
    {
        Description = "User to pull with. Without it, what docker login or podman login stored for the registry counts.",
        HelpName = "USER",
    };

    private static readonly Option<bool> PasswordStdin = new("--password-stdin")
    {
        Description = $"Read the password from standard input, and not from {PreloadLogin.PasswordVariable}.",
    };

    private static readonly Option<RegistryHost?> DefaultRegistry = new("--default-registry")
    {
        Description = "Registry of a pak that names none.",
        HelpName = "HOST",
        CustomParser = ParseHost,
    };

    private static readonly RemoteOptions Remote = new();

    private static readonly Option<RemoteTarget[]> Host = RemoteOptions.Targets(
        "--host", "Preload this host, over SSH, instead of the one here: ssh://USER@HOST[:PORT]. Again for each host; they run side by side.");

    private static readonly Option<string?> Hosts = new("--hosts") { Description = "File with one such host a line.", HelpName = "FILE" };

    private static readonly Option<string?> HostsFile = new("--hosts-file") { Hidden = true };

    private static readonly Option<string?> TrustDirectory = new("--trust-directory") { Hidden = true };

    private static readonly Option<string> Output = new("--output")
    {
        Description = "Form of the result on standard output.",
        HelpName = "text|json",
        DefaultValueFactory = _ => Text,
    };

    public static Command Create()
    {
        Output.AcceptOnlyFromAmong(Text, Json);
        var command = new Command(
            "preload",
            $"""
            Puts the image of a pak into the container engine of this host, where the adapter will run, so that a Cloud Proxy finds it by its
            digest and pulls nothing: from a private registry, with a login for this one pull, or from a bundle, with no registry at all.

            {PreloadExitCodes.Help}
            """)
        {
            Pak, Bundle, Key, Username, PasswordStdin, DefaultRegistry, Host, Hosts, Remote.Identity, Remote.KnownHosts, HostsFile, TrustDirectory, Output,
        };
        command.Validators.Add(Check);
        command.SetAction((parsed, cancellationToken) => parsed.GetValue(Host) is { Length: > 0 } || parsed.GetValue(Hosts) is not null
            ? LookCommand.RunAsync("preload", token => PreloadHostsAsync(parsed, token), cancellationToken)
            : new PreloadCommand(parsed.GetRequiredValue(Pak), () => Options(parsed), parsed.GetValue(Output) == Json).RunAsync(cancellationToken));
        return command;
    }

    private static void Check(CommandResult result)
    {
        var bundle = result.GetValue(Bundle) is { Length: > 0 };
        if (result.GetValue(Key) is not null && !bundle)
            result.AddError("--key needs --bundle.");
        if (result.GetValue(PasswordStdin) && string.IsNullOrEmpty(result.GetValue(Username)))
            result.AddError("--password-stdin needs --registry-username.");
        if (bundle && result.GetValue(Username) is not null)
            result.AddError("--bundle takes no login: nothing is pulled from a registry.");
    }

    private static Task<int> PreloadHostsAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        var targets = (parsed.GetValue(Host) ?? []).Concat(RemoteOptions.Read(parsed.GetValue(Hosts))).Distinct().ToList();
        return new RemotePreload(Options(parsed), Remote.Access(parsed), parsed.GetValue(Output) == Json).RunAsync(targets, cancellationToken);
    }

    private static PreloadOptions Options(ParseResult parsed)
    {
        var options = new PreloadOptions(parsed.GetRequiredValue(Pak))
        {
            DefaultRegistry = parsed.GetValue(DefaultRegistry),
            Bundles = parsed.GetValue(Bundle) ?? [],
            Key = parsed.GetValue(Key),
            Credentials = PreloadLogin.Read(parsed.GetValue(Username), parsed.GetValue(PasswordStdin)) is { } login
                ? new GivenCredentialSource(login)
                : new DockerCredentialSource(),
        };
        return options with
        {
            HostsFile = parsed.GetValue(HostsFile) ?? options.HostsFile,
            TrustDirectory = parsed.GetValue(TrustDirectory) ?? options.TrustDirectory,
        };
    }

    private static RegistryHost? ParseHost(ArgumentResult result)
    {
        var text = result.Tokens[0].Value;
        if (RegistryHost.TryParse(text, out var host))
            return host;
        result.AddError($"--default-registry takes a host or host:port without scheme and path, not '{text}'.");
        return null;
    }
}
