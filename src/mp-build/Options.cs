using System.CommandLine;
using System.CommandLine.Parsing;
using Berth.Oci;

namespace Berth.MpBuild;

/// <summary>The options of the command line, one each.</summary>
internal static class Options
{
    public static readonly Option<string?> Project = new("--path", "-p")
    {
        Description = "The project's directory. Without it: the current directory.",
        HelpName = "DIR",
    };

    public static readonly Option<int?> Port = new("--port", "-P")
    {
        Description = "Port of this machine to reach the adapter's container at while it is asked. Without it: container_port of the SDK's own settings, else any way the engine allows.",
        HelpName = "PORT",
    };

    public static readonly Option<string?> Repository = new("--registry-tag", "-r")
    {
        Description =
            "Repository that the appliance pulls the image from, no tag. Without it, or without a value: container_repository in config.json.",
        HelpName = "HOST/PATH",
        Arity = ArgumentArity.ZeroOrOne,
    };

    public static readonly Option<string?> PushRepository = new("--push-registry")
    {
        Description =
            "Repository to push to, if that is another. Without it, or without a value: container_push_repository in config.json, else as -r.",
        HelpName = "HOST/PATH",
        Arity = ArgumentArity.ZeroOrOne,
    };

    public static readonly Option<bool> UseDefaultRegistry = new("--use-default-registry")
    {
        Description = "Name no registry in the pak: the appliance takes the one that its administrator has set.",
    };

    public static readonly Option<string?> Username = new("--registry-username")
    {
        Description = "User to push as. Without it: the login that docker or podman stored for the registry.",
        HelpName = "USER",
    };

    public static readonly Option<string?> Password = new("--registry-password")
    {
        Description = "Password to push with. Others can read it in the process list: use --password-stdin.",
        HelpName = "PASSWORD",
    };

    public static readonly Option<bool> PasswordStdin = new("--password-stdin") { Description = "Read the password from standard input." };

    public static readonly Option<bool> Insecure = new("--insecure-collector-communication", "-i")
    {
        Description = "The appliance talks to the adapter over HTTP on port 8080 instead of HTTPS on 443.",
    };

    public static readonly Option<RegistryHost[]> InsecureRegistries = new("--insecure-registry")
    {
        Description = "A registry that may speak plain HTTP. May be given more than once.",
        HelpName = "HOST",
        CustomParser = ParseHosts,
        AllowMultipleArgumentsPerToken = false,
    };

    public static readonly Option<bool> NoTerminal = new("--no-ttl")
    {
        Description = "Use no terminal: ask nothing, an answer that is missing is an error.",
    };

    public static readonly Option<bool> Save = new("--save")
    {
        Description = "Keep the repositories, and --use-default-registry when it is given, in the project's config.json once the pak is written.",
    };

    public static readonly Option<string?> Image = new("--image")
    {
        Description = "Pack an image that exists already, instead of building one: a reference with a tag or a digest, or an OCI layout. "
            + "No engine is needed when the project has a conf/describe.xml.",
        HelpName = "REF|oci:DIR",
    };

    public static readonly Option<Platform> Platform = new("--platform")
    {
        Description = "Platform that the image is for. Every Cloud Proxy of today is linux/amd64.",
        HelpName = "OS/ARCH",
        CustomParser = ParsePlatform,
        DefaultValueFactory = _ => Oci.Platform.CloudProxy,
    };

    public static readonly Option<bool> Unverified = new("--unverified")
    {
        Description = "Make the pak although the host that the appliance pulls from cannot be reached from here, so that nothing is proven.",
    };

    public static readonly Option<string?> Sign = new("--sign")
    {
        Description = "Sign the image with this key, an ECDSA P-256 private key in PEM form, so that 'cosign verify --key' finds the signature. "
            + "The password of an encrypted one is taken from MP_BUILD_SIGNING_PASSWORD or COSIGN_PASSWORD.",
        HelpName = "KEY",
    };

    public static readonly Option<bool> NoAttach = new("--no-attach")
    {
        Description = "Do not store the pak in the registry, beside its image.",
    };

    public static readonly Option<string> Output = new("--output")
    {
        Description = "Form of the result on standard output.",
        HelpName = "text|json",
        DefaultValueFactory = _ => "text",
    };

    private const int ManyTimes = 100;

    /// <summary>A flag that is given again replaces what was given before, as scripts that add flags to a command line expect.</summary>
    static Options()
    {
        foreach (var option in new[] { Project, Repository, PushRepository, Username, Password, Image, Sign })
        {
            option.Arity = new ArgumentArity(option.Arity.MinimumNumberOfValues, ManyTimes);
            option.CustomParser = result => result.Tokens is [.., var last] ? last.Value : null;
        }

        Output.AcceptOnlyFromAmong("text", PackDocument.Format);
        Platform.Arity = new ArgumentArity(1, ManyTimes);
        Port.Arity = new ArgumentArity(1, ManyTimes);
        Port.CustomParser = ParsePort;
    }

    private static int? ParsePort(ArgumentResult result)
    {
        if (int.TryParse(result.Tokens[^1].Value, out var port) && port is >= 0 and <= ushort.MaxValue)
            return port;
        result.AddError($"--port takes a number from 0 to {ushort.MaxValue}, not '{result.Tokens[^1].Value}'.");
        return null;
    }

    private static Platform? ParsePlatform(ArgumentResult result)
    {
        if (result.Tokens[^1].Value.Split('/') is [{ Length: > 0 } os, { Length: > 0 } architecture, .. { Length: <= 1 } variant])
            return new Platform(os, architecture, variant is [var one] ? one : null);
        result.AddError($"--platform takes OS/ARCH, such as {Oci.Platform.CloudProxy}, not '{result.Tokens[^1].Value}'.");
        return null;
    }

    private static RegistryHost[] ParseHosts(ArgumentResult result)
    {
        var hosts = new List<RegistryHost>();
        foreach (var token in result.Tokens)
        {
            if (RegistryHost.TryParse(token.Value, out var host))
                hosts.Add(host);
            else
                result.AddError($"--insecure-registry takes a host or host:port without scheme and path, not '{token.Value}'.");
        }

        return [.. hosts];
    }
}
