using Berth.Oci;
using Berth.Packaging.Engine;
using Berth.Packaging.Tests.Install;

namespace Berth.Packaging.Tests.Engine;

[Collection(NeedsEngine.Name)]
[Trait(NeedsEngine.Trait, NeedsEngine.TraitValue)]
public sealed class EngineImagesTests(TestEngine test)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_image_is_found_by_the_digest_that_it_was_pulled_by()
    {
        await using var registry = await ForeignRegistry.StartAsync();
        var image = await PublishAsync(registry);
        Assert.Null(await test.Engine.Images.FindAsync(image, Cancellation));

        await test.Engine.Images.PullAsync(image, null, Cancellation);

        var found = await test.Engine.Images.FindAsync(image, Cancellation);
        Assert.Equal("linux/amd64", found!.Platform.ToString());
        Assert.Null(await test.Engine.Images.FindAsync(image with { Repository = $"{registry.Host}/other" }, Cancellation));
        Assert.Null(await test.Engine.Images.FindAsync(image with { Digest = Digest.Of("x"u8) }, Cancellation));
    }

    [Fact]
    [Trait(NeedsEngine.Store, NeedsEngine.Overlay2)]
    public async Task An_image_that_was_only_loaded_has_no_digest_to_be_found_by()
    {
        var name = await test.MakeImageAsync(["/bin/busybox"]);
        var loaded = await test.Engine.Images.FindAsync(name, Cancellation);

        var image = new PinnedImage($"docker.io/{name.Split(':')[0]}", Digest.Parse(loaded!.Id));

        Assert.Null(await test.Engine.Images.FindAsync(image, Cancellation));
    }

    [Fact]
    public async Task A_pull_that_is_given_up_is_cancelled()
    {
        // Takes the connection and never answers.
        using var registry = new CannedServer("");
        using var giveUp = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);
        var pull = test.Engine.Images.PullAsync(new PinnedImage($"{registry.Address}/a", Digest.Of("x"u8)), null, giveUp.Token);
        await registry.WaitForRequestAsync(Cancellation);

        await giveUp.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => pull);
    }

    private async Task<PinnedImage> PublishAsync(ForeignRegistry registry)
    {
        var digest = await registry.PushAsync(test, await test.MakeImageAsync(["/bin/busybox"]), "a/b");
        var image = new PinnedImage($"{registry.Host}/a/b", digest);
        test.Track(image.ToString());
        return image;
    }
}
