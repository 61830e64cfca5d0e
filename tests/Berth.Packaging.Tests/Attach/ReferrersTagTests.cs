using System.Collections.Concurrent;
using System.Text;
using System.Text.Json.Nodes;
using Berth.Oci;
using Berth.Oci.Client;
using Berth.Packaging.Attach;
using Berth.Packaging.Tests.Doctor;

namespace Berth.Packaging.Tests.Attach;

public sealed class ReferrersTagTests
{
    private const string Type = "application/vnd.example.note";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(DigestAlgorithm.Sha256, "sha256-2c26b46b68ffc68ff99b453c1d30413413422d706483bfa0f98a5e886266e7ae")]
    [InlineData(DigestAlgorithm.Sha512, "sha512-f7fbba6e0636f890e56fbbf3283e524c6fa3204ae298382d624741d0dc663832")]
    public void The_tag_is_the_digest_as_far_as_tags_may_be_long(DigestAlgorithm algorithm, string expected)
    {
        Assert.Equal(expected, ReferrersTag.NameFor(Digest.Of("foo"u8, algorithm)).ToString());
    }

    [Fact]
    public async Task What_others_wrote_into_the_list_stays_as_they_wrote_it()
    {
        await using var shelf = await Shelf.StartAsync(Shelf.Debian);
        var theirs = $$"""
            {"schemaVersion":2,"mediaType":"{{MediaTypes.OciIndex}}","annotations":{"of":"theirs"},"manifests":[
             {"mediaType":"{{shelf.Image.MediaType}}","digest":"{{shelf.Image.Digest}}","size":{{shelf.Image.Size}},"artifactType":"x/y",
              "platform":{"os":"linux","architecture":"amd64"},"data":"e30=","org.example":{"unknown":[1]} } ]}
            """;
        await shelf.Client.PutManifestAsync(
            shelf.Repository.Repository, ManifestReference.To(shelf.StandIn), MediaTypes.OciIndex, Encoding.UTF8.GetBytes(theirs), Token);
        var ours = await ArtifactAsync(shelf, "ours");

        await Stand(shelf).AddAsync(ours, Token);

        var list = await ListAsync(shelf);
        Assert.Equal("theirs", (string?)list["annotations"]!["of"]);
        var entries = list["manifests"]!.AsArray();
        Assert.True(JsonNode.DeepEquals(JsonNode.Parse(theirs)!["manifests"]![0], entries[0]), entries[0]!.ToJsonString());
        Assert.Equal((2, ours.Digest.ToString(), Type), (entries.Count, (string?)entries[1]!["digest"], (string?)entries[1]!["artifactType"]));
    }

    [Fact]
    public async Task Of_many_that_write_at_once_none_is_lost_where_the_registry_knows_conditions()
    {
        await using var shelf = await Shelf.StartAsync(Shelf.Berth);
        var artifacts = new List<Descriptor>();
        for (var i = 0; i < 5; i++)
            artifacts.Add(await ArtifactAsync(shelf, $"{i}"));

        await Task.WhenAll(artifacts.Select(one => Stand(shelf).AddAsync(one, Token)));

        var listed = await Stand(shelf).ListAsync(Type, Token);
        Assert.Equal(artifacts.Select(one => one.Digest.ToString()).Order(), listed.Select(one => one.Digest.ToString()).Order());
    }

    [Fact]
    public async Task A_lost_race_is_run_again_with_what_the_other_wrote()
    {
        var digest = Digest.Of("x"u8);
        var puts = new ConcurrentQueue<(string? Condition, string Body)>();
        var theirs = $$"""{"schemaVersion":2,"mediaType":"{{MediaTypes.OciIndex}}","manifests":[{"mediaType":"{{MediaTypes.OciManifest}}","digest":"{{Digest.Of("theirs"u8)}}","size":6}]}""";
        var stored = "";
        using var server = new ScriptedServer(request =>
        {
            if (request.HttpMethod != "PUT")
                return stored.Length == 0 ? new(404) : new(200, stored, MediaTypes.OciIndex, ("ETag", $"\"{stored.Length}\""));
            puts.Enqueue((request.Headers["If-None-Match"] ?? request.Headers["If-Match"], new StreamReader(request.InputStream).ReadToEnd()));
            if (puts.Count == 1)
            {
                stored = theirs;
                return new(412);
            }

            stored = puts.Last().Body;
            return new(201);
        });
        using var client = new RegistryClient(server.Host, AnonymousCredentialSource.Instance);

        await new ReferrersTag(client, RepositoryName.Parse("team/a"), Digest.Of("image"u8))
            .AddAsync(new Descriptor(MediaTypes.OciManifest, digest, 1) { ArtifactType = Type }, Token);

        Assert.Equal(["*", $"\"{theirs.Length}\""], puts.Select(put => put.Condition));
        Assert.Contains(Digest.Of("theirs"u8).ToString(), stored, StringComparison.Ordinal);
        Assert.Contains(digest.ToString(), stored, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_registry_without_conditions_that_forgets_the_entry_again_is_given_up_after_a_while()
    {
        var puts = 0;
        using var server = new ScriptedServer(request =>
        {
            if (request.HttpMethod != "PUT")
                return new(404);
            puts++;
            return new(201);
        });
        using var client = new RegistryClient(server.Host, AnonymousCredentialSource.Instance);

        var e = await Assert.ThrowsAsync<RegistryException>(() => new ReferrersTag(client, RepositoryName.Parse("team/a"), Digest.Of("image"u8))
            .AddAsync(new Descriptor(MediaTypes.OciManifest, Digest.Of("x"u8), 1), Token));

        Assert.Contains("is changed by others all the time", e.Message, StringComparison.Ordinal);
        Assert.Equal(8, puts);
    }

    private static ReferrersTag Stand(Shelf shelf) => new(shelf.Client, shelf.Repository.Repository, shelf.Image.Digest);

    private static async Task<Descriptor> ArtifactAsync(Shelf shelf, string content)
    {
        var image = await SmallImage.PushAsync(shelf.Client, shelf.Repository.Repository, $"note-{content}", layer: content);
        return image with { ArtifactType = Type };
    }

    private static async Task<JsonNode> ListAsync(Shelf shelf)
    {
        var stored = await shelf.Client.GetManifestAsync(shelf.Repository.Repository, ManifestReference.To(shelf.StandIn), Token);
        return JsonNode.Parse(stored!.Bytes.Span)!;
    }
}
