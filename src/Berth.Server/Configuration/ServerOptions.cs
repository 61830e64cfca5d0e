using System.Net;
using Berth.Registry.Access;
using Berth.Registry.Collection;
using Berth.Registry.Manifests;
using Berth.Server.Auth;

namespace Berth.Server.Configuration;

/// <summary>Every setting of a server, checked.</summary>
internal sealed record ServerOptions
{
    public const string DefaultData = "./berth-data";

    public string Data { get; init; } = DefaultData;

    public IReadOnlyList<ListenUrl> Listen { get; init; } = [ListenUrl.Parse(ListenUrl.DefaultHttp)];

    /// <summary>The address that clients know this registry by; null when it is the one that each of them asks for.</summary>
    public Uri? Url { get; init; }

    public TlsFiles? Tls { get; init; }

    /// <summary>How long requests under way may take to finish when the server is told to stop.</summary>
    public TimeSpan ShutdownTimeout { get; init; } = TimeSpan.FromSeconds(30);

    public TimeSpan TokenLifetime { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>How long an upload session is kept that nobody writes to.</summary>
    public TimeSpan UploadLifetime { get; init; } = TimeSpan.FromDays(7);

    /// <summary>Repositories that only who is logged in may pull from.</summary>
    public IReadOnlyList<RepositoryPrefix> PrivateRepositories { get; init; } = [];

    public SparseManifests SparseManifests { get; init; } = SparseManifests.Accepted;

    public CollectionOptions Collection { get; init; } = new();

    public ScrubOptions Scrub { get; init; } = new();

    /// <summary>How old the last backup may be before doctor says so.</summary>
    public TimeSpan BackupOverdue { get; init; } = TimeSpan.FromDays(7);

    /// <summary>Proxies in front of this server whose X-Forwarded-* headers are believed; from anybody else they mean nothing.</summary>
    public IReadOnlyList<IPNetwork> TrustedProxies { get; init; } = [];

    public LogFormat LogFormat { get; init; }

    public LogLevel LogLevel { get; init; } = LogLevel.Information;

    /// <summary>The bcrypt cost of new passwords. Not a setting: tests lower it, nobody else should.</summary>
    public int PasswordCost { get; init; } = PasswordHasher.DefaultCost;
}

/// <summary>PEM files; the certificate's may hold its chain.</summary>
internal sealed record TlsFiles(string Certificate, string Key);

internal enum LogFormat
{
    Line,
    Json,
}
