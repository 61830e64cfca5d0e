using System.CommandLine;
using System.CommandLine.Parsing;
using Berth.Oci;
using Berth.Packaging;
using Berth.Packaging.Retarget;

namespace Berth.MpBuild;

/// <summary>The same pak, pulling from another registry, without a build.</summary>
internal static class RetargetCommand
{
    private static readonly Argument<string> Pak = new("PAK") { Description = "The pak. It stays as it is." };

    private static readonly Option<string?> Registry = new("--registry")
    {
        Description = "Registry that the appliance is to pull from: a host or host:port.", HelpName = "HOST",
    };

    private static readonly Option<bool> DefaultRegistry = new("--default-registry")
    {
        Description = "Name no registry in the pak: the appliance takes the one that its administrator has set.",
    };

    private static readonly Option<string?> Repository = new("--repository")
    {
        Description = "Path of the image in that registry. Without it: as the pak has it.", HelpName = "PATH",
    };

    private static readonly Option<string?> OutputFile = new("--output-file")
    {
        Description = "The new pak. Without it: beside the other, with the registry in its name.", HelpName = "FILE",
    };

    private static readonly Option<bool> Force = new("--force") { Description = "Replace a file that is there." };

    private static readonly Option<bool> Unverified = new("--unverified")
    {
        Description = "Make the pak although it cannot be proven from here that the image can be pulled there.",
    };

    public static Command Create()
    {
        var command = new Command("retarget", $"""
            Makes of a pak the same one that pulls its image from another registry, by the same digest: nothing is built, and of all its content only
            the name of the place changes. First it is proven that the image can be pulled there without a login.

            The path of the new pak and the reference that the appliance pulls go to standard output.

            {ExitCodeHelp}
            """)
        {
            Pak, Registry, DefaultRegistry, Repository, OutputFile, Force, Unverified, Options.InsecureRegistries, Options.Output,
        };
        command.Validators.Add(Check);
        command.SetAction(RunAsync);
        return command;
    }

    private const string ExitCodeHelp = """
        Exit codes:
          0    the new pak is written
          1    unexpected error
          2    usage: the command line, or a file that is there already
          3    the file is no pak, or a damaged one
          4    the new pak cannot be written
          6    an appliance could not pull the image there
          130  interrupted
        """;

    private static void Check(CommandResult result)
    {
        var registry = result.GetValue(Registry);
        if (result.GetValue(DefaultRegistry) == registry is not null)
            result.AddError("Give either --registry HOST or --default-registry.");
        else if (registry is not null && !RegistryHost.TryParse(registry, out _))
            result.AddError($"--registry takes a host or host:port without scheme and path (that is --repository), not '{Quote.Short(registry)}'.");
        if (result.GetValue(Repository) is { } path && !RepositoryName.TryParse(path.TrimStart('/'), out _))
            result.AddError($"--repository takes a path like team/adapter, in lower case and without a tag, not '{Quote.Short(path)}'.");
    }

    private static async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        try
        {
            var result = await new PakRetarget(Read(parsed), TimeProvider.System).RunAsync(cancellationToken);
            if (result.Note is not null)
                Console.Error.WriteLine($"note: {result.Note}");
            Write(result, parsed.GetValue(Options.Output) == PackDocument.Format);
            return ExitCodes.Success;
        }
        catch (PackException e)
        {
            Console.Error.WriteLine($"{CommandLine.Name}: {e.Message}");
            return ExitCodes.Of(e.Failure);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            Console.Error.WriteLine($"{CommandLine.Name}: interrupted");
            return ExitCodes.Interrupted;
        }
        catch (Exception e)
        {
            Console.Error.WriteLine($"{CommandLine.Name}: unexpected error: {e.GetType().Name}: {e.Message}");
            return ExitCodes.Unexpected;
        }
    }

    private static RetargetOptions Read(ParseResult parsed) => new(
        parsed.GetValue(Pak)!, parsed.GetValue(Registry) is { } host ? RegistryHost.Parse(host) : null)
    {
        Repository = parsed.GetValue(Repository) is { } path ? RepositoryName.Parse(path.TrimStart('/')) : null,
        OutputFile = parsed.GetValue(OutputFile),
        Force = parsed.GetValue(Force),
        Unverified = parsed.GetValue(Unverified),
        InsecureHosts = parsed.GetValue(Options.InsecureRegistries) ?? [],
    };

    private static void Write(RetargetResult result, bool asJson)
    {
        if (asJson)
        {
            Console.Out.WriteLine(RetargetDocument.Of(result).ToJson());
            return;
        }

        Console.Out.WriteLine(result.Pak);
        if (result.PullReference is not null)
            Console.Out.WriteLine(result.PullReference);
    }
}
