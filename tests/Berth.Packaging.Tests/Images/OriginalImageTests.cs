using Berth.Oci;
using Berth.Oci.Client;
using Berth.Packaging.Build;
using Berth.Packaging.Images;
using Berth.Packaging.Tests.Install;

namespace Berth.Packaging.Tests.Images;

/// <summary>Images from OCI directories and registries: their manifests are pushed byte for byte.</summary>
public sealed class OriginalImageTests : IAsyncLifetime
{
    private static readonly RepositoryName Team = RepositoryName.Parse("team/app");

    private readonly TempDirectory _directory = new();
    private readonly byte[] _layer = TestLayer.Random(300_000);
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
        _directory.Dispose();
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task An_image_in_a_directory_keeps_its_digest(bool nested)
    {
        var layout = new OciLayout(_directory);
        layout.AddImage(TestLayer.Random(10), "arm64");
        var image = layout.AddImage(_layer);
        if (nested)
            layout.NestIndex();

        Assert.Equal(image, await PushAsync(new OciLayoutSource(layout.Write(), null)));
        Assert.Equal(image, await ServedAsync(Team));
        Assert.Equal(2, Proxy.Uploads);
        Assert.Equal(image, await PushAsync(new OciLayoutSource(layout.Write(), null)));
        Assert.Equal(2, Proxy.Uploads);
    }

    [Fact]
    public async Task The_image_of_a_name_is_taken()
    {
        var layout = new OciLayout(_directory);
        layout.AddImage(TestLayer.Random(10), tag: "1");
        var two = layout.AddImage(_layer, tag: "2");

        Assert.Equal(two, await PushAsync(OciLayoutSource.Parse($"oci:{layout.Write()}:2")!));
        var e = await Assert.ThrowsAsync<PackException>(() => PushAsync(OciLayoutSource.Parse($"oci:{layout.Write()}:3")!));
        Assert.Contains("has no image '3'; its names are: 1, 2", e.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task An_image_for_another_platform_is_refused(bool alone)
    {
        var layout = new OciLayout(_directory);
        layout.AddImage(_layer, "arm64");
        if (!alone)
            layout.AddImage(_layer, "s390x");

        var e = await Assert.ThrowsAsync<PackException>(() => PushAsync(new OciLayoutSource(layout.Write(), null)));

        Assert.Contains("linux/arm64", e.Message, StringComparison.Ordinal);
        Assert.Contains("a Cloud Proxy runs", e.Message, StringComparison.Ordinal);
        Assert.Equal(0, Proxy.Uploads);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_damaged_directory_is_refused_and_not_tagged(bool sameLength)
    {
        var layout = new OciLayout(_directory);
        layout.AddImage(_layer);
        var path = layout.Write();
        var bytes = await File.ReadAllBytesAsync(layout.BlobPath(layout.Layer), Token);
        bytes[100] ^= 1;
        await File.WriteAllBytesAsync(layout.BlobPath(layout.Layer), sameLength ? bytes : bytes[..^1], Token);

        var e = await Assert.ThrowsAsync<PackException>(() => PushAsync(new OciLayoutSource(path, null)));

        Assert.Contains("make it again", e.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(Proxy.Seen, request => request.Method == "PUT" && request.Path.Contains("/manifests/", StringComparison.Ordinal));
    }

    [Fact]
    public async Task What_is_no_directory_of_that_kind_is_told()
    {
        var e = await Assert.ThrowsAsync<PackException>(() => PushAsync(OciLayoutSource.Parse($"oci:{_directory.FullPath}")!));

        Assert.Equal(PackFailure.Usage, e.Failure);
        Assert.Contains("index.json; a directory with an OCI image layout is expected", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_image_of_the_same_registry_is_mounted_and_one_of_another_copied()
    {
        var layout = new OciLayout(_directory);
        var image = layout.AddImage(_layer);
        var origin = RepositoryName.Parse("base/image");
        var first = await PushAsync(new OciLayoutSource(layout.Write(), null), origin);
        var uploads = Proxy.Uploads;

        Assert.Equal(first, await CopyAsync(new Reference(Proxy.Host, origin, Digest: image), Proxy.Host));
        Assert.Equal(uploads, Proxy.Uploads);
        await using var other = await ForeignRegistry.StartAsync();
        using var away = new RegistryProxy(other.Host);
        Assert.Equal(first, await CopyAsync(new Reference(Proxy.Host, origin, Digest: image), away.Host));
        Assert.Equal(2, away.Uploads);
        Assert.Empty(Directory.EnumerateDirectories(_directory.FullPath, "mp-build-*"));
    }

    [Fact]
    public async Task An_image_of_the_same_repository_is_only_tagged()
    {
        var layout = new OciLayout(_directory);
        var image = layout.AddImage(_layer);
        await PushAsync(new OciLayoutSource(layout.Write(), null));
        var uploads = Proxy.Uploads;

        Assert.Equal(image, await CopyAsync(new Reference(Proxy.Host, Team, Digest: image), Proxy.Host, tag: "another"));

        Assert.Equal(uploads, Proxy.Uploads);
        Assert.Equal(image, await ServedAsync(Team, "another"));
    }

    [Fact]
    public async Task An_image_that_the_registry_does_not_have_is_told()
    {
        var e = await Assert.ThrowsAsync<PackException>(() => CopyAsync(new Reference(Proxy.Host, Team, Tag.Parse("none")), Proxy.Host));

        Assert.Contains($"{Proxy.Host} has no team/app at none", e.Message, StringComparison.Ordinal);
    }

    private async Task<Digest> CopyAsync(Reference image, RegistryHost to, string tag = "1")
    {
        using var from = new RegistryClient(image.Registry, AnonymousCredentialSource.Instance);
        using var client = new RegistryClient(to, AnonymousCredentialSource.Instance);
        var target = new Reference(to, Team, Tag.Parse(tag));
        using var source = new RegistryImageSource(image, target, from, _directory.FullPath);
        return await new RegistryPush(target, client).PushAsync(source, target, Token);
    }

    private async Task<Digest> PushAsync(OciLayoutSource source, RepositoryName? repository = null)
    {
        using (source)
        {
            using var client = new RegistryClient(Proxy.Host, AnonymousCredentialSource.Instance);
            var target = new Reference(Proxy.Host, repository ?? Team, Tag.Parse("1"));
            return await new RegistryPush(target, client).PushAsync(source, target, Token);
        }
    }

    private async Task<Digest?> ServedAsync(RepositoryName repository, string tag = "1")
    {
        using var client = new RegistryClient(Proxy.Host, AnonymousCredentialSource.Instance);
        return (await client.GetManifestAsync(repository, ManifestReference.To(Tag.Parse(tag)), Token))?.Digest;
    }
}
