using Berth.Oci;
using Berth.Packaging.Preload;

namespace Berth.Packaging.Tests.Preload;

public sealed class RegistryPlaceTests
{
    [Theory]
    [InlineData("registry.example", null, 443)]
    [InlineData("registry.example:5000", null, 5000)]
    [InlineData("localhost:5000", null, 5000)]
    [InlineData("127.3.4.5", "127.3.4.5", 80)]
    [InlineData("[::1]:5000", "::1", 5000)]
    public void A_loopback_name_has_its_address_and_others_need_one(string host, string? address, int port)
    {
        var place = RegistryPlace.Of(RegistryHost.Parse(host));

        Assert.Equal((address, port), (place.Address?.ToString(), place.Port));
    }

    [Theory]
    [InlineData("10.1.2.3:5000", "by the address 10.1.2.3")]
    [InlineData("docker.io", "Docker Hub")]
    public void What_nothing_can_stand_in_for_is_said(string host, string words)
    {
        var e = Assert.Throws<PreloadException>(() => RegistryPlace.Of(RegistryHost.Parse(host)));

        Assert.Equal(PreloadFailure.Name, e.Failure);
        Assert.Contains(words, e.Message, StringComparison.Ordinal);
        Assert.Contains("mp-build retarget", e.Message, StringComparison.Ordinal);
    }
}
