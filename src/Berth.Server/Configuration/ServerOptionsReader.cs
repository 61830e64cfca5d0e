using Berth.Registry.Access;

namespace Berth.Server.Configuration;

/// <summary>Makes checked options out of settings.</summary>
internal static class ServerOptionsReader
{
    /// <exception cref="ConfigurationException">A value cannot be used.</exception>
    public static ServerOptions Read(SettingSources settings)
    {
        var tls = Tls(settings);
        var listen = settings.FindList(SettingKeys.Listen);
        if (listen.Count == 0)
            listen = [tls is null ? ListenUrl.DefaultHttp : ListenUrl.DefaultHttps];
        var options = new ServerOptions
        {
            Data = settings.Find(SettingKeys.Data) ?? ServerOptions.DefaultData,
            Listen = [.. listen.Select(ListenUrl.Parse)],
            Url = Url(settings.Find(SettingKeys.Url)),
            Tls = tls,
            TrustedProxies = [.. settings.FindList(SettingKeys.TrustedProxies).Select(ProxyNetwork.Parse)],
            ShutdownTimeout = settings.Seconds(SettingKeys.ShutdownSeconds, 0, 3600, 30),
            PrivateRepositories = [.. settings.FindList(SettingKeys.PrivateRepositories).Select(Prefix)],
            TokenLifetime = settings.Seconds(SettingKeys.TokenSeconds, 60, 3600, 300),
            UploadLifetime = TimeSpan.FromHours(settings.Number(SettingKeys.UploadHours, "hours", 1, 24 * 366, 24 * 7)),
            SparseManifests = SparseSetting.Parse(settings.Find(SettingKeys.SparseManifests)),
            Collection = UpkeepOptionsReader.Collection(settings),
            Scrub = UpkeepOptionsReader.Scrub(settings),
            BackupOverdue = TimeSpan.FromHours(settings.Number(SettingKeys.BackupOverdueHours, "hours", 1, 24 * 366, 24 * 7)),
            LogFormat = Format(settings.Find(SettingKeys.LogFormat)),
            LogLevel = Level(settings.Find(SettingKeys.LogLevel)),
        };
        if (options.Listen.Any(url => url.IsTls) != tls is not null)
        {
            throw new ConfigurationException(tls is null
                ? "https:// needs a certificate: give --tls-cert and --tls-key"
                : "a certificate is given, but no address to listen on starts with https://");
        }

        return options;
    }

    private static RepositoryPrefix Prefix(string text) => RepositoryPrefix.TryParse(text, out var prefix)
        ? prefix
        : throw new ConfigurationException($"'{text}' is no beginning of repository names: write a name such as 'team' or 'team/secret', or '*' for all");

    private static TlsFiles? Tls(SettingSources settings) =>
        (settings.Find(SettingKeys.TlsCertificate), settings.Find(SettingKeys.TlsKey)) switch
        {
            (null, null) => null,
            ({ } certificate, { } key) => new TlsFiles(certificate, key),
            _ => throw new ConfigurationException("--tls-cert and --tls-key belong together: give both or neither"),
        };

    private static Uri? Url(string? text)
    {
        if (text is null)
            return null;
        if (!Uri.TryCreate(text, UriKind.Absolute, out var url) || url.Scheme is not ("http" or "https")
            || url is not { Query: "", Fragment: "", UserInfo: "" })
            throw new ConfigurationException($"the public URL '{text}' is not one: write https://HOST[:PORT], with a path when a proxy serves it under one");
        return url.AbsolutePath == "/v2" || url.AbsolutePath.StartsWith("/v2/", StringComparison.Ordinal)
            ? throw new ConfigurationException($"the public URL '{text}' ends where the protocol begins: leave /v2 out")
            : url;
    }

    private static LogFormat Format(string? text) => text switch
    {
        null or "line" => LogFormat.Line,
        "json" => LogFormat.Json,
        _ => throw new ConfigurationException($"the log format is '{text}'; line or json is expected"),
    };

    private static LogLevel Level(string? text) => text?.ToLowerInvariant() switch
    {
        "debug" => LogLevel.Debug,
        null or "information" => LogLevel.Information,
        "warning" => LogLevel.Warning,
        "error" => LogLevel.Error,
        _ => throw new ConfigurationException($"the log level is '{text}'; debug, information, warning or error is expected"),
    };
}
