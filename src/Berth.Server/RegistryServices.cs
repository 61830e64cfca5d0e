using Berth.Registry.Access;
using Berth.Registry.Blobs;
using Berth.Registry.Manifests;
using Berth.Registry.Tags;
using Berth.Registry.Uploads;
using Berth.Server.Api;
using Berth.Server.Auth;
using Berth.Server.Collection;
using Berth.Server.Configuration;
using Berth.Server.Diagnostics;
using Berth.Server.Storage;
using Berth.Server.Upkeep;

namespace Berth.Server;

/// <summary>What lives as long as the server, and how requests find their way to it.</summary>
internal sealed class RegistryServices : IDisposable
{
    private const string SigningKeySetting = "token-signing-key";

    private readonly SingleNodeStores _stores;
    private readonly PasswordHasher _hasher;
    private readonly SigningKey _key;
    private readonly BlobLease _lease;
    private IDisposable? _metricsReader;

    private RegistryServices(
        SingleNodeStores stores, PasswordHasher hasher, SigningKey key, string? generatedPassword, ServerOptions options, TimeProvider time)
    {
        _stores = stores;
        _hasher = hasher;
        _key = key;
        GeneratedPassword = generatedPassword;
        _lease = new BlobLease(options.Collection.Grace, time);
        Uploads = new BlobUploads(stores.Blobs, stores.Metadata, _lease, time);
        Pulls = new ManifestPulls(stores.Metadata, time);
        Collection = new StoreCollection(stores, options.Collection, time);
        Metrics = new RegistryMetrics(new StoreGauges(stores));
    }

    public string? GeneratedPassword { get; }

    public BlobUploads Uploads { get; }

    public RegistryMetrics Metrics { get; }

    public ManifestPulls Pulls { get; }

    public StoreCollection Collection { get; }

    public static async Task<RegistryServices> OpenAsync(
        ServerOptions options, string? adminPassword, TimeProvider time, CancellationToken cancellationToken)
    {
        var stores = await SingleNodeStores.OpenForServingAsync(options.Data, time, cancellationToken);
        var hasher = new PasswordHasher(options.PasswordCost);
        try
        {
            var key = SigningKey.Import(await stores.Settings.GetOrAddSettingAsync(SigningKeySetting, SigningKey.NewText, cancellationToken));
            var generated = await FirstAdministrator.EnsureAsync(stores.Accounts, hasher, adminPassword, time.GetUtcNow(), cancellationToken);
            return new RegistryServices(stores, hasher, key, generated, options, time);
        }
        catch
        {
            hasher.Dispose();
            stores.Dispose();
            throw;
        }
    }

    /// <summary>Log line around error body around the answer: a failure is answered before it is logged as ended.</summary>
    public void Map(WebApplication web, ServerOptions options, TimeProvider time)
    {
        var log = web.Services.GetRequiredService<ILoggerFactory>().CreateLogger("Berth");
        var accessLog = new AccessLog(log, time);
        var errors = new ErrorAnswers(log);
        PublicAddress.Map(web, options);
        web.Use(next => http => Metrics.RunAsync(http, next));
        web.Use(next => http => accessLog.RunAsync(http, next));
        web.Use(next => http => errors.RunAsync(http, next));
        web.UseRouting();

        var policy = new AccessPolicy(options.PrivateRepositories);
        var logins = new Logins(_stores.Accounts, _hasher, time, log);
        web.Map("/v2/{**path}", Api(options, policy, logins, time, log).AnswerAsync);
        web.Map("/token", new TokenEndpoint(policy, logins, new TokenIssuer(_key, options.TokenLifetime, time)).AnswerAsync);
        web.Map("/healthz", new HealthEndpoint(_stores.Metadata, _stores.Blobs, log).AnswerAsync);
        _metricsReader = MetricsEndpoint.Map(web, Metrics.Meter);
        web.Map("/{**path}", _ => throw new Oci.OciException(Oci.OciError.NotFound));
        web.Lifetime.ApplicationStopping.Register(() => log.Stopping(options.ShutdownTimeout.TotalSeconds));
    }

    public ScrubRun Scrub(ServerOptions options, TimeProvider time, ILogger log) => new(
        _stores,
        options.Scrub.Peers,
        options.Collection.Trash,
        finding =>
        {
            log.Tell(finding);
            Metrics.Found(finding);
        },
        time,
        Metrics.Scrubbed);

    public void Dispose()
    {
        _metricsReader?.Dispose();
        Metrics.Dispose();
        _key.Dispose();
        _hasher.Dispose();
        _stores.Dispose();
    }

    private RegistryApi Api(ServerOptions options, AccessPolicy policy, Logins logins, TimeProvider time, ILogger log)
    {
        var (content, metadata) = (_stores.Blobs, _stores.Metadata);
        var challenge = new Challenge(options.Url);
        var gate = new AccessGate(policy, logins, challenge);
        var blobs = new RepositoryBlobs(content, metadata, _lease);
        return new RegistryApi(
            new Authenticator(logins, new TokenVerifier(_key, time), challenge),
            gate,
            new BlobEndpoints(blobs, gate, options.Scrub.VerifyWhileServing ? new VerifiedBody(Scrub(options, time, log), log) : null),
            new UploadEndpoints(Uploads, blobs, gate, time),
            new ManifestEndpoints(new RepositoryManifests(metadata, options.SparseManifests, time), Pulls, options.Collection, time, log),
            new ReferrerEndpoint(new ManifestReferrers(metadata)),
            new ListEndpoints(new RepositoryLists(metadata), gate));
    }
}
