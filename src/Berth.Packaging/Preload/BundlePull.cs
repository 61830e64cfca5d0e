using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Berth.Oci;
using Berth.Packaging.Engine;

namespace Berth.Packaging.Preload;

/// <summary>
/// Has the engine pull from a registry on a loopback address that the name of the pak's registry leads to, and that is trusted under that
/// name, for that time: a pull by digest is the only thing that gives an image its RepoDigest.
/// </summary>
/// <remarks>TLS, since an engine with the containerd image store takes plain HTTP from no name, wherever it leads.</remarks>
internal sealed class BundlePull(
    RegistryHost host, RepositoryName repository, PinnedImage wanted, BundleShelf content, ContainerEngine engine, EngineHost files, TimeProvider time)
{
    private const int Tries = 3;

    /// <summary>Go's resolver, which engines are made with, looks at the hosts file every five seconds.</summary>
    private static readonly TimeSpan ResolverMemory = TimeSpan.FromSeconds(6);

    /// <exception cref="PreloadException">The engine did not get the image.</exception>
    public async Task RunAsync(IPreloadObserver observer, CancellationToken cancellationToken)
    {
        var place = RegistryPlace.Of(host);
        var process = await EngineProcess.FindAsync(engine.Endpoint, cancellationToken);
        if (!engine.Endpoint.IsLocal || process?.SharesNetwork == false)
            throw EngineProcess.IsElsewhere(engine.Endpoint, "network");
        if (place.Address is { } address)
        {
            await using var plain = await StartAsync(place, address, certificate: null, cancellationToken);
            await PullAsync(plain.Server.Requests, isNew: false, observer, cancellationToken);
            return;
        }

        var known = FindAddress(place);
        using var certificate = BundleCertificate.Create(place.Name, time);
        await using var registry = await StartAsync(place, known, certificate, cancellationToken);
        await using var name = await LedName.LeadAsync(host, registry.Address, known is not null, certificate, files, process, cancellationToken);
        observer.Note($"{place.Name} is {registry.Address}, port {place.Port}, for the time of the pull");
        await PullAsync(registry.Server.Requests, name.IsNew, observer, cancellationToken);
    }

    /// <summary>Null: a free one has to be taken and the file to be changed.</summary>
    private IPAddress? FindAddress(RegistryPlace place)
    {
        var known = files.Names.Find(place.Name);
        return known.FirstOrDefault(address => !IPAddress.IsLoopback(address)) is { } other
            ? throw new PreloadException(
                PreloadFailure.Name,
                $"{files.Names.Path} says already that {place.Name} is {other}. If a registry is there, preload without --bundle; else remove that line.")
            : known.Count > 0 ? known[0] : null;
    }

    private async Task<Served> StartAsync(
        RegistryPlace place, IPAddress? address, X509Certificate2? certificate, CancellationToken cancellationToken)
    {
        for (var attempt = 1; ; attempt++)
        {
            var at = address ?? Random();
            try
            {
                var end = new IPEndPoint(at, place.Port);
                return new Served(at, await BundleRegistry.StartAsync(end, certificate, new BundleRequests(repository, content), cancellationToken));
            }
            catch (IOException) when (attempt < Tries && address is null)
            {
                // Somebody has this very address; with another one it may be free.
            }
            catch (IOException e)
            {
                throw new PreloadException(
                    PreloadFailure.Name,
                    $"The image has to be served at port {place.Port} for the time of the pull, because the pak's registry is {host}, and that fails: "
                    + $"{OneLine.Of(e.Message)}. Stop what listens there (ss -ltnp shows it); ports below 1024 need root.",
                    e);
            }
        }
    }

    /// <summary>127.64.0.1 to 127.127.255.254: nothing else is known to use them.</summary>
    private static IPAddress Random() => new(
        [127, (byte)RandomNumberGenerator.GetInt32(64, 128), (byte)RandomNumberGenerator.GetInt32(256), (byte)RandomNumberGenerator.GetInt32(1, 255)]);

    private async Task PullAsync(BundleRequests requests, bool isNew, IPreloadObserver observer, CancellationToken cancellationToken)
    {
        var written = time.GetTimestamp();
        try
        {
            await engine.Images.PullAsync(wanted, new PreloadPull(observer), cancellationToken);
        }
        catch (PullException) when (isNew && requests.Arrived == 0)
        {
            var left = ResolverMemory - time.GetElapsedTime(written);
            if (left > TimeSpan.Zero)
                await Task.Delay(left, time, cancellationToken);
            await PullAgainAsync(requests, observer, cancellationToken);
        }
        catch (PullException e)
        {
            throw Explain(e, requests);
        }
    }

    private async Task PullAgainAsync(BundleRequests requests, IPreloadObserver observer, CancellationToken cancellationToken)
    {
        try
        {
            await engine.Images.PullAsync(wanted, new PreloadPull(observer), cancellationToken);
        }
        catch (PullException e)
        {
            throw Explain(e, requests);
        }
    }

    private PreloadException Explain(PullException e, BundleRequests requests) => e.Failure switch
    {
        _ when requests.Damage is { } damage => new PreloadException(PreloadFailure.Bundle, damage.Message, damage),
        _ when requests.Arrived == 0 => new PreloadException(
            PreloadFailure.Name,
            $"The engine did not come to the bundle for {host}: its resolver or a proxy of its own (HTTP_PROXY; add {host.Name} to NO_PROXY) led it "
            + $"elsewhere, or it does not look for certificates where this put one. {e.Message}",
            e),
        PullFailure.Platform => new PreloadException(PreloadFailure.Platform, e.Message, e),
        _ when requests.Missing is { } missing => new PreloadException(
            PreloadFailure.Bundle,
            $"The bundle has not all of the image: {missing} is missing, because it builds on an earlier bundle. Give both: --bundle EARLIER --bundle THIS.",
            e),
        _ => new PreloadException(PreloadFailure.Pull, e.Message, e),
    };

    private sealed record Served(IPAddress Address, BundleRegistry Server) : IAsyncDisposable
    {
        public ValueTask DisposeAsync() => Server.DisposeAsync();
    }
}
