using Berth.Packaging.Engine;
using Docker.DotNet.Models;

namespace Berth.Packaging.Tests.Engine;

/// <summary>The engine that the tests run against, with images made here; everything made through it goes with it.</summary>
public sealed class TestEngine : IAsyncLifetime
{
    private readonly List<string> _images = [];
    private ContainerEngine? _engine;

    internal ContainerEngine Engine => _engine ?? throw new InvalidOperationException("The engine is not connected.");

    public async ValueTask InitializeAsync() =>
        _engine = await ContainerEngine.ConnectAsync(EngineDiscovery.Find(), CancellationToken.None);

    /// <summary>Makes an image from scratch, with busybox and these files.</summary>
    /// <returns>Its name.</returns>
    internal async Task<string> MakeImageAsync(
        string[] entrypoint, IEnumerable<ContainerFile>? files = null, string platform = "linux/amd64", string? user = null)
    {
        const UnixFileMode executable = (UnixFileMode)0b111_101_101;
        var busybox = new ContainerFile("/bin/busybox", await File.ReadAllBytesAsync("/bin/busybox"), executable);
        using var layer = await ContainerArchive.CreateAsync([busybox, .. files ?? []], TimeProvider.System, CancellationToken.None);
        var name = $"berth-test/{Guid.NewGuid():N}:1";
        using var archive = await TestImage.ArchiveAsync(name, layer.ToArray(), platform.Split('/'), entrypoint, user);
        var messages = new PullMessages(null);
        await Engine.Client.Images.LoadImageAsync(new ImageLoadParameters { Quiet = true }, archive, messages);
        Assert.Null(messages.Error);
        Track(name);
        return name;
    }

    internal void Track(string image) => _images.Add(image);

    internal async Task RemoveImageAsync(string image) =>
        await Engine.Client.Images.DeleteImageAsync(image, new ImageDeleteParameters { Force = true });

    /// <summary>Names of the containers that mp-install has made of an image, running or not.</summary>
    internal async Task<IReadOnlyList<string>> FindContainersAsync(string reference)
    {
        var filter = new Dictionary<string, IDictionary<string, bool>>
        {
            ["label"] = new Dictionary<string, bool> { [$"{ContainerLabels.Image}={reference}"] = true, [$"{ContainerLabels.Tool}=mp-install"] = true },
        };
        var found = await Engine.Client.Containers.ListContainersAsync(new ContainersListParameters { All = true, Filters = filter });
        return [.. found.Select(container => container.Names[0].TrimStart('/'))];
    }

    internal Task<ContainerInspectResponse> InspectAsync(string container) => Engine.Client.Containers.InspectContainerAsync(container);

    internal async Task RemoveContainerAsync(string container) =>
        await Engine.Client.Containers.RemoveContainerAsync(container, new ContainerRemoveParameters { Force = true });

    public async ValueTask DisposeAsync()
    {
        foreach (var image in _images)
        {
            try
            {
                await RemoveImageAsync(image);
            }
            catch (Docker.DotNet.DockerImageNotFoundException)
            {
                // A test has removed it.
            }
        }

        _engine?.Dispose();
    }
}
