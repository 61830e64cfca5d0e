using Berth.Packaging.Init;
using Spectre.Console;

namespace Berth.MpBuild.Terminal;

/// <summary>Asks at the terminal on standard error; without one nobody is there.</summary>
internal sealed class InitQuestions : IInitQuestions
{
    private readonly IAnsiConsole? _console;

    private InitQuestions(IAnsiConsole? console) => _console = console;

    public static InitQuestions Open(bool mayAsk) => new(mayAsk && !Console.IsInputRedirected && !Console.IsErrorRedirected
        ? AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(Console.Error), Interactive = InteractionSupport.Yes })
        : null);

    public string? Ask(string question, string? suggestion, Func<string, string?> problemOf)
    {
        var prompt = new TextPrompt<string>($"{Markup.Escape(question)}:")
            .Validate(text => problemOf(text) is { } problem
                ? ValidationResult.Error($"[red]{Markup.Escape(problem)}[/]")
                : ValidationResult.Success());
        if (suggestion is { Length: > 0 })
            prompt.DefaultValue(suggestion);
        else if (suggestion is not null)
            prompt.AllowEmpty();
        return _console?.Prompt(prompt);
    }
}
