using System.CommandLine;
using Berth.MpBuild.Terminal;
using Berth.Packaging;
using Berth.Packaging.Init;

namespace Berth.MpBuild;

/// <summary>Makes a new project; its directory goes to standard output, what to do next to standard error.</summary>
internal static class InitCommand
{
    public const string TemplatePrefix = "template/";

    private static readonly Argument<string> Target = new("DIR")
    {
        Description = "The project's directory. It must not be there yet, or be empty. Without it: the current one.",
        DefaultValueFactory = _ => ".",
    };

    private static readonly Option<string?> Name = Text("--name", "NAME", "Name that the platform shows.");

    private static readonly Option<string?> Key = Text(
        "--key", "KEY", "Key of the adapter: letters, digits and '_'. Without it: the name without anything else.");

    private static readonly Option<string?> Description = Text("--description", "TEXT", "What the management pack does, in one line.");

    private static readonly Option<string?> Vendor = Text("--vendor", "NAME", "Who makes it.");

    private static readonly Option<string?> Eula = Text("--eula", "FILE", "Licence text. Without it: a sentence that there is none.");

    private static readonly Option<string?> Icon = Text("--icon", "FILE", "Icon, a PNG of 256x256. Without it: one to begin with.");

    private static readonly Option<string?> Repository = Text(
        "--repository", "HOST/PATH", "Repository that the appliance will pull the image from, for config.json. Without it: each build names it.");

    private static readonly Option<bool> Git = new("--git") { Description = "Make a git repository of it, with one commit." };

    private static readonly Option<bool> NoTerminal = new("--no-ttl") { Description = "Ask nothing: an answer that is missing is an error." };

    public static Command Create()
    {
        var command = new Command("init", """
            Makes a new project: a management pack with an adapter in C# that works as it is and is meant to be changed. What is not said with a flag
            is asked for at a terminal.
            """)
        {
            Target, Name, Key, Description, Vendor, Eula, Icon, Repository, Git, NoTerminal,
        };
        command.SetAction(RunAsync);
        return command;
    }

    private static async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        try
        {
            var questions = InitQuestions.Open(mayAsk: !parsed.GetValue(NoTerminal));
            var template = ProjectTemplate.FromResources(typeof(InitCommand).Assembly, TemplatePrefix);
            Console.Out.WriteLine(await new ProjectInit(template, questions).RunAsync(Read(parsed), cancellationToken));
            Console.Error.WriteLine("next: README.md in it has the three commands that compile the adapter, build the pak and try it");
            return ExitCodes.Success;
        }
        catch (PackException e)
        {
            foreach (var problem in e.Problems)
                Console.Error.WriteLine($"{CommandLine.Name}: {problem}");
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

    private static InitOptions Read(ParseResult parsed) => new()
    {
        Directory = parsed.GetValue(Target)!,
        Name = parsed.GetValue(Name),
        Key = parsed.GetValue(Key),
        Description = parsed.GetValue(Description),
        Vendor = parsed.GetValue(Vendor),
        Eula = parsed.GetValue(Eula),
        Icon = parsed.GetValue(Icon),
        Repository = parsed.GetValue(Repository),
        Git = parsed.GetValue(Git),
    };

    private static Option<string?> Text(string flag, string value, string description) => new(flag) { HelpName = value, Description = description };
}
