using System.CommandLine;

namespace Berth.Server.Commands;

/// <summary>Whether data is printed for people or for programs.</summary>
internal sealed class OutputOption
{
    private const string Json = "json";

    private readonly Option<string> _option = new("--output") { Description = "text or json", DefaultValueFactory = _ => "text" };

    public OutputOption() => _option.AcceptOnlyFromAmong("text", Json);

    public void AddTo(Command command) => command.Add(_option);

    public bool IsJson(ParseResult parsed) => parsed.GetValue(_option) is Json;
}
