using System.CommandLine;
using Berth.Server.Configuration;

namespace Berth.Server.Commands;

/// <summary>The flags of <c>berth serve</c>, each a setting.</summary>
internal sealed class ServeFlags
{
    private readonly Option<string[]> _listen = new("--listen")
    {
        Description = $"Address to listen on, may be given several times; port 0 takes a free one [default: {ListenUrl.DefaultHttp}]", HelpName = "URL",
    };

    private readonly Option<string?> _url = new("--url") { Description = "Address that clients know this registry by, when it is behind a proxy", HelpName = "URL" };

    private readonly Option<string[]> _proxies = new("--trusted-proxy")
    {
        Description = "Proxy whose X-Forwarded-* headers are believed, an address or network; may be given several times", HelpName = "ADDRESS",
    };

    private readonly Option<string?> _certificate = new("--tls-cert") { Description = "Certificate and its chain, PEM", HelpName = "FILE" };

    private readonly Option<string?> _key = new("--tls-key") { Description = "The certificate's private key, PEM", HelpName = "FILE" };

    private readonly Option<string[]> _private = new("--private")
    {
        Description = "Beginning of the names of repositories that only who is logged in may pull from; * for all; may be given several times",
        HelpName = "NAME",
    };

    private readonly Option<string?> _logFormat = new("--log-format") { Description = "line or json [default: line]", HelpName = "FORMAT" };

    private readonly Option<string?> _logLevel = new("--log-level")
    {
        Description = "debug, information, warning or error [default: information]", HelpName = "LEVEL",
    };

    private readonly Option<string?> _shutdown = new("--shutdown-seconds")
    {
        Description = "Time that requests under way get to finish when the server is told to stop [default: 30]", HelpName = "N",
    };

    public void AddTo(Command command)
    {
        foreach (var option in new Option[] { _listen, _url, _proxies, _certificate, _key, _private, _logFormat, _logLevel, _shutdown })
            command.Add(option);
    }

    public IEnumerable<KeyValuePair<string, string?>> Read(ParseResult parsed) =>
    [
        .. List(SettingKeys.Listen, parsed.GetValue(_listen)),
        .. List(SettingKeys.TrustedProxies, parsed.GetValue(_proxies)),
        .. List(SettingKeys.PrivateRepositories, parsed.GetValue(_private)),
        new(SettingKeys.Url, parsed.GetValue(_url)),
        new(SettingKeys.TlsCertificate, parsed.GetValue(_certificate)),
        new(SettingKeys.TlsKey, parsed.GetValue(_key)),
        new(SettingKeys.LogFormat, parsed.GetValue(_logFormat)),
        new(SettingKeys.LogLevel, parsed.GetValue(_logLevel)),
        new(SettingKeys.ShutdownSeconds, parsed.GetValue(_shutdown)),
    ];
    private static IEnumerable<KeyValuePair<string, string?>> List(string key, string[]? values) =>
        (values ?? []).Select((value, index) => new KeyValuePair<string, string?>($"{key}:{index}", value));
}
