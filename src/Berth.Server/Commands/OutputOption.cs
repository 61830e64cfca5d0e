using System.CommandLine;

namespace Berth.Server.Commands;

/// <summary>The form of a listing: for a person, or for a program.</summary>
internal sealed class OutputOption
{
    private const string Json = "json";

    private readonly Option<string> _option = new("--output") { Description = "text or json", DefaultValueFactory = _ => "text" };

    public OutputOption() => _option.AcceptOnlyFromAmong("text", Json);

    public void AddTo(Command command) => command.Add(_option);

    public bool IsJson(ParseResult parsed) => parsed.GetValue(_option) is Json;
}
