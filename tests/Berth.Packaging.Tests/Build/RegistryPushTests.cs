using Berth.Oci;
using Berth.Oci.Client;
using Berth.Packaging.Build;
using Berth.Packaging.Engine;

namespace Berth.Packaging.Tests.Build;

public sealed class RegistryPushTests : IDisposable
{
    private readonly FakeRegistry _registry = new();

    public void Dispose() => _registry.Dispose();

    [Fact]
    public async Task The_registry_confirms_the_digest()
    {
        var image = _registry.PutImage(_registry.PutBlob("layer"), tag: "1.0.0-abc");

        Assert.Equal(image.Digest, await ConfirmAsync(image.Digest));
    }

    [Fact]
    public async Task Another_digest_at_the_registry_is_a_failure()
    {
        var image = _registry.PutImage(_registry.PutBlob("layer"), tag: "1.0.0-abc");

        var e = await Assert.ThrowsAsync<PackException>(() => ConfirmAsync(Digest.Of("x"u8)));

        Assert.Equal(PackFailure.Push, e.Failure);
        Assert.Contains($"{Digest.Of("x"u8)} was pushed, but", e.Message, StringComparison.Ordinal);
        Assert.Contains(image.Digest.ToString(), e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_image_that_never_arrived_is_a_failure_and_not_asked_for_again()
    {
        var e = await Assert.ThrowsAsync<PackException>(() => ConfirmAsync(Digest.Of("x"u8)));

        Assert.Contains("does not have", e.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("sha256:0123456789abcdef0123456789abcdef", "1.0.0-0123456789ab")]
    [InlineData("abc", "1.0.0-abc")]
    public void The_tag_is_the_version_and_the_start_of_the_image_s_id(string id, string expected)
    {
        using var client = Client();
        var push = new RegistryPush(_registry.Name, client);

        Assert.Equal($"{_registry.Name}:{expected}", push.TargetFor(new EngineImage(id, Platform.CloudProxy, 1), "1.0.0").ToString());
    }

    private async Task<Digest> ConfirmAsync(Digest pushed)
    {
        using var client = Client();
        var push = new RegistryPush(_registry.Name, client);
        return await push.ConfirmAsync(_registry.Name.Tagged(Tag.Parse("1.0.0-abc")), pushed, TestContext.Current.CancellationToken);
    }

    private RegistryClient Client() => new(_registry.Host, AnonymousCredentialSource.Instance);
}
