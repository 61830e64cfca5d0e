using Berth.Oci;

namespace Berth.Packaging.Engine;

/// <summary>Tells from an engine's words why a pull failed. There are no codes: the words are all it gives.</summary>
internal static class PullErrorText
{
    /// <summary>In this order: one message often holds several of these, the cause before the consequence.</summary>
    private static readonly (string Words, PullFailure Failure)[] Known =
    [
        ("no matching manifest", PullFailure.Platform),
        ("no match for platform", PullFailure.Platform),
        ("no image found in manifest list", PullFailure.Platform),
        ("no image found in image index", PullFailure.Platform),
        ("does not match the specified platform", PullFailure.Platform),
        ("does not provide the specified platform", PullFailure.Platform),
        ("cannot be used on this platform", PullFailure.Platform),
        ("unknown authority", PullFailure.UnknownAuthority),
        ("self-signed certificate", PullFailure.UnknownAuthority),
        ("x509:", PullFailure.CertificateInvalid),
        ("server gave http response to https client", PullFailure.PlainHttp),
        ("dial tcp: lookup", PullFailure.HostNotFound),
        ("no such host", PullFailure.HostNotFound),
        ("name resolution", PullFailure.HostNotFound),
        ("server misbehaving", PullFailure.HostNotFound),
        ("connection refused", PullFailure.ConnectionRefused),
        ("too many requests", PullFailure.RateLimited),
        ("toomanyrequests", PullFailure.RateLimited),
        ("unauthorized", PullFailure.Denied),
        ("authentication required", PullFailure.Denied),
        ("no basic auth credentials", PullFailure.Denied),
        ("access denied", PullFailure.Denied),
        ("denied:", PullFailure.Denied),
        ("registry: denied", PullFailure.Denied),
        ("access to the resource is denied", PullFailure.Denied),
        ("not authorized", PullFailure.Denied),
        ("403 forbidden", PullFailure.Denied),
        ("no space left on device", PullFailure.DiskFull),
        ("manifest unknown", PullFailure.ManifestUnknown),
        ("name unknown", PullFailure.ManifestUnknown),
        ("not found", PullFailure.ManifestUnknown),
        ("not known to registry", PullFailure.ManifestUnknown),
        ("timeout", PullFailure.NoAnswer),
        ("deadline exceeded", PullFailure.NoAnswer),
        ("no route to host", PullFailure.NoAnswer),
        ("network is unreachable", PullFailure.NoAnswer),
        ("connection reset", PullFailure.NoAnswer),
        (": eof", PullFailure.NoAnswer),
        ("unexpected eof", PullFailure.NoAnswer),
    ];

    /// <summary>What this project's own registry says: newer engines repeat a registry's words without the code.</summary>
    private static readonly (string Words, PullFailure Failure)[] Own =
    [
        (OciError.Unauthorized.Message, PullFailure.Denied),
        (OciError.Denied.Message, PullFailure.Denied),
        (OciError.ManifestUnknown.Message, PullFailure.ManifestUnknown),
        (OciError.NameUnknown.Message, PullFailure.ManifestUnknown),
    ];

    public static PullFailure Classify(string words)
    {
        foreach (var (known, failure) in Own.Concat(Known))
        {
            if (words.Contains(known, StringComparison.OrdinalIgnoreCase))
                return failure;
        }

        return PullFailure.Other;
    }
}
