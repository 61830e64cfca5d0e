using Berth.Oci;
using Berth.Oci.Client;
using Berth.Packaging.Build;
using Berth.Packaging.Engine;
using Berth.Packaging.Tests.Engine;
using Berth.Packaging.Tests.Install;

namespace Berth.Packaging.Tests.Images;

/// <summary>From a real engine to a registry, and back into the engine.</summary>
[Collection(NeedsEngine.Name)]
[Trait(NeedsEngine.Trait, NeedsEngine.TraitValue)]
public sealed class EnginePushTests(TestEngine test)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_image_is_pushed_once_and_pulled_by_the_engine_that_it_came_from()
    {
        await using var registry = await ForeignRegistry.StartAsync();
        using var proxy = new RegistryProxy(registry.Host);
        var name = await test.MakeImageAsync(["/bin/busybox", "true"]);
        var image = await test.Engine.Images.FindAsync(name, Token);

        var digest = await PushAsync(proxy, image!);
        var uploads = proxy.Uploads;
        Assert.Equal(digest, await PushAsync(proxy, image!));

        Assert.Equal(2, uploads);
        Assert.Equal(uploads, proxy.Uploads);
        await test.RemoveImageAsync(name);
        // Past the proxy, whose listener keeps one Accept header of the several that an engine sends.
        var pinned = new PinnedImage($"{registry.Host}/team/app", digest);
        await test.Engine.Images.PullAsync(pinned, null, Token);
        test.Track(pinned.ToString());
        var pulled = await test.Engine.Images.FindAsync(pinned, Token);
        // With the overlay2 store an image is known by its configuration, with the containerd store by its manifest.
        Assert.Contains(pulled!.Id, new List<string> { image!.Id, digest.ToString() });
    }

    private async Task<Digest> PushAsync(RegistryProxy proxy, EngineImage image)
    {
        using var client = new RegistryClient(proxy.Host, AnonymousCredentialSource.Instance);
        var push = new RegistryPush(new Reference(proxy.Host, RepositoryName.Parse("team/app")), client);
        var target = push.TargetFor(image, "1.0.0");
        return await push.ConfirmAsync(target, await push.PushAsync(test.Engine, image, target, Token), Token);
    }
}
