using System.Net;
using System.Security.Cryptography.X509Certificates;
using Berth.Oci;

namespace Berth.Packaging.Preload;

/// <summary>A registry's name that leads an engine to this machine, and that it trusts here, as long as this is.</summary>
internal sealed class LedName : IAsyncDisposable
{
    private readonly PlacedCertificate _certificate;
    private HostsLine? _line;

    private LedName(PlacedCertificate certificate) => _certificate = certificate;

    /// <summary>The engine may have looked the name up before, and remember where it led.</summary>
    public bool IsNew => _line is not null;

    /// <param name="known">Whether the hosts file has the name already.</param>
    /// <param name="engine">Null when nothing is known of it.</param>
    /// <exception cref="PreloadException">A file cannot be written, or the engine has others.</exception>
    public static async Task<LedName> LeadAsync(
        RegistryHost host, IPAddress address, bool known, X509Certificate2 certificate, EngineHost files, EngineProcess? engine, CancellationToken cancellationToken)
    {
        var led = new LedName(files.Trust.Place(host, certificate.ExportCertificatePem() + "\n"));
        try
        {
            engine?.Require(led._certificate.Path, led._certificate.Text);
            if (!known)
            {
                led._line = await files.Names.AddAsync(address, host.Name, cancellationToken);
                engine?.Require(files.Names.Path, led._line.Text);
            }

            return led;
        }
        catch
        {
            await led.DisposeAsync();
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        _certificate.Dispose();
        if (_line is not null)
            await _line.DisposeAsync();
    }
}
