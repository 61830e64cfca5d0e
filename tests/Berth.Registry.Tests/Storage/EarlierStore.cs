using Berth.Oci;
using Berth.Registry.Tests.Api;

namespace Berth.Registry.Tests.Storage;

/// <summary>
/// Stores that were written by the Berth of their time through its API: two images, an index of both, a referrer and a repository with a
/// mounted blob; since schema 2 also an image that lacks a layer. The user "pusher" may push.
/// </summary>
internal static class EarlierStore
{
    public const int Newest = 2;
    public const string Repository = "packs/adapter";
    public const string Copy = "packs/copy";
    public const string Sparse = "sparse";
    public const string LateLayer = "late layer";

    public static TheoryData<int> Schemas => [.. Enumerable.Range(1, Newest)];

    public static IReadOnlyList<string> Blobs { get; } = ["{}", "first layer", "second layer", "signature"];

    /// <summary>Bytes by reference, as they were pushed.</summary>
    public static Dictionary<string, string> Manifests()
    {
        var (first, second) = (RegistryTest.Image("{}", "first layer"), RegistryTest.Image("{}", "first layer", "second layer"));
        var index = $$"""{"schemaVersion":2,"mediaType":"{{MediaTypes.OciIndex}}","manifests":[{{Manifest(first)}},{{Manifest(second)}}]}""";
        var referrer = "{\"schemaVersion\":2,\"mediaType\":\"" + MediaTypes.OciManifest + "\",\"artifactType\":\"application/vnd.test.signature\",\"config\":"
            + RegistryTest.Blob("{}") + ",\"layers\":[" + RegistryTest.Blob("signature") + "],\"subject\":" + Manifest(first) + "}";
        return new() { ["1.0"] = first, ["2.0"] = second, ["latest"] = index, [RegistryTest.DigestOf(referrer).ToString()] = referrer };
    }

    public static void CopyTo(int schema, string directory)
    {
        var source = Path.Combine(AppContext.BaseDirectory, "Storage", "Fixtures", $"schema-{schema}");
        foreach (var file in Directory.EnumerateFiles(source, "*", SearchOption.AllDirectories))
        {
            var target = Path.Combine(directory, Path.GetRelativePath(source, file));
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            File.Copy(file, target);
        }
    }

    private static string Manifest(string bytes) =>
        $$"""{"mediaType":"{{MediaTypes.OciManifest}}","digest":"{{RegistryTest.DigestOf(bytes)}}","size":{{bytes.Length}}}""";
}
