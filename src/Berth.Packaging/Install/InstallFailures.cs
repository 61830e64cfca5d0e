using Berth.Packaging.Adapter;
using Berth.Packaging.Engine;

namespace Berth.Packaging.Install;

/// <summary>What the parts of an installation call their failures, in its own words.</summary>
internal static class InstallFailures
{
    public static InstallFailure Of(Exception e) => e switch
    {
        PullException pull => Of(pull.Failure),
        AdapterException adapter => Of(adapter.Failure),
        _ => InstallFailure.OfStage,
    };

    private static InstallFailure Of(PullFailure failure) => failure switch
    {
        PullFailure.ManifestUnknown => InstallFailure.DigestUnknown,
        PullFailure.Denied => InstallFailure.Private,
        PullFailure.UnknownAuthority => InstallFailure.UnknownAuthority,
        PullFailure.CertificateInvalid => InstallFailure.CertificateInvalid,
        PullFailure.HostNotFound => InstallFailure.HostNotFound,
        PullFailure.ConnectionRefused => InstallFailure.ConnectionRefused,
        PullFailure.NoAnswer => InstallFailure.NoAnswer,
        PullFailure.RateLimited => InstallFailure.RateLimited,
        PullFailure.PlainHttp => InstallFailure.PlainHttp,
        PullFailure.DiskFull => InstallFailure.EngineDiskFull,
        _ => InstallFailure.OfStage, // the platform has a stage of its own
    };

    private static InstallFailure Of(AdapterFailure failure) => failure switch
    {
        AdapterFailure.Port => InstallFailure.AdapterPort,
        AdapterFailure.OutOfMemory => InstallFailure.AdapterMemory,
        AdapterFailure.Ended => InstallFailure.AdapterEnded,
        AdapterFailure.TimedOut => InstallFailure.AdapterSilent,
        AdapterFailure.Malformed or AdapterFailure.TooLarge => InstallFailure.AdapterRubbish,
        AdapterFailure.Certificate => InstallFailure.AdapterCertificate,
        _ => InstallFailure.OfStage,
    };
}
