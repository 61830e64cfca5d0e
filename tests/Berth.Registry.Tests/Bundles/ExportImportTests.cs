using System.IO.Compression;
using System.Net;
using System.Text;
using Berth.Oci;
using Berth.Registry.Tests.Api;

namespace Berth.Registry.Tests.Bundles;

/// <summary>From one registry to another that has no way to it, in files.</summary>
public sealed class ExportImportTests : BundledRegistry
{
    [Fact]
    public async Task What_was_exported_is_served_on_the_other_side_byte_for_byte_with_tags_and_referrers()
    {
        var image = await PushImageAsync("1.0", "layer");
        var signature = await PushReferrerAsync(DigestOf(image), "signature");

        var exported = await ExportWellAsync(Bundle);
        var imported = await ImportWellAsync(Bundle);

        Assert.Equal((2, 1, exported.Bundle), (imported.NewManifests, imported.MovedTags, imported.Bundle));
        await using var other = await ServedDirectory.StartAsync(Other);
        Assert.Equal(image, await other.GetAsync($"/v2/{Repository}/manifests/1.0"));
        Assert.Equal(image, await other.GetAsync($"/v2/{Repository}/manifests/{DigestOf(image)}"));
        Assert.Equal("layer", await other.GetAsync($"/v2/{Repository}/blobs/{DigestOf("layer")}"));
        Assert.Contains(DigestOf(signature).ToString(), await other.GetAsync($"/v2/{Repository}/referrers/{DigestOf(image)}"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_same_content_gives_the_same_bundle_and_importing_it_twice_changes_nothing()
    {
        await PushImageAsync("1.0", "layer");
        await ExportWellAsync(Bundle);
        await ExportWellAsync(Second);

        Assert.Equal(await File.ReadAllBytesAsync(Bundle, Cancelled), await File.ReadAllBytesAsync(Second, Cancelled));
        await ImportWellAsync(Bundle);
        var before = Visible();
        var again = await ImportWellAsync(Second);

        Assert.Equal((0, 0, 0L, 0), (again.NewManifests, again.NewBlobs, again.NewBytes, again.MovedTags));
        Assert.Equal(before, Visible());
    }

    [Fact]
    public async Task One_tag_takes_its_image_along_and_no_other()
    {
        var first = await PushImageAsync("1.0", "first");
        await PushImageAsync("2.0", "second");

        var exported = await ExportWellAsync(Bundle, $"{Repository}:1.0");
        await ImportWellAsync(Bundle);

        Assert.Equal((1, 1), (exported.Manifests, exported.Tags));
        await using var other = await ServedDirectory.StartAsync(Other);
        Assert.Equal(first, await other.GetAsync($"/v2/{Repository}/manifests/1.0"));
        await other.AssertAnswersAsync(HttpStatusCode.NotFound, "GET", $"/v2/{Repository}/manifests/2.0");
        await other.AssertAnswersAsync(HttpStatusCode.NotFound, "GET", $"/v2/{Repository}/blobs/{DigestOf("second")}");
    }

    [Fact]
    public async Task An_index_comes_with_all_that_it_lists()
    {
        var child = await PushImageAsync("child", "layer");
        var index = $$"""{"schemaVersion":2,"mediaType":"{{MediaTypes.OciIndex}}","manifests":[{"mediaType":"{{MediaTypes.OciManifest}}","digest":"{{DigestOf(child)}}","size":{{child.Length}}}]}""";
        await PutAsync("all", index, MediaTypes.OciIndex);

        var exported = await ExportWellAsync(Bundle, $"{Repository}@{DigestOf(index)}");
        await ImportWellAsync(Bundle);

        Assert.Equal((2, 2), (exported.Manifests, exported.Tags));
        await using var other = await ServedDirectory.StartAsync(Other);
        Assert.Equal(index, await other.GetAsync($"/v2/{Repository}/manifests/all"));
        Assert.Equal(child, await other.GetAsync($"/v2/{Repository}/manifests/{DigestOf(child)}"));
    }

    [Fact]
    public async Task A_differential_bundle_carries_only_what_is_new_and_needs_the_first()
    {
        await PushImageAsync("1.0", "base layer, carried once");
        var first = await ExportWellAsync(Bundle);
        var image = await PushLayersAsync("2.0", "base layer, carried once", "new");
        var second = await ExportWellAsync(Second, "--since", Bundle);

        Assert.Equal([first.Bundle], second.BuildsOn);
        var bytes = await File.ReadAllTextAsync(Second, Cancelled);
        Assert.DoesNotContain("base layer, carried once", bytes, StringComparison.Ordinal);
        var refused = await ImportAsync(Second);
        Assert.Equal(1, refused.ExitCode);
        Assert.Contains($"It builds on the bundle {first.Bundle}: import that one first.", refused.Error, StringComparison.Ordinal);
        Assert.Contains(DigestOf("base layer, carried once").ToString(), refused.Error, StringComparison.Ordinal);
        Assert.Equal((0L, 0L, 0L), Visible());

        await ImportWellAsync(Bundle);
        await ImportWellAsync(Second);

        await using var other = await ServedDirectory.StartAsync(Other);
        Assert.Equal(image, await other.GetAsync($"/v2/{Repository}/manifests/2.0"));
        Assert.Equal("new", await other.GetAsync($"/v2/{Repository}/blobs/{DigestOf("new")}"));
    }

    [Fact]
    public async Task A_management_pack_is_taken_along_and_written_out_again()
    {
        var image = await PushImageAsync("1.0", "layer");
        var pak = PathOf("Mine_1.0.0.pak");
        await File.WriteAllBytesAsync(pak, Pak($"REGISTRY=registry.example\nREPOSITORY=/{Repository}\nDIGEST={DigestOf(image)}\n"), Cancelled);

        await ExportWellAsync(Bundle, "--pak", pak);
        var imported = await ImportWellAsync(Bundle, "--paks", Paks);

        Assert.Equal([Path.Combine(Paks, "Mine_1.0.0.pak")], imported.Paks);
        Assert.Equal(await File.ReadAllBytesAsync(pak, Cancelled), await File.ReadAllBytesAsync(imported.Paks[0], Cancelled));
        Assert.Equal(1, imported.NewManifests);
    }

    [Fact]
    public async Task A_management_pack_whose_image_is_not_here_is_refused_and_leaves_no_file()
    {
        var pak = PathOf("Mine_1.0.0.pak");
        await PushImageAsync("1.0", "layer");
        await File.WriteAllBytesAsync(pak, Pak($"REPOSITORY=/{Repository}\nDIGEST={DigestOf("nothing")}\n"), Cancelled);

        (await ExportAsync(Bundle, "--pak", pak)).AssertFailed(1, "is not in this registry");

        Assert.False(File.Exists(Bundle));
        (await ExportAsync(Bundle, "--pak", Bundle)).AssertFailed(1, "is no management pack");
        (await ExportAsync(Bundle, "no/such")).AssertFailed(1, "there is no repository no/such");
        (await ExportAsync(Bundle, $"{Repository}:none")).AssertFailed(1, "there is no none in");
    }

    private async Task<string> PushReferrerAsync(Digest subject, string content)
    {
        await PushBlobAsync(content);
        var manifest = $$"""
            {"schemaVersion":2,"mediaType":"{{MediaTypes.OciManifest}}","artifactType":"application/vnd.example.signature","config":{{Blob(content)}},
            "layers":[{{Blob(content)}}],"subject":{"mediaType":"{{MediaTypes.OciManifest}}","digest":"{{subject}}","size":1} }
            """;
        await PutAsync(DigestOf(manifest).ToString(), manifest, MediaTypes.OciManifest);
        return manifest;
    }

    private async Task PutAsync(string reference, string manifest, string type)
    {
        using var pushed = await PutManifestAsync(reference, manifest, type: type);
        Assert.Equal(HttpStatusCode.Created, pushed.StatusCode);
    }

    private static byte[] Pak(string conf) => Zip("adapter.zip", Zip("Mine.conf", Encoding.ASCII.GetBytes(conf)));

    private static byte[] Zip(string name, byte[] content)
    {
        using var bytes = new MemoryStream();
        using (var archive = new ZipArchive(bytes, ZipArchiveMode.Create, leaveOpen: true))
        using (var entry = archive.CreateEntry(name).Open())
            entry.Write(content);
        return bytes.ToArray();
    }
}
