using Berth.Oci;
using Berth.Oci.Client;
using Berth.Packaging.Build;
using Spectre.Console;

namespace Berth.MpBuild.Terminal;

/// <summary>Asks at the terminal. What is typed as a password is not shown and not kept.</summary>
/// <param name="cancellationToken">Ends a question that nobody answers: Ctrl-C.</param>
internal sealed class TerminalQuestions(IAnsiConsole console, CancellationToken cancellationToken) : IPackQuestions
{
    private const string Other = "another directory";

    public string? Project(IReadOnlyList<string> known)
    {
        var chosen = known.Count == 0 ? Other : Ask(new SelectionPrompt<string>()
            .Title("Which project?").UseConverter(Markup.Escape).AddChoices([.. known, Other]));
        return chosen == Other ? Ask(new TextPrompt<string>("The project's directory:")) : chosen;
    }

    public string? Repository(string? suggestion, Func<string, string?> problemOf)
    {
        var prompt = new TextPrompt<string>("Repository that the appliance pulls the image from, as HOST/PATH:")
            .Validate(text => problemOf(text) is { } problem ? ValidationResult.Error($"[red]{Markup.Escape(problem)}[/]") : ValidationResult.Success());
        return Ask(suggestion is null ? prompt : prompt.DefaultValue(suggestion));
    }

    public Credential? Login(RegistryHost registry, string problem)
    {
        console.MarkupInterpolated($"[yellow]{problem}[/]\n");
        var user = Ask(new TextPrompt<string>($"User at {Markup.Escape(registry.ToString())}, or nothing to give up:").AllowEmpty());
        return user.Length == 0 ? null : new Credential(user, Ask(new TextPrompt<string>("Password:").Secret(mask: null)));
    }

    public bool CorrectKind(string named, string described) => Ask(new ConfirmationPrompt(Markup.Escape(
        $"manifest.txt names the adapter kind '{named}', and the adapter calls itself '{described}'. Change manifest.txt?")));

    private T Ask<T>(IPrompt<T> prompt) => prompt.ShowAsync(console, cancellationToken).GetAwaiter().GetResult();
}
