using System.Text;
using Berth.Chain.Tests.Running;
using Berth.Clients.Tests.Clients;
using Berth.Oci;
using Berth.Oci.Client;
using Berth.Packaging.Attach;
using Berth.Packaging.Conf;
using Berth.Packaging.Tests.Doctor;
using Berth.Packaging.Tests.Pak;

namespace Berth.Packaging.Tests.Attach;

public sealed class PakAttachmentTests : IDisposable
{
    private const string Name = "MyAdapter_1.2.3.pak";

    private readonly TempDirectory _directory = new();
    private readonly string _pak;

    public PakAttachmentTests() => _pak = _directory.Write(Name, "the bytes of a pak");

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => _directory.Dispose();

    [Theory]
    [InlineData(Shelf.Berth)]
    [InlineData(Shelf.Debian)]
    public async Task A_pak_is_stored_as_an_artifact_that_refers_to_its_image(string kind)
    {
        await using var shelf = await Shelf.StartAsync(kind);

        var result = await StoreAsync(shelf);

        Assert.Equal((true, null), (result.IsNew, result.Note));
        var listed = Assert.Single(await shelf.ReferrersAsync(PakAttachment.ArtifactType));
        Assert.Equal(result.Digest, listed.Digest);
        Assert.Equal("MyAdapter", listed.Annotations![PakAttachment.KindAnnotation]);
        var artifact = await shelf.GetAsync(listed.Digest);
        Assert.Equal((PakAttachment.ArtifactType, MediaTypes.OciManifest), (artifact.ArtifactType, artifact.MediaType));
        Assert.Equal(new Descriptor(shelf.Image.MediaType, shelf.Image.Digest, shelf.Image.Size), artifact.Subject);
        Assert.Equal((MediaTypes.OciEmpty, 2L), (artifact.Config!.MediaType, artifact.Config.Size));
        var layer = Assert.Single(artifact.Layers);
        Assert.Equal((PakAttachment.LayerType, Name), (layer.MediaType, layer.Annotations!["org.opencontainers.image.title"]));
        Assert.Equal("the bytes of a pak", Encoding.UTF8.GetString(await shelf.ReadAsync(layer)));
        Assert.Equal(
            new Dictionary<string, string>
            {
                [PakAttachment.KindAnnotation] = "MyAdapter",
                [PakAttachment.PullAnnotation] = $"pull.example/proj/a@{shelf.Image.Digest}",
                [PakAttachment.VersionAnnotation] = "1.2.3",
            },
            artifact.Annotations);
    }

    [Theory]
    [InlineData(Shelf.Berth)]
    [InlineData(Shelf.Debian)]
    public async Task The_same_pak_is_not_stored_again_and_another_is_stored_beside_it(string kind)
    {
        await using var shelf = await Shelf.StartAsync(kind);
        var first = await StoreAsync(shelf);
        var index = kind == Shelf.Debian ? await shelf.Client.HeadManifestAsync(shelf.Repository.Repository, ManifestReference.To(shelf.StandIn), Token) : null;

        var again = await StoreAsync(shelf);

        Assert.Equal((first.Digest, false, null), (again.Digest, again.IsNew, again.Note));
        if (index is not null)
            Assert.Equal(index, await shelf.Client.HeadManifestAsync(shelf.Repository.Repository, ManifestReference.To(shelf.StandIn), Token));
        await File.WriteAllTextAsync(_pak, "another", Token);
        Assert.True((await StoreAsync(shelf)).IsNew);
        Assert.Equal(2, (await shelf.ReferrersAsync(PakAttachment.ArtifactType)).Count);
    }

    [Fact]
    public async Task Only_SOURCE_DATE_EPOCH_gives_the_artifact_a_time()
    {
        await using var shelf = await Shelf.StartAsync(Shelf.Debian);

        var result = await StoreAsync(shelf, "1700000000");

        Assert.Equal("2023-11-14T22:13:20Z", (await shelf.GetAsync(result.Digest!.Value)).Annotations["org.opencontainers.image.created"]);
    }

    [Theory]
    [InlineData(Shelf.Berth)]
    [InlineData(Shelf.Debian)]
    public async Task Oras_finds_the_pak_beside_the_image_and_downloads_it(string kind)
    {
        await using var shelf = await Shelf.StartAsync(kind);
        var stored = await StoreAsync(shelf);
        var image = shelf.Repository.At(shelf.Image.Digest).ToString();

        var found = await Oras("discover", "--plain-http", "--artifact-type", PakAttachment.ArtifactType, "--format", "json", image);
        await Oras("pull", "--plain-http", "--output", _directory.Path("pulled"), shelf.Repository.At(stored.Digest!.Value).ToString());

        Assert.Contains(stored.Digest.ToString()!, found.Output, StringComparison.Ordinal);
        Assert.Equal("the bytes of a pak", await File.ReadAllTextAsync(_directory.Path($"pulled/{Name}"), Token));
    }

    [Fact]
    public async Task A_registry_that_does_not_take_artifacts_is_a_note_and_no_failure()
    {
        using var fake = new ScriptedServer(request => request.HttpMethod switch
        {
            "HEAD" when request.Url!.AbsolutePath.Contains("/blobs/", StringComparison.Ordinal) =>
                new(200, Headers: [("Content-Length", "2")]),
            "GET" or "HEAD" when request.Url!.AbsolutePath.EndsWith(Image().Digest.ToString(), StringComparison.Ordinal) =>
                new(200, "{}", MediaTypes.OciManifest, ("Docker-Content-Digest", $"{Image().Digest}")),
            "GET" or "HEAD" => new(404),
            "POST" => new(202, Headers: [("Location", "/v2/u")]),
            "PUT" when request.Url!.AbsolutePath == "/v2/u" => new(201),
            _ => new(400, """{"errors":[{"code":"MANIFEST_INVALID","message":"artifactType is not known"}]}"""),
        });
        using var client = new RegistryClient(fake.Host, AnonymousCredentialSource.Instance);

        var result = await new PakAttachment(fake.Repository("team/a"), client).StoreAsync(_pak, Conf(Image().Digest), "1.2.3", null, Token);

        Assert.Null(result.Digest);
        Assert.StartsWith("the pak is written, but not stored in the registry beside its image (--no-attach does not try)", result.Note, StringComparison.Ordinal);
        Assert.Contains("artifactType is not known", result.Note, StringComparison.Ordinal);

        static Descriptor Image() => new(MediaTypes.OciManifest, Digest.Of("{}"u8), 2);
    }

    [Fact]
    public async Task A_tag_in_place_of_the_list_that_is_an_image_is_left_alone()
    {
        await using var shelf = await Shelf.StartAsync(Shelf.Debian);
        await SmallImage.PushAsync(shelf.Client, shelf.Repository.Repository, shelf.StandIn.ToString(), layer: "not a list");

        var result = await StoreAsync(shelf);

        Assert.Contains("is no list of what belongs to the image, and is left as it is", result.Note, StringComparison.Ordinal);
        Assert.False((await shelf.GetAsync(ManifestReference.To(shelf.StandIn))).IsIndex);
    }

    [Fact]
    public async Task A_pak_without_a_registry_names_the_path_alone()
    {
        await using var shelf = await Shelf.StartAsync(Shelf.Debian);

        var result = await new PakAttachment(shelf.Repository, shelf.Client)
            .StoreAsync(_pak, Conf(shelf.Image.Digest) with { Registry = null }, "1.2.3", null, Token);

        Assert.Equal($"/proj/a@{shelf.Image.Digest}", (await shelf.GetAsync(result.Digest!.Value)).Annotations[PakAttachment.PullAnnotation]);
    }

    private Task<AttachResult> StoreAsync(Shelf shelf, string? epoch = null) =>
        new PakAttachment(shelf.Repository, shelf.Client).StoreAsync(_pak, Conf(shelf.Image.Digest), "1.2.3", epoch, Token);

    private static ConfFile Conf(Digest digest)
    {
        Assert.True(ConfFile.TryParse(Encoding.UTF8.GetBytes(TestPak.Conf), out var conf, out _));
        return conf with { Registry = RegistryHost.Parse("pull.example"), Digest = digest };
    }

    private Task<CommandResult> Oras(params string[] arguments) =>
        new Command(Programs.Find("oras"), arguments).With("HOME", _directory.FullPath).With("DOCKER_CONFIG", _directory.FullPath).SucceedAsync();
}
