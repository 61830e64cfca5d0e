using Berth.Oci;
using Berth.Oci.Client;
using Berth.Packaging.Build;

namespace Berth.Packaging.Tests.Build;

public sealed class AnonymousPullTests : IDisposable
{
    private readonly FakeRegistry _registry = new();
    private readonly Descriptor _layer;

    public AnonymousPullTests() => _layer = _registry.PutBlob("layer");

    public void Dispose() => _registry.Dispose();

    [Fact]
    public async Task An_image_for_the_Cloud_Proxy_is_proven_with_all_its_blobs()
    {
        Assert.Equal(2, await VerifyAsync(_registry.PutImage(_layer).Digest));
    }

    [Fact]
    public async Task Of_an_index_the_Cloud_Proxy_s_image_is_proven()
    {
        var arm = _registry.PutImage(_registry.PutBlob("arm"), """{"os":"linux","architecture":"arm64"}""");

        Assert.Equal(2, await VerifyAsync(_registry.PutIndex((arm, "arm64"), (_registry.PutImage(_layer), "amd64")).Digest));
    }

    [Theory]
    [InlineData("""{"os":"linux","architecture":"arm64"}""", "is for linux/arm64, and a Cloud Proxy runs linux/amd64 only")]
    [InlineData("""{"os":"windows","architecture":"amd64"}""", "is for windows/amd64")]
    [InlineData("""{"os":"linux"}""", "names no platform")]
    [InlineData("nonsense", "names no platform")]
    public async Task An_image_for_another_platform_is_refused(string config, string expected)
    {
        Assert.Contains(expected, await FailAsync(_registry.PutImage(_layer, config).Digest), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_index_without_the_Cloud_Proxy_s_platform_is_refused()
    {
        Assert.Contains(
            "is for linux/arm64, linux/s390x",
            await FailAsync(_registry.PutIndex((_layer, "arm64"), (_layer, "s390x")).Digest),
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_manifest_that_is_not_there_is_missed()
    {
        Assert.Contains("is not there although the image was pushed", await FailAsync(Digest.Of("x"u8)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_blob_that_is_not_there_is_missed()
    {
        var image = _registry.PutImage(_layer);
        _registry.Remove(_layer);

        Assert.Contains($"the blob {_layer.Digest} of the image cannot be pulled", await FailAsync(image.Digest), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_private_repository_is_said_to_be_private()
    {
        var image = _registry.PutImage(_layer);
        _registry.IsPrivate = true;

        Assert.Contains("cannot be pulled without a login", await FailAsync(image.Digest), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_pull_host_that_cannot_be_reached_asks_for_the_flag_that_does_without_proof()
    {
        var image = _registry.PutImage(_layer);
        _registry.Dispose();

        Assert.Contains("--unverified makes one all the same", await FailAsync(image.Digest), StringComparison.Ordinal);
    }

    [Fact]
    public async Task With_that_flag_it_is_said_and_no_failure()
    {
        var image = _registry.PutImage(_layer);
        _registry.Dispose();
        using var client = Client();

        var proof = await new AnonymousPull(_registry.Name, client).VerifyAsync(image.Digest, unverified: true, TestContext.Current.CancellationToken);

        Assert.Equal(PullFault.Unreachable, proof.Fault);
    }

    [Fact]
    public async Task What_is_asked_for_may_be_another_platform()
    {
        var image = _registry.PutImage(_layer);
        using var client = Client();

        var e = await Assert.ThrowsAsync<PackException>(() => new AnonymousPull(_registry.Name, client, new Platform("linux", "arm64"))
            .VerifyAsync(image.Digest, TestContext.Current.CancellationToken));

        Assert.Contains("is for linux/amd64, and the pak is to be for linux/arm64 only", e.Message, StringComparison.Ordinal);
    }

    private async Task<string> FailAsync(Digest digest)
    {
        var e = await Assert.ThrowsAsync<PackException>(() => VerifyAsync(digest));
        Assert.Equal(PackFailure.Verify, e.Failure);
        return e.Message;
    }

    private async Task<int> VerifyAsync(Digest digest)
    {
        using var client = Client();
        return await new AnonymousPull(_registry.Name, client).VerifyAsync(digest, TestContext.Current.CancellationToken);
    }

    private RegistryClient Client() => new(_registry.Host, AnonymousCredentialSource.Instance);
}
