using System.Net;
using Berth.Registry.Manifests;

namespace Berth.Registry.Tests.Protocol.Push;

/// <summary>Manifests that name what the repository has not, as the operator's setting has it.</summary>
public sealed class SparseManifestsTests
{
    [Fact]
    public async Task A_manifest_of_which_a_part_is_here_is_stored_and_the_answer_warns_of_the_rest()
    {
        await using var registry = await SparseRegistry.StartAsync(SparseManifests.Accepted);
        await registry.PushAsync("config", "here");

        using var pushed = await registry.PutImageAsync("v1", "here", "away");

        Assert.Equal(HttpStatusCode.Created, pushed.StatusCode);
        var warning = Assert.Single(pushed.Headers.GetValues("Warning"));
        Assert.Matches($"^299 - \".*1 of what it names.*{SparseRegistry.DigestOf("away")}.*\"$", warning);
        Assert.InRange(warning.Length, 1, 4096);
        Assert.Equal(HttpStatusCode.OK, await registry.StatusAsync("GET", "manifests/v1"));
        Assert.Contains(registry.LogLines, line => line.StartsWith("Warning sparse@sha256:", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Of_several_warnings_none_is_for_a_manifest_that_is_here_whole()
    {
        await using var registry = await SparseRegistry.StartAsync(SparseManifests.Accepted);
        await registry.PushAsync("config", "here");

        using var pushed = await registry.PutImageAsync("v1", "here");

        Assert.Equal(HttpStatusCode.Created, pushed.StatusCode);
        Assert.False(pushed.Headers.Contains("Warning"));
    }

    [Theory]
    [InlineData(SparseManifests.Accepted, "config", 2)]
    [InlineData(SparseManifests.Accepted, "here", 2)]
    [InlineData(SparseManifests.Accepted, null, 3)]
    [InlineData(SparseManifests.Refused, "config here", 1)]
    [InlineData(SparseManifests.Indexes, "config here", 1)]
    public async Task An_image_that_is_hollow_or_that_the_setting_refuses_names_each_blob_it_lacks(SparseManifests setting, string? here, int missing)
    {
        await using var registry = await SparseRegistry.StartAsync(setting);
        await registry.PushAsync(here?.Split(' ') ?? []);

        using var pushed = await registry.PutImageAsync("v1", "here", "away");

        Assert.Equal(HttpStatusCode.BadRequest, pushed.StatusCode);
        var answer = await pushed.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        Assert.Equal(missing, answer.Split("MANIFEST_BLOB_UNKNOWN").Length - 1);
        Assert.Equal(HttpStatusCode.NotFound, await registry.StatusAsync("GET", "manifests/v1"));
    }

    [Fact]
    public async Task What_arrives_later_is_kept_by_the_manifest_that_waited_for_it()
    {
        await using var registry = await SparseRegistry.StartAsync(SparseManifests.Accepted);
        await registry.PushAsync("config", "here");
        using var pushed = await registry.PutImageAsync("v1", "here", "away");
        await registry.PushAsync("away");

        Assert.Equal(HttpStatusCode.MethodNotAllowed, await registry.StatusAsync("DELETE", $"blobs/{SparseRegistry.DigestOf("away")}"));
        Assert.Equal(HttpStatusCode.OK, await registry.StatusAsync("GET", $"blobs/{SparseRegistry.DigestOf("away")}"));
    }
}
