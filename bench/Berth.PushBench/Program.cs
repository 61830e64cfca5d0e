using System.Diagnostics;
using System.Globalization;
using Berth.Oci;
using Berth.Oci.Client;
using Berth.Packaging.Build;
using Berth.Packaging.Engine;
using Berth.PushBench;

// What mp-build does in its push stage, with the classes that do it there, for an image that an engine has: push, then confirm.
// Arguments: the image's name in the engine, and where it goes: HOST/PATH. BERTH_PUSH_USER and BERTH_PUSH_PASSWORD may be a login.
if (args is not [var name, var destination] || !Reference.TryParseRepository(destination, out var repository, out var problem))
{
    Console.Error.WriteLine("usage: Berth.PushBench IMAGE HOST/PATH");
    return 2;
}

try
{
    using var engine = await ContainerEngine.ConnectAsync(EngineDiscovery.Find(), CancellationToken.None);
    var image = await engine.Images.FindAsync(name, CancellationToken.None)
        ?? throw new ArgumentException($"the engine has no image {name}");
    ICredentialSource credentials = Environment.GetEnvironmentVariable("BERTH_PUSH_USER") is { } user
        ? new FixedCredentialSource(repository.Registry, new Credential(user, Environment.GetEnvironmentVariable("BERTH_PUSH_PASSWORD") ?? ""))
        : AnonymousCredentialSource.Instance;
    using var registry = new RegistryClient(repository.Registry, credentials);
    var counter = new PushCounter();
    var push = new RegistryPush(repository, registry, counter);
    var target = push.TargetFor(image, "1.0.0");

    var watch = Stopwatch.StartNew();
    var digest = await push.ConfirmAsync(target, await push.PushAsync(engine, image, target, CancellationToken.None), CancellationToken.None);
    Console.WriteLine(string.Create(
        CultureInfo.InvariantCulture, $"{watch.Elapsed.TotalSeconds:0.000} {digest} uploaded {counter.Uploaded} skipped {counter.Skips} mounted {counter.Mounts} retries {counter.Retries}"));
    return 0;
}
catch (Exception e)
{
    Console.Error.WriteLine($"push: {e.Message}");
    return 1;
}
