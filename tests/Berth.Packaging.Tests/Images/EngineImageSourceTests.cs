using Berth.Oci;
using Berth.Oci.Client;
using Berth.Packaging.Build;
using Berth.Packaging.Engine;
using Berth.Packaging.Images;
using Berth.Packaging.Tests.Install;

namespace Berth.Packaging.Tests.Images;

/// <summary>From what engines export to what a registry serves.</summary>
public sealed class EngineImageSourceTests : IAsyncLifetime
{
    private static readonly RepositoryName Team = RepositoryName.Parse("team/app");

    private readonly FakeEngine _engine = new();
    private readonly TempDirectory _temporary = new();
    private ForeignRegistry? _registry;
    private RegistryProxy? _proxy;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private RegistryProxy Proxy => _proxy!;

    public async ValueTask InitializeAsync()
    {
        _registry = await ForeignRegistry.StartAsync();
        _proxy = new RegistryProxy(_registry.Host);
    }

    public async ValueTask DisposeAsync()
    {
        _proxy?.Dispose();
        if (_registry is not null)
            await _registry.DisposeAsync();
        _engine.Dispose();
        _temporary.Dispose();
    }

    [Theory]
    [InlineData("legacy")]
    [InlineData("podman")]
    [InlineData("blobs")]
    public async Task Every_form_of_export_becomes_the_same_image(string form)
    {
        var (one, two) = (TestLayer.Random(3_000_000), TestLayer.Of(new byte[100_000]));
        var image = new TestExport(one, two, two);
        _engine.Hold(image, form switch { "legacy" => image.Legacy(), "podman" => image.Podman(), _ => image.Blobs(compressed: false) });

        var digest = await PushAsync();

        var (manifest, layers) = await ServedAsync(digest);
        Assert.Equal(MediaTypes.OciManifest, manifest.MediaType);
        Assert.Equal(image.ConfigDigest, manifest.Config!.Digest);
        Assert.Equal([one, two, two], layers.Select(TestExport.Gunzip));
        Assert.Equal(manifest.Layers[1], manifest.Layers[2]);
        // The config, and each layer once.
        Assert.Equal(3, Proxy.Uploads);
        AssertNothingLeft();
    }

    [Fact]
    public async Task With_the_image_store_of_containerd_the_manifest_stays_as_it_is()
    {
        var image = new TestExport(TestLayer.Random(100_000), TestLayer.Of(new byte[5000]));
        _engine.Hold(image, image.Blobs(compressed: true));
        _engine.Id = Digest.Of(image.Manifest!);

        var digest = await PushAsync();

        Assert.Equal(Digest.Of(image.Manifest!), digest);
        Assert.Equal(image.Layers, (await ServedAsync(digest)).Layers.Select(TestExport.Gunzip));
        Assert.Equal(digest, await PushAsync());
        Assert.Equal(1, _engine.Exports);
    }

    [Fact]
    public async Task A_second_push_uploads_nothing_and_does_not_even_ask_for_the_image()
    {
        Hold(new TestExport(TestLayer.Random(100_000)));
        var digest = await PushAsync();
        Proxy.Seen.Clear();

        Assert.Equal(digest, await PushAsync());

        Assert.Equal(1, _engine.Exports);
        Assert.All(Proxy.Seen, request => Assert.Contains(request.Method, (string[])["GET", "HEAD"]));
        Assert.Equal(2, Proxy.Seen.Count(request => request.Method == "HEAD"));
    }

    [Fact]
    public async Task An_image_of_which_a_blob_is_gone_is_pushed_again()
    {
        var image = new TestExport(TestLayer.Random(100_000));
        Hold(image);
        var digest = await PushAsync();
        Proxy.Refuse = request => request.HttpMethod == "HEAD" ? 404 : null;

        Assert.Equal(digest, await PushAsync());

        Assert.Equal(2, _engine.Exports);
    }

    [Fact]
    public async Task Of_an_image_with_another_top_only_that_layer_is_compressed_and_uploaded()
    {
        var (bottom, middle) = (TestLayer.Random(500_000), TestLayer.Random(300_000));
        Hold(new TestExport(bottom, middle, TestLayer.Random(1000)));
        var first = await ServedAsync(await PushAsync());
        var top = TestLayer.Random(1000);
        Hold(new TestExport(bottom, middle, top));
        Proxy.Seen.Clear();

        var second = await ServedAsync(await PushAsync());

        // The layer and the config.
        Assert.Equal(2, Proxy.Uploads);
        Assert.Equal(first.Manifest.Layers.Take(2), second.Manifest.Layers.Take(2));
        Assert.Equal(top, TestExport.Gunzip(second.Layers[2]));
        AssertNothingLeft();
    }

    [Fact]
    public async Task A_registry_that_wants_docker_s_manifest_gets_it()
    {
        Hold(new TestExport(TestLayer.Random(1000)));
        Proxy.Refuse = request => request.ContentType == MediaTypes.OciManifest ? 415 : null;

        var (manifest, _) = await ServedAsync(await PushAsync());

        Assert.Equal(MediaTypes.DockerManifest, manifest.MediaType);
        Assert.Equal(MediaTypes.DockerConfig, manifest.Config!.MediaType);
        Assert.Equal("application/vnd.docker.image.rootfs.diff.tar.gzip", manifest.Layers[0].MediaType);
    }

    [Fact]
    public async Task At_most_four_layers_are_uploaded_at_the_same_time()
    {
        Hold(new TestExport([.. Enumerable.Range(0, 12).Select(_ => TestLayer.Random(200_000))]));

        await PushAsync();

        Assert.InRange(Proxy.MostUploadsAtOnce, 1, 4);
        Assert.Equal(13, Proxy.Uploads);
    }

    [Theory]
    [InlineData(200_000)]
    [InlineData(512)]
    public async Task An_engine_that_dies_in_the_middle_is_told_and_nothing_is_tagged(int after)
    {
        Hold(new TestExport(TestLayer.Random(500_000)));
        _engine.DiesAfter = after;

        var e = await Assert.ThrowsAsync<EngineException>(PushAsync);

        Assert.Contains("while exporting the image", e.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(Proxy.Seen, request => request.Method == "PUT");
        AssertNothingLeft();
    }

    [Fact]
    public async Task A_registry_that_dies_in_the_middle_ends_the_push_with_the_reason()
    {
        Hold(new TestExport(TestLayer.Random(500_000), TestLayer.Random(400_000)));
        var registry = RegistryHost.Parse(_registry!.Host);

        var e = await Assert.ThrowsAsync<RegistryException>(() => PushAsync(_temporary.FullPath, registry, new AtStart(() => _registry.StopAsync())));

        Assert.Equal(RegistryFailure.Unreachable, e.Reason);
        Assert.Contains($"was given up after 2 retries: nothing listens at {registry} (connection refused)", e.Message, StringComparison.Ordinal);
        AssertNothingLeft();
    }

    [Fact]
    public async Task A_full_disk_is_told_with_the_directory_and_what_is_needed()
    {
        using var small = await SmallDisk.MountAsync(_temporary.Path("small"));
        Hold(new TestExport(TestLayer.Random(3_000_000)));

        var e = await Assert.ThrowsAsync<PackException>(() => PushAsync(small.FullPath));

        Assert.Equal(
            $"no room in {small.FullPath} for the image's layers on their way to the registry: up to 4 MB are needed; free some, or name another directory in TMPDIR",
            e.Message);
        Assert.Empty(Directory.EnumerateFileSystemEntries(small.FullPath));
        Assert.DoesNotContain(Proxy.Seen, request => request.Method == "PUT");
    }

    [Theory]
    [InlineData("layer")]
    [InlineData("config")]
    [InlineData("tar")]
    public async Task A_damaged_export_is_told_and_not_tagged(string what)
    {
        var layer = TestLayer.Random(1000);
        var image = what == "config" ? new TestExport(layer) { Config = "[]"u8.ToArray() } : new TestExport(layer);
        var export = image.Legacy();
        if (what == "layer")
            export[2000] ^= 1;
        Hold(image, what == "tar" ? new byte[4096].Select(_ => (byte)7).ToArray() : export);

        var e = await Assert.ThrowsAsync<PackException>(PushAsync);

        Assert.StartsWith("the image that the engine exported cannot be pushed: ", e.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(Proxy.Seen, request => request.Path.Contains("/manifests/", StringComparison.Ordinal) && request.Method == "PUT");
    }

    private void Hold(TestExport image, byte[]? export = null) => _engine.Hold(image, export ?? image.Legacy());

    private Task<Digest> PushAsync() => PushAsync(_temporary.FullPath);

    private async Task<Digest> PushAsync(string temporary, RegistryHost? host = null, IPushObserver? observer = null)
    {
        using var engine = await _engine.ConnectAsync();
        var to = host ?? Proxy.Host;
        using var client = new RegistryClient(to, AnonymousCredentialSource.Instance);
        var push = new RegistryPush(new Reference(to, Team), client, observer)
        {
            Limits = new() { OneRequest = 250_000, Chunk = 1_000_000, Retries = 2, FirstWait = TimeSpan.FromMilliseconds(1) },
        };
        using var source = new EngineImageSource(engine, _engine.Image, SilentPushObserver.Instance, temporary);
        return await push.PushAsync(source, push.TargetFor(_engine.Image, "1.0.0"), Token);
    }

    private async Task<(Manifest Manifest, IReadOnlyList<byte[]> Layers)> ServedAsync(Digest digest)
    {
        using var client = new RegistryClient(Proxy.Host, AnonymousCredentialSource.Instance);
        var fetched = await client.GetManifestAsync(Team, ManifestReference.To(digest), Token);
        Assert.True(Manifest.TryParse(fetched!.Bytes.Span, fetched.MediaType, out var manifest, out _));
        var layers = new List<byte[]>();
        foreach (var layer in manifest.Layers)
        {
            await using var blob = await client.OpenBlobAsync(Team, layer.Digest, Token, layer.Size);
            var bytes = new MemoryStream();
            await blob!.CopyToAsync(bytes, Token);
            layers.Add(bytes.ToArray());
        }

        return (manifest, layers);
    }

    private void AssertNothingLeft() => Assert.Empty(Directory.EnumerateFileSystemEntries(_temporary.FullPath));
}
