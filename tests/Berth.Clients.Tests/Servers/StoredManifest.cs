using System.Text.Json;
using Berth.Chain.Tests.Registry;

namespace Berth.Clients.Tests.Servers;

/// <summary>A manifest as the registry serves it, all that it names included.</summary>
internal sealed record StoredManifest(string Digest, JsonElement Json)
{
    public static async Task<StoredManifest> ReadAsync(Site site, string repository, string reference)
    {
        var bytes = await site.Http.FetchAsync($"/v2/{repository}/manifests/{reference}");
        Assert.True(bytes is not null, $"the registry has no {repository} {reference}");
        var stored = new StoredManifest(Sha256.Of(bytes), JsonElement.Parse(bytes));
        foreach (var child in stored.Digests("manifests"))
            await ReadAsync(site, repository, child);
        foreach (var blob in stored.Digests("layers").Concat(stored.Digests("config")))
            Assert.Equal(blob, Sha256.Of(await site.Http.FetchAsync($"/v2/{repository}/blobs/{blob}")));
        return stored;
    }

    /// <summary>Of the member's descriptors, of which there may be one, several or none.</summary>
    public IReadOnlyList<string> Digests(string member) => !Json.TryGetProperty(member, out var value)
        ? []
        : value.ValueKind == JsonValueKind.Array
            ? [.. value.EnumerateArray().Select(DigestOf)]
            : [DigestOf(value)];

    private static string DigestOf(JsonElement descriptor) => descriptor.GetProperty("digest").GetString()!;
}
