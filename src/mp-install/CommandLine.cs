using System.CommandLine;
using System.CommandLine.Parsing;
using Berth.Oci;
using Berth.Packaging.Install;

namespace Berth.MpInstall;

internal static class CommandLine
{
    public const string Name = "mp-install";

    private const string Json = "json";
    private const string Text = "text";

    private static readonly Argument<string> Pak = new("PAK") { Description = "The .pak file." };

    private static readonly Option<string?> Connection = new("--connection")
    {
        Description = "JSON file with the connection to use: an AdapterConfig, or a project's connections.json. "
            + "Without it the adapter gets an empty one.",
        HelpName = "FILE",
    };

    private static readonly Option<string?> ConnectionName = new("--connection-name")
    {
        Description = "Which connection of a connections.json to use, instead of the first.",
        HelpName = "NAME",
    };

    private static readonly Option<bool> Keep = new("--keep") { Description = "Leave the container running and say its name." };

    private static readonly Option<RegistryHost?> DefaultRegistry = new("--default-registry")
    {
        Description = "Registry to pull from when the pak names none.",
        HelpName = "HOST",
        CustomParser = ParseHost,
    };

    private static readonly Option<string> Output = new("--output")
    {
        Description = "Form of the result on standard output.",
        HelpName = "text|json",
        DefaultValueFactory = _ => Text,
    };

    public static RootCommand Create()
    {
        Output.AcceptOnlyFromAmong(Text, Json);
        var root = new RootCommand($"""
            Does with a management pack what a Cloud Proxy does: reads which image it needs, finds it or pulls it without
            credentials, runs it, and asks it for a test, its endpoints and a collection. Removes the container afterwards.

            The container engine is the one that DOCKER_HOST names, else /var/run/docker.sock.

            {ExitCodes.Help}
            """)
        {
            Pak, Connection, ConnectionName, Keep, DefaultRegistry, Output,
        };
        root.Validators.Add(result =>
        {
            if (result.GetValue(ConnectionName) is not null && result.GetValue(Connection) is null)
                result.AddError("--connection-name needs --connection.");
        });
        root.SetAction((parsed, cancellationToken) =>
            new InstallCommand(Options(parsed), parsed.GetValue(Output) == Json).RunAsync(cancellationToken));
        return root;
    }

    private static InstallOptions Options(ParseResult parsed) => new(parsed.GetRequiredValue(Pak))
    {
        ConnectionFile = parsed.GetValue(Connection),
        ConnectionName = parsed.GetValue(ConnectionName),
        Keep = parsed.GetValue(Keep),
        DefaultRegistry = parsed.GetValue(DefaultRegistry),
    };

    private static RegistryHost? ParseHost(ArgumentResult result)
    {
        var text = result.Tokens[0].Value;
        if (RegistryHost.TryParse(text, out var host))
            return host;
        result.AddError($"--default-registry takes a host or host:port without scheme and path, not '{text}'.");
        return null;
    }
}
