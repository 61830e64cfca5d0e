using Berth.Oci;
using Berth.Packaging.Engine;

namespace Berth.Packaging.Tests.Engine;

public sealed class PushErrorTextTests
{
    [Theory]
    [InlineData("denied: requested access to the resource is denied", "docker login h.example:5000")]
    [InlineData("unauthorized: authentication required", "--registry-username")]
    [InlineData("Get \"https://h.example:5000/v2/\": tls: failed to verify certificate: x509: certificate signed by unknown authority", "/etc/docker/certs.d/h.example:5000/ca.crt")]
    [InlineData("Get \"https://h.example:5000/v2/\": http: server gave HTTP response to HTTPS client", "insecure-registries")]
    [InlineData("dial tcp: lookup h.example: no such host", "check the name")]
    [InlineData("dial tcp 10.0.0.1:5000: connect: connection refused", "reaches h.example:5000")]
    public void The_engine_s_words_get_the_advice_that_goes_with_them(string words, string expected)
    {
        var text = PushErrorText.Explain(Reference.Parse("h.example:5000/a:1"), words);

        Assert.StartsWith("h.example:5000/a:1 could not be pushed: ", text, StringComparison.Ordinal);
        Assert.Contains(expected, text, StringComparison.Ordinal);
    }
}
