using System.CommandLine;
using Berth.Packaging;
using Berth.Packaging.Build;

namespace Berth.MpBuild;

/// <summary>One build: stages and talk to standard error, the result to standard output.</summary>
internal static class BuildCommand
{
    private const int MostProblems = 50;

    public static async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        var project = parsed.GetValue(Options.Project) is { Length: > 0 } given ? given : ".";
        using var observer = BuildLog.Open(project, new ConsoleObserver(Console.Error), TimeProvider.System);
        var (code, problems) = await BuildAsync(parsed, observer, cancellationToken);
        observer.Failed(problems);
        Tell(problems);
        return code;
    }

    private static async Task<(int Code, IReadOnlyList<string> Problems)> BuildAsync(
        ParseResult parsed, BuildLog observer, CancellationToken cancellationToken)
    {
        try
        {
            if (parsed.GetValue(Options.Password) is not null)
                observer.Note("others can read the password in the process list and in the shell's history; use --password-stdin");
            var result = await new PackBuilder(CommandLine.Read(parsed), observer, TimeProvider.System).RunAsync(cancellationToken);
            Write(result, parsed.GetValue(Options.Output) == PackDocument.Format);
            return (ExitCodes.Success, []);
        }
        catch (PackException e)
        {
            return (ExitCodes.Of(e.Failure), e.Problems);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            return (ExitCodes.Interrupted, ["interrupted"]);
        }
        catch (Exception e)
        {
            return (ExitCodes.Unexpected, [$"unexpected error: {e.GetType().Name}: {e.Message}"]);
        }
    }

    private static void Write(PackResult result, bool asJson)
    {
        if (asJson)
        {
            Console.Out.WriteLine(PackDocument.Of(result).ToJson());
            return;
        }

        Console.Out.WriteLine(result.Pak);
        Console.Out.WriteLine(result.PullReference);
    }

    private static void Tell(IReadOnlyList<string> problems)
    {
        foreach (var problem in problems.Take(MostProblems))
            Console.Error.WriteLine($"{CommandLine.Name}: {problem}");
        if (problems.Count > MostProblems)
            Console.Error.WriteLine($"{CommandLine.Name}: and {problems.Count - MostProblems} more");
    }
}
