using System.CommandLine;
using Berth.MpBuild.Terminal;
using Berth.Packaging;
using Berth.Packaging.Build;

namespace Berth.MpBuild;

/// <summary>One build: stages and talk to standard error, the result to standard output.</summary>
internal static class BuildCommand
{
    private const int MostProblems = 50;

    public static async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        var (screen, questions, level) = Open(parsed, cancellationToken);
        string? project;
        try
        {
            project = ProjectChoice.Find(parsed.GetValue(Options.Project), CommandLine.Home, questions, screen.Note);
        }
        catch (OperationCanceledException)
        {
            return ExitCodes.Interrupted;
        }

        using var observer = BuildLog.Open(string.IsNullOrEmpty(project) ? "." : project, screen, TimeProvider.System, level ?? LogLevel.Debug);
        var (code, problems, result) = await BuildAsync(parsed, project, questions, observer, cancellationToken);
        observer.Failed(problems);
        screen.Summarize();
        if (result is not null)
            Write(result, parsed.GetValue(Options.Output) == PackDocument.Format);
        Tell(problems, screen);
        return code;
    }

    private static (IConsoleObserver Screen, IPackQuestions Questions, LogLevel? Level) Open(ParseResult parsed, CancellationToken cancellationToken)
    {
        var named = Environment.GetEnvironmentVariable(LogLevels.Variable);
        var level = string.IsNullOrWhiteSpace(named) ? null : LogLevels.Parse(named);
        var (screen, questions) = Screen.Open(!parsed.GetValue(Options.NoTerminal), level ?? LogLevel.Info, cancellationToken);
        if (level is null && !string.IsNullOrWhiteSpace(named))
            screen.Note($"{LogLevels.Variable} is none of {LogLevels.Names}; it is passed over");
        return (screen, questions, level);
    }

    private static async Task<(int Code, IReadOnlyList<string> Problems, PackResult? Result)> BuildAsync(
        ParseResult parsed, string? project, IPackQuestions questions, BuildLog observer, CancellationToken cancellationToken)
    {
        try
        {
            if (parsed.GetValue(Options.Password) is not null)
                observer.Note("others can read the password in the process list and in the shell's history; use --password-stdin");
            var options = CommandLine.Read(parsed) with { Project = project };
            var result = await new PackBuilder(options, questions, observer, TimeProvider.System).RunAsync(cancellationToken);
            return (ExitCodes.Success, [], result);
        }
        catch (PackException e)
        {
            return (ExitCodes.Of(e.Failure), e.Problems, null);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            return (ExitCodes.Interrupted, ["interrupted"], null);
        }
        catch (Exception e)
        {
            return (ExitCodes.Unexpected, [$"unexpected error: {e.GetType().Name}: {e.Message}"], null);
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

    private static void Tell(IReadOnlyList<string> problems, IConsoleObserver screen)
    {
        foreach (var problem in problems.Take(MostProblems))
            screen.Problem(problem);
        if (problems.Count > MostProblems)
            screen.Problem($"and {problems.Count - MostProblems} more; all of them are in logs/{BuildLog.FileName}");
    }
}
