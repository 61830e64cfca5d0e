using System.CommandLine;
using Berth.Server.Configuration;

namespace Berth.Server.Commands;

/// <summary>The options that say where the settings and the data are, the same for every command.</summary>
internal sealed class SettingOptions
{
    private readonly Option<string?> _data = new("--data") { Description = $"Directory that holds everything the registry knows [default: {ServerOptions.DefaultData}]", HelpName = "DIR" };

    private readonly Option<string?> _config = new("--config") { Description = "JSON file with settings; the environment and flags win over it", HelpName = "FILE" };

    public void AddTo(Command command)
    {
        command.Add(_data);
        command.Add(_config);
    }

    /// <exception cref="ConfigurationException">A setting cannot be used.</exception>
    public ServerOptions Read(ParseResult parsed, IEnumerable<KeyValuePair<string, string?>> flags) =>
        ServerOptionsReader.Read(SettingSources.Open(parsed.GetValue(_config), flags.Append(new(SettingKeys.Data, parsed.GetValue(_data)))));
}
