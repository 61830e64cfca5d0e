using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Berth.Server.Configuration;
using Berth.Server.Diagnostics;
using Microsoft.Extensions.Logging.Abstractions;

namespace Berth.Server;

/// <summary>The certificate that new connections are answered with: whatever its files held when they were last found whole.</summary>
/// <remarks>
/// Connections under way keep the one they began with. Who replaces the two files does so one after the other: a pair that does not fit is
/// not taken, and looked at again until it does.
/// </remarks>
internal sealed class TlsCertificate : IDisposable
{
    internal static readonly TimeSpan Look = TimeSpan.FromSeconds(3);

    private readonly TlsFiles _files;
    private readonly ITimer _timer;
    private Stamp _seen;
    private string? _problem;
    private volatile SslServerAuthenticationOptions _current;

    /// <exception cref="ConfigurationException">The files are not there or hold no certificate with its key.</exception>
    public TlsCertificate(TlsFiles files, TimeProvider time)
    {
        _files = files;
        _seen = Stamp.Of(files);
        _current = Load(files);
        _timer = time.CreateTimer(static certificate => ((TlsCertificate)certificate!).Reload(), this, Look, Look);
    }

    /// <summary>Where a replacement is told.</summary>
    public ILogger Log { get; set; } = NullLogger.Instance;

    /// <summary>For the next handshake. The same object for as long as the certificate is the same: sessions are resumed by it.</summary>
    public ValueTask<SslServerAuthenticationOptions> ForHandshake() => ValueTask.FromResult(_current);

    public void Dispose() => _timer.Dispose();

    /// <summary>The certificate of the first file with the second one's key, and the chain behind it.</summary>
    /// <exception cref="ConfigurationException">The files are not there or hold no certificate with its key.</exception>
    public static SslServerAuthenticationOptions Load(TlsFiles files)
    {
        try
        {
            var certificate = X509Certificate2.CreateFromPemFile(files.Certificate, files.Key);
            var chain = new X509Certificate2Collection();
            chain.ImportFromPemFile(files.Certificate);
            return new SslServerAuthenticationOptions
            {
                ServerCertificateContext = SslStreamCertificateContext.Create(certificate, chain, offline: true),
            };
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or CryptographicException or ArgumentException)
        {
            throw new ConfigurationException(
                $"no certificate with its key can be read from '{files.Certificate}' and '{files.Key}' (PEM files): {e.Message}", e);
        }
    }

    private void Reload()
    {
        var now = Stamp.Of(_files);
        if (now == _seen)
            return;
        try
        {
            _current = Load(_files);
            (_seen, _problem) = (now, null);
            var certificate = _current.ServerCertificateContext!.TargetCertificate;
            Log.CertificateReplaced(certificate.Subject, new DateTimeOffset(certificate.NotAfter));
        }
        catch (ConfigurationException e)
        {
            // Half a replacement is looked at again until the other half is there, and told once.
            if (_problem != e.Message)
                Log.CertificateRefused(e.Message);
            _problem = e.Message;
        }
    }

    /// <summary>What tells that one of the files is another one. A file that is not there has a time and a length, too.</summary>
    private readonly record struct Stamp(DateTime Certificate, long CertificateLength, DateTime Key, long KeyLength)
    {
        public static Stamp Of(TlsFiles files)
        {
            var (certificate, key) = (Target(files.Certificate), Target(files.Key));
            return new Stamp(
                certificate.LastWriteTimeUtc, certificate.Exists ? certificate.Length : -1, key.LastWriteTimeUtc, key.Exists ? key.Length : -1);
        }

        /// <summary>Renewal programs and orchestrators replace symbolic links.</summary>
        private static FileInfo Target(string path)
        {
            var file = new FileInfo(path);
            return file.LinkTarget is null ? file : file.ResolveLinkTarget(returnFinalTarget: true) as FileInfo ?? file;
        }
    }
}
