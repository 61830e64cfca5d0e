using CsCheck;

namespace Berth.Registry.Tests.Fuzzing;

/// <summary>Manifests that were right once.</summary>
internal static class ManifestSoup
{
    private const string Braces = "\"digest\":\"sha256:44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a\",\"size\":2";

    private static readonly Gen<string> Whole = Gen.OneOf(
        $$$"""{"schemaVersion":2,"mediaType":"application/vnd.oci.image.manifest.v1+json","config":{"mediaType":"a/b",{{{Braces}}}},"layers":[]}""",
        $$$"""{"schemaVersion":2,"artifactType":"a/b","config":{"mediaType":"a/b",{{{Braces}}}},"layers":[{"mediaType":"a/b",{{{Braces}}},"urls":["u"]}]}""",
        """{"schemaVersion":2,"mediaType":"application/vnd.oci.image.index.v1+json","manifests":[]}""",
        $$$"""{"schemaVersion":2,"manifests":[],"subject":{"mediaType":"a/b",{{{Braces}}}},"annotations":{"org.example":"x"}}""");

    /// <summary>What to put in the place of some characters. One character is one byte.</summary>
    private static readonly Gen<string> Splinter = Gen.OneOf(
        Gen.OneOf(
            "", "null", "-1", "1e400", "99999999999999999999", "1.0", "\"\\ud800\"", "\"\\u0000\"", "\u00ef\u00bb\u00bf", "\u00ff\u00fe", "\u00c3\u0028", "{", "}",
            "[[[[", "\"", ",",
            "\"schemaVersion\":2,", "\"manifests\":[null],", "\"annotations\":{\"a\":null},", "\"subject\":[],", new string('[', 1000), "/* */", "\0"),
        Soup.Garbage);

    /// <summary>Up to three places are damaged.</summary>
    public static Gen<string> Text { get; } = Gen.Select(
        Whole,
        Gen.Select(Gen.Int[0, 400], Gen.Int[0, 12], Splinter).Array[0, 3],
        (text, damages) => damages.Aggregate(text, (whole, damage) => Damage(whole, damage.Item1, damage.Item2, damage.Item3)));

    /// <summary>Puts a splinter in the place of some characters.</summary>
    public static string Damage(string text, int at, int length, string splinter)
    {
        at = Math.Min(at, text.Length);
        return string.Concat(text.AsSpan(0, at), splinter, text.AsSpan(Math.Min(at + length, text.Length)));
    }
}
