using System.Diagnostics;
using Berth.Oci.Client;
using CsCheck;

namespace Berth.Oci.Tests;

/// <summary>What holds for every text, not only for those somebody thought of.</summary>
public sealed class ParsingProperties
{
    private static readonly Gen<string> Alphanumeric = Gen.Char["abcxyz0189"].Array[1, 6].Select(chars => new string(chars));
    private static readonly Gen<string> Separator = Gen.OneOf(".", "_", "__", "-", "--", "-----");

    private static readonly Gen<string> Component =
        Gen.Select(Alphanumeric, Gen.Select(Separator, Alphanumeric, string.Concat).Array[0, 3], (first, rest) => first + string.Concat(rest));

    private static readonly Gen<string> Path = Component.Array[1, 4].Select(parts => string.Join('/', parts));

    private static readonly Gen<string> Host = Gen.Select(
        Gen.OneOf("h.example", "localhost", "10.0.0.5", "[fd00::1]", "registry.with-dash.example.com"),
        Gen.Int[0, 65535],
        (name, port) => port == 0 ? name : $"{name}:{port}");

    private static readonly Gen<string> TagText =
        Gen.Select(Gen.Char["abcXYZ019_"], Gen.Char["abcXYZ019_.-"].Array[0, 20], (first, rest) => first + new string(rest));

    private static readonly Gen<string> DigestText = Gen.Byte.Array[0, 20].Select(bytes => Digest.Of(bytes).ToString());

    /// <summary>Made of the characters that matter, so that it is often nearly right.</summary>
    private static readonly Gen<string> Garbage = Gen.OneOf(
        Gen.Char["aB0.:/_-@[] \n%é,=\"\\"].Array[0, 60].Select(chars => new string(chars)),
        Gen.String[0, 200]);

    [Fact]
    public void Valid_references_are_read_and_written_back() =>
        Gen.Select(Host, Path, TagText.Null(), DigestText.Null()).Sample((host, path, tag, digest) =>
        {
            var text = $"{host}/{path}{(tag is null ? "" : ":" + tag)}{(digest is null ? "" : "@" + digest)}";
            Assert.True(Reference.TryParse(text, out var reference, out var problem), problem);
            Assert.Equal(text, reference.ToString());
            Assert.Equal(reference, Reference.Parse(reference.ToString()));
        });

    [Fact]
    public void Valid_names_are_read_and_written_back() =>
        Gen.Select(Host, Path, TagText, DigestText).Sample((host, path, tag, digest) =>
            RegistryHost.Parse(host).ToString() == host && RepositoryName.Parse(path).ToString() == path
            && Tag.Parse(tag).ToString() == tag && Digest.Parse(digest).ToString() == digest);

    [Fact]
    public void Garbage_never_throws_and_what_is_taken_comes_back_the_same() => Garbage.Sample(
        text =>
        {
            if (RegistryHost.TryParse(text, out var host))
                Assert.Equal(text, host.ToString());
            if (RepositoryName.TryParse(text, out var name))
                Assert.Equal(text, name.ToString());
            if (Tag.TryParse(text, out var tag))
                Assert.Equal(text, tag.ToString());
            if (Digest.TryParse(text, out var digest))
                Assert.Equal(text, digest.ToString());
            if (ManifestReference.TryParse(text, out var manifest))
                Assert.Equal(text, manifest.ToString());
            if (Reference.TryParse(text, out var reference, out var problem))
                Assert.Equal(reference, Reference.Parse(reference.ToString()));
            else
                Assert.DoesNotContain('\n', problem);
            _ = AuthChallenge.Parse([text]);
        },
        iter: 10_000);

    [Fact]
    public void A_repository_that_is_offered_as_correction_is_one() => Garbage.Sample(
        text =>
        {
            const string offer = "; write ";
            if (Reference.TryParseRepository(text, out var taken, out var problem))
            {
                Assert.Null(taken.Tag);
                Assert.Null(taken.Digest);
            }
            else if (problem.LastIndexOf(offer, StringComparison.Ordinal) is var at and >= 0 && !problem.EndsWith("/NAME", StringComparison.Ordinal))
            {
                Assert.True(Reference.TryParseRepository(problem.AsSpan(at + offer.Length), out _, out var again), again);
            }
        },
        iter: 10_000);

    [Theory]
    [InlineData("a")]
    [InlineData("a-")]
    [InlineData("a/")]
    [InlineData("a.")]
    [InlineData("-")]
    [InlineData("1:")]
    [InlineData("\\\"")]
    [InlineData("Bearer a=\"")]
    public void Time_to_refuse_grows_with_the_length_at_most(string piece)
    {
        var hostile = string.Concat(Enumerable.Repeat(piece, 1_000_000 / piece.Length)) + "!";
        var clock = Stopwatch.StartNew();
        Assert.False(RegistryHost.TryParse(hostile, out _));
        Assert.False(RepositoryName.TryParse(hostile, out _));
        Assert.False(Tag.TryParse(hostile, out _));
        Assert.False(Digest.TryParse(hostile, out _));
        Assert.False(Reference.TryParse(hostile, out _, out _));
        Assert.False(Reference.TryParseRepository($"h.example/{hostile}", out _, out _));
        Assert.Empty(AuthChallenge.Parse([hostile]));
        Assert.True(clock.Elapsed < TimeSpan.FromSeconds(5), $"{clock.Elapsed} for a megabyte");
    }
}
