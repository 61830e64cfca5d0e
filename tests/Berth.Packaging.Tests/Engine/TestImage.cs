using System.Text.Json.Nodes;
using Berth.Oci;
using Berth.Packaging.Engine;

namespace Berth.Packaging.Tests.Engine;

/// <summary>An image of one layer as <c>docker save</c> would write it: no builder and no base image are needed, and any platform can be claimed.</summary>
internal static class TestImage
{
    private const UnixFileMode Readable = (UnixFileMode)0b110_100_100;

    /// <param name="platform">Operating system and architecture.</param>
    public static Task<MemoryStream> ArchiveAsync(string name, byte[] layer, string[] platform, string[] entrypoint, string? user)
    {
        var config = new JsonObject
        {
            ["os"] = platform[0],
            ["architecture"] = platform[1],
            ["config"] = new JsonObject { ["Entrypoint"] = Strings(entrypoint), ["User"] = user ?? "" },
            ["rootfs"] = new JsonObject { ["type"] = "layers", ["diff_ids"] = Strings(Digest.Of(layer).ToString()) },
        };
        var manifest = new JsonArray(
            new JsonObject { ["Config"] = "config.json", ["RepoTags"] = Strings(name), ["Layers"] = Strings("layer/layer.tar") });
        ContainerFile[] files = [File("config.json", config), File("manifest.json", manifest), new("layer/layer.tar", layer, Readable)];
        return ContainerArchive.CreateAsync(files, TimeProvider.System, CancellationToken.None);
    }

    private static JsonArray Strings(params string[] values) => [.. values.Select(value => JsonValue.Create(value))];

    private static ContainerFile File(string path, JsonNode json) => new(path, System.Text.Encoding.UTF8.GetBytes(json.ToJsonString()), Readable);
}
