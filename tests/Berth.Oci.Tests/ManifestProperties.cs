using System.Diagnostics;
using System.Globalization;
using System.Text;
using CsCheck;

namespace Berth.Oci.Tests;

/// <summary>Manifests at random: each is taken or refused with a reason, and nothing is read that is not there.</summary>
/// <remarks>With <c>BERTH_FUZZ_SECONDS</c> in the environment each property looks for that long. A failure prints its seed.</remarks>
public sealed class ManifestProperties
{
    private static readonly int Seconds =
        int.TryParse(Environment.GetEnvironmentVariable("BERTH_FUZZ_SECONDS"), NumberStyles.None, CultureInfo.InvariantCulture, out var seconds) ? seconds : -1;

    private static readonly byte[] Valid = Encoding.UTF8.GetBytes($$$"""
        {"schemaVersion":2,"mediaType":"{{{MediaTypes.OciManifest}}}","config":{"mediaType":"a/b","digest":"{{{Digest.Of([])}}}","size":1,"platform":{"os":"l"},"urls":["u"]},
         "layers":[{"mediaType":"c/d","digest":"{{{Digest.Of([], DigestAlgorithm.Sha512)}}}","size":0,"annotations":{"k":"v"}}],"annotations":{"k":"v"}}
        """);

    private static readonly Gen<string> Name = Gen.OneOf(
        "schemaVersion", "mediaType", "artifactType", "config", "layers", "manifests", "subject", "annotations", "digest", "size", "urls", "platform", "data", "x", "", "\\u0000", "\\ud83d\\ude00");

    private static readonly Gen<string> Leaf = Gen.OneOf(
        Gen.OneOf(
            "null", "true", "0", "1", "2", "-1", "1.5", "1e2", "1e400", "9223372036854775807", "9223372036854775808", "\"\"", "\"\\ud800\"", "\"\\u0000\"", "\"a/b\"", "{}", "[]",
            $"\"{MediaTypes.OciManifest}\"", $"\"{MediaTypes.OciIndex}\"", $"\"{MediaTypes.DockerSchema1}\"", $"\"{Digest.Of([])}\"", "\"sha256:short\""),
        Gen.Char['a', 'z'].Array[0, 8].Select(chars => $"\"{new string(chars)}\""));

    /// <summary>JSON of the members that matter, each with a value that may be of any type, and some of them twice.</summary>
    private static readonly Gen<string> Json = Gen.Recursive<string>((depth, self) =>
        depth > 6 ? Leaf : Gen.Frequency(
            (3, Leaf),
            (2, Gen.Select(Name, self, (name, value) => $"\"{name}\":{value}").Array[0, 6].Select(members => $"{{{string.Join(',', members)}}}")),
            (1, self.Array[0, 3].Select(items => $"[{string.Join(',', items)}]"))));

    [Fact]
    public void Any_json_is_taken_or_refused_with_a_reason() => Gen.Select(
        Gen.Select(Name, Json, (name, value) => $"\"{name}\":{value}").Array[0, 8].Select(members => $"{{{string.Join(',', members)}}}"),
        Gen.OneOf(null, MediaTypes.OciManifest, MediaTypes.OciIndex, MediaTypes.DockerManifest, "a/b", ""))
        .Sample((json, type) => AssertTakenOrRefused(Encoding.UTF8.GetBytes(json), type), iter: 10_000, time: Seconds);

    [Fact]
    public void Damaged_manifests_never_throw() =>
        Gen.Select(Gen.Int[0, Valid.Length - 1], Gen.Byte, Gen.Int[0, Valid.Length - 1], Gen.Byte).Sample(
        (first, one, second, two) =>
        {
            var damaged = (byte[])Valid.Clone();
            (damaged[first], damaged[second]) = (one, two);
            AssertTakenOrRefused(damaged, null);
        },
        iter: 10_000,
        time: Seconds);

    [Fact]
    public void Any_bytes_are_taken_or_refused_with_a_reason() =>
        Gen.Byte.Array[0, 100].Sample(bytes => AssertTakenOrRefused(bytes, null), iter: 10_000, time: Seconds);

    [Theory]
    [InlineData("\uFEFF{\"schemaVersion\":2,\"manifests\":[]}")]
    [InlineData("{\"schemaVersion\":2,\"manifests\":[],\"artifactType\":\"\\ud800\"}")]
    [InlineData("{\"schemaVersion\":2,\"manifests\":[],\"annotations\":{\"\\ud800\":\"x\"}}")]
    [InlineData("{\"schemaVersion\":2,\"manifests\":[],\"\\ud800\":1}")]
    [InlineData("{\"schemaVersion\":1e400,\"manifests\":[]}")]
    [InlineData("{\"schemaVersion\":2,\"manifests\":[],\"manifests\":[]}")]
    [InlineData("{\"schemaVersion\":2,\"manifests\":[],\"annotations\":{\"a\":null,\"a\":null}}")]
    public void What_was_thought_to_break_it_once_is_refused(string json) =>
        AssertTakenOrRefused(Encoding.UTF8.GetBytes(json), MediaTypes.OciIndex);

    /// <summary>Found at random: the path of what is wrong goes through names that the sender chose.</summary>
    [Theory]
    [InlineData("line\\nbreak")]
    [InlineData("\\u001b[31m")]
    public void A_problem_is_one_line_whatever_the_names_in_the_manifest_are(string name)
    {
        var json = $"{{\"schemaVersion\":2,\"manifests\":[],\"annotations\":{{\"{name}\":1}}}}";
        Assert.False(Manifest.TryParse(Encoding.UTF8.GetBytes(json), null, out _, out var problem));
        Assert.DoesNotContain(problem, char.IsControl);
    }

    [Fact]
    public void A_problem_is_short_however_long_the_names_in_the_manifest_are()
    {
        var json = $"{{\"schemaVersion\":2,\"manifests\":[],\"annotations\":{{\"{new string('x', 1_000_000)}\":1}}}}";
        Assert.False(Manifest.TryParse(Encoding.UTF8.GetBytes(json), null, out _, out var problem));
        Assert.InRange(problem.Length, 1, 300);
    }

    [Theory]
    [InlineData("[")]
    [InlineData("{\"a\":")]
    [InlineData("{\"manifests\":[")]
    [InlineData("\\u")]
    [InlineData(" ")]
    [InlineData("1")]
    public void Time_to_refuse_grows_with_the_length_at_most(string piece)
    {
        var hostile = Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat(piece, Manifest.MaxBytes / piece.Length)));
        var (clock, before) = (Stopwatch.StartNew(), GC.GetAllocatedBytesForCurrentThread());

        Assert.False(Manifest.TryParse(hostile, null, out _, out _));

        Assert.True(clock.Elapsed < TimeSpan.FromSeconds(5), $"{clock.Elapsed} for 4 MiB");
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 16 * Manifest.MaxBytes);
    }

    private static void AssertTakenOrRefused(byte[] bytes, string? contentType)
    {
        var taken = Manifest.TryParse(bytes, contentType, out var manifest, out var problem);
        Assert.Equal(taken, problem is null);
        Assert.Equal(taken, manifest is not null);
        if (manifest is null)
        {
            Assert.DoesNotContain(problem!, char.IsControl);
            return;
        }

        Assert.True(MediaTypes.IsIndex(manifest.MediaType) || MediaTypes.IsImageManifest(manifest.MediaType));
        Assert.Equal(manifest.IsIndex, manifest.Config is null);
        Assert.All(
            manifest.Layers.Concat(manifest.Manifests), descriptor => Assert.True(descriptor is { MediaType.Length: > 0, Size: >= 0 }));
    }
}
