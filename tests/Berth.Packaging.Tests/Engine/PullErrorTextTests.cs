using Berth.Oci;
using Berth.Packaging.Engine;

namespace Berth.Packaging.Tests.Engine;

public sealed class PullErrorTextTests
{
    private static readonly PinnedImage Image = new("reg.example:5000/packs/a", Digest.Of("x"u8));

    public static TheoryData<string, string, string> Messages => new()
    {
        { "manifest for reg.example:5000/packs/a@sha256:1 not found: manifest unknown: manifest unknown", nameof(PullFailure.ManifestUnknown), "no image with this digest" },
        { "name unknown: repository name not known to registry", nameof(PullFailure.ManifestUnknown), "no image with this digest" },
        { "pull access denied for a, repository does not exist or may require 'docker login': denied: x", nameof(PullFailure.Denied), "is not public" },
        { "Head \"https://reg.example:5000/v2/\": no basic auth credentials", nameof(PullFailure.Denied), "is not public" },
        { "unauthorized: authentication required", nameof(PullFailure.Denied), "Allow anonymous pull for reg.example:5000/packs/a" },
        { "error from registry: a login is needed for this - the user name or the password is wrong", nameof(PullFailure.Denied), "is not public" },
        { "error from registry: denied", nameof(PullFailure.Denied), "is not public" },
        { "error from registry: requested access to the resource is denied", nameof(PullFailure.Denied), "is not public" },
        { "error from registry: this repository has no such manifest", nameof(PullFailure.ManifestUnknown), "no image with this digest" },
        { "Get \"https://reg.example:5000/v2/\": x509: certificate signed by unknown authority", nameof(PullFailure.UnknownAuthority), "/etc/docker/certs.d/reg.example:5000/ca.crt" },
        { "tls: failed to verify certificate: x509: certificate is valid for a, not b", nameof(PullFailure.CertificateInvalid), "subject alternative name" },
        { "Get \"https://reg.example:5000/v2/\": http: server gave HTTP response to HTTPS client", nameof(PullFailure.PlainHttp), "insecure-registries" },
        { "dial tcp: lookup reg.example on 127.0.0.1:53: no such host", nameof(PullFailure.HostNotFound), "does not resolve" },
        { "dial tcp: lookup reg.example: Temporary failure in name resolution", nameof(PullFailure.HostNotFound), "does not resolve" },
        { "dial tcp: lookup reg.example on 10.0.0.1:53: dial udp 10.0.0.1:53: connect: network is unreachable", nameof(PullFailure.HostNotFound), "does not resolve" },
        { "dial tcp 127.0.0.1:5000: connect: connection refused", nameof(PullFailure.ConnectionRefused), "Nothing listens at reg.example:5000" },
        { "net/http: request canceled while waiting for connection (Client.Timeout exceeded while awaiting headers)", nameof(PullFailure.NoAnswer), "gives no answer" },
        { "no matching manifest for linux/amd64 in the manifest list entries", nameof(PullFailure.Platform), "no variant for linux/amd64" },
        { "toomanyrequests: You have reached your pull rate limit", nameof(PullFailure.RateLimited), "limits" },
        { "write /var/lib/docker/tmp/x: no space left on device", nameof(PullFailure.DiskFull), "Free space" },
        { "something new", nameof(PullFailure.Other), "could not be pulled" },
    };

    [Theory]
    [MemberData(nameof(Messages))]
    public void The_reason_is_told_from_the_words_of_the_engine(string words, string failure, string advice)
    {
        var e = PullException.From(Image, words);

        Assert.Equal(failure, e.Failure.ToString());
        Assert.Contains(advice, e.Message, StringComparison.Ordinal);
        Assert.EndsWith(words, e.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', e.Message);
    }
}
