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

    private static readonly Argument<string?> Pak = new("PAK")
    {
        Description = "The .pak file.",
        Arity = ArgumentArity.ZeroOrOne, // what follows a subcommand is the subcommand's
    };

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

    private static readonly Option<int> Collections = new("--collections")
    {
        Description = "How often to collect; 0 = until Ctrl-C.",
        HelpName = "N",
        DefaultValueFactory = _ => 1,
    };

    private static readonly Option<bool> Follow = new("--follow") { Description = "Collect until Ctrl-C, as the platform does; the same as --collections 0." };

    private static readonly Option<int> Interval = new("--interval")
    {
        Description = "Seconds from one collection to the next.",
        HelpName = "SECONDS",
        DefaultValueFactory = _ => (int)InstallOptions.UsualInterval.TotalSeconds,
    };

    private static readonly Option<string?> Logs = new("--logs")
    {
        Description = "Directory that becomes the adapter's /var/log; without it, one that is removed afterwards.",
        HelpName = "DIR",
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
        Collections.Validators.Add(result => Require(result, number => number >= 0, "--collections takes a number from 0 on."));
        Interval.Validators.Add(result => Require(result, seconds => seconds is >= 1 and <= 86_400, "--interval takes seconds from 1 to 86400."));
        var root = new RootCommand($"""
            Does with a management pack what a Cloud Proxy does: reads which image it needs, finds it or pulls it without
            credentials, runs it for a test and its endpoints, and runs it again to collect. Removes the containers afterwards.

            The container engine is the one that DOCKER_HOST names, else /var/run/docker.sock.

            {ExitCodes.Help}
            """)
        {
            Pak, Connection, ConnectionName, Collections, Follow, Interval, Logs, Keep, DefaultRegistry, Output,
        };
        foreach (var command in new[] { InspectCommandLine.Create(), DoctorCommandLine.Create(), VerifyCommandLine.Create(), PreloadCommandLine.Create() })
            root.Subcommands.Add(command);
        root.Validators.Add(result =>
        {
            if (result.GetValue(ConnectionName) is not null && result.GetValue(Connection) is null)
                result.AddError("--connection-name needs --connection.");
        });
        root.SetAction((parsed, cancellationToken) => parsed.GetValue(Pak) is { } pak
            ? new InstallCommand(Options(parsed, pak), parsed.GetValue(Output) == Json).RunAsync(cancellationToken)
            : Task.FromResult(NoPak()));
        return root;
    }

    private static int NoPak()
    {
        Console.Error.WriteLine($"{Name}: Which PAK? {Name} --help shows the usage.");
        return ExitCodes.Usage;
    }

    private static InstallOptions Options(ParseResult parsed, string pak) => new(pak)
    {
        ConnectionFile = parsed.GetValue(Connection),
        ConnectionName = parsed.GetValue(ConnectionName),
        Keep = parsed.GetValue(Keep),
        DefaultRegistry = parsed.GetValue(DefaultRegistry),
        Collections = parsed.GetValue(Follow) ? 0 : parsed.GetValue(Collections),
        Interval = TimeSpan.FromSeconds(parsed.GetValue(Interval)),
        LogDirectory = parsed.GetValue(Logs),
    };

    private static void Require(OptionResult result, Func<int, bool> isGood, string error)
    {
        if (!result.Implicit && !isGood(result.GetValueOrDefault<int>()))
            result.AddError(error);
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
