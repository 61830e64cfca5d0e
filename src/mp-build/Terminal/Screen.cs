using Berth.Packaging.Build;
using Spectre.Console;

namespace Berth.MpBuild.Terminal;

/// <summary>Standard error, as a terminal where it is one: standard output belongs to the result.</summary>
internal static class Screen
{
    public static (IConsoleObserver Observer, IPackQuestions Questions) Open(bool mayAsk, LogLevel level, CancellationToken cancellationToken)
    {
        if (Console.IsErrorRedirected || Environment.GetEnvironmentVariable("TERM") is null or "" or "dumb")
            return (new PlainObserver(Console.Error, level), NoQuestions.Instance);
        var asks = mayAsk && !Console.IsInputRedirected;
        var console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Out = new AnsiConsoleOutput(Console.Error),
            Interactive = asks ? InteractionSupport.Yes : InteractionSupport.No,
        });
        // Without spinners where no terminal may be used, as the flag has always been understood.
        return mayAsk
            ? (new TerminalObserver(console, level), asks ? new TerminalQuestions(console, cancellationToken) : NoQuestions.Instance)
            : (new PlainObserver(Console.Error, level), NoQuestions.Instance);
    }
}
