using Berth.Server.Configuration;

namespace Berth.Server.Doctor;

/// <summary>The certificate that the server is to answer with.</summary>
internal sealed class CertificateCheck : IDoctorCheck
{
    private const string Name = "certificate";
    private const string Fix = "replace the files; a running server picks them up by itself";

    private static readonly TimeSpan Soon = TimeSpan.FromDays(30);

    public IEnumerable<Finding> Look(Scene scene) =>
        [scene.Options.Tls is { } files ? Judge(files, scene.Time.GetUtcNow()) : new Finding(FindingLevel.Ok, Name, "none is configured: plain HTTP")];

    private static Finding Judge(TlsFiles files, DateTimeOffset now)
    {
        try
        {
            using var certificate = TlsCertificate.Load(files).ServerCertificateContext!.TargetCertificate;
            var (begin, end) = (new DateTimeOffset(certificate.NotBefore), new DateTimeOffset(certificate.NotAfter));
            return end <= now ? new Finding(FindingLevel.Fail, Name, $"{certificate.Subject} has expired at {end.UtcDateTime:u}", Fix)
                : begin > now ? new Finding(FindingLevel.Fail, Name, $"{certificate.Subject} is not valid before {begin.UtcDateTime:u}", $"{Fix}, or set the clock")
                : end - now < Soon ? new Finding(FindingLevel.Warn, Name, $"{certificate.Subject} ends in {Amount.Of(end - now)}, {end.UtcDateTime:u}", Fix)
                : new Finding(FindingLevel.Ok, Name, $"{certificate.Subject} is valid until {end.UtcDateTime:u}");
        }
        catch (ConfigurationException e)
        {
            return new Finding(FindingLevel.Fail, Name, e.Message.ReplaceLineEndings(" "), "put a certificate and the key that belongs to it there");
        }
    }
}
