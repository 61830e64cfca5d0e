using System.Diagnostics;
using System.Text;
using Berth.Oci;
using Berth.Registry.Storage;
using Berth.Registry.Uploads;
using Berth.Server.Api;
using Berth.Server.Auth;
using CsCheck;
using Microsoft.AspNetCore.Http;

namespace Berth.Registry.Tests.Fuzzing;

/// <summary>Whatever is sent, it is understood or refused; nothing else comes out of a parser.</summary>
public sealed class ParserPropertiesTests
{
    private static readonly string[] Words =
    [
        "/", "blobs", "uploads", "manifests", "tags", "list", "a", "-", "..", ":", "repository:", "sha256:", "pull", "0", "9999999999999999999",
        ",", " ", "é", "\0", "\"", "W/", "*", "=",
    ];

    private static readonly Gen<string> Text = Gen.OneOf(
        Gen.String, Gen.Int[0, Words.Length - 1].Array[0, 12].Select(picks => string.Concat(picks.Select(pick => Words[pick]))));

    [Fact]
    public void Addresses() => Sample(Text, text => Refused(() =>
    {
        var path = DistributionPath.Parse(text);
        Assert.EndsWith(path.Last, text, StringComparison.Ordinal);
        if (path.Repository != default)
            Assert.StartsWith($"{path.Repository}/", text, StringComparison.Ordinal);
        _ = path.FindReference();
        Refused(() => path.Digest());
        Refused(() => path.Upload());
    }));

    [Fact]
    public void Ranges() => Sample(Gen.Select(Text, Gen.Long[0, 100]), pair => Refused(() =>
    {
        if (ByteRange.Parse($"bytes={pair.Item1}", pair.Item2) is { } range)
            Assert.True(range.First >= 0 && range.First <= range.Last && range.Last < pair.Item2);
    }));

    [Fact]
    public void Well_formed_ranges_are_cut_to_the_content() =>
        Sample(Gen.Select(Gen.Long[0, 200], Gen.Long[0, 200], Gen.Long[1, 100]), three =>
    {
        var (first, last, size) = three;
        if (first > last || first >= size)
            Assert.Throws<OciException>(() => ByteRange.Parse($"bytes={first}-{last}", size));
        else
            Assert.Equal(new ByteRange(first, Math.Min(last, size - 1)), ByteRange.Parse($"bytes={first}-{last}", size));
    });

    [Fact]
    public void Chunk_ranges() =>
        Sample(Text, text => Assert.True(!ChunkRange.TryParse(text, out var range) || range is { First: >= 0, Length: > 0 }));

    [Fact]
    public void Well_formed_chunk_ranges_come_back() =>
        Sample(Gen.Select(Gen.Long[0, long.MaxValue - 1], Gen.Long[0, long.MaxValue - 1]), pair =>
    {
        Assert.Equal(pair.Item1 <= pair.Item2, ChunkRange.TryParse($"{pair.Item1}-{pair.Item2}", out var range));
        if (pair.Item1 <= pair.Item2)
            Assert.Equal(new ChunkRange(pair.Item1, pair.Item2), range);
    });

    [Fact]
    public void Upload_ids() =>
        Sample(Text, text => Assert.True(!UploadId.TryParse(text, out var id) || UploadId.TryParse(id.ToString(), out _)));

    [Fact]
    public void Scopes() => Sample(Text, text => Assert.True(
        !TokenScope.TryParse(text, out var scope) || scope.GrantTo(Registry.Access.Subject.Anonymous).Actions.All(action => action is "pull")));

    [Fact]
    public void Credentials() => Sample(Text, text =>
    {
        _ = BasicCredential.TryParse(text);
        Assert.NotNull(BasicCredential.TryParse(Convert.ToBase64String(Encoding.UTF8.GetBytes($"{text}:"))));
    });

    [Fact]
    public void Entity_tags() => Sample(Text.Array[0, 3], values =>
    {
        var digest = Digest.Of([]);
        var http = new DefaultHttpContext();
        http.Request.Headers.IfNoneMatch = values;
        var known = EntityTag.IsNotModified(new ApiRequest(http, DistributionPath.Parse($"a/blobs/{digest}"), Caller.Anonymous), digest);
        Assert.True(!known || values.Any(value => value.Contains('*')), "only a star stands for a digest that is not named");
    });

    [Theory]
    [InlineData("a/")]
    [InlineData("/blobs/uploads")]
    [InlineData("0")]
    [InlineData("-")]
    [InlineData(",")]
    [InlineData("a:")]
    [InlineData("\"")]
    public void Time_to_refuse_grows_with_the_length_at_most(string piece)
    {
        var hostile = string.Concat(Enumerable.Repeat(piece, 1_000_000 / piece.Length));
        var clock = Stopwatch.StartNew();
        Refused(() => DistributionPath.Parse(hostile));
        Refused(() => ByteRange.Parse($"bytes={hostile}", 5));
        _ = ChunkRange.TryParse(hostile, out _);
        _ = UploadId.TryParse(hostile, out _);
        _ = TokenScope.TryParse(hostile, out _);
        _ = BasicCredential.TryParse(hostile);
        Assert.True(clock.Elapsed < TimeSpan.FromSeconds(5), $"{clock.Elapsed} for a megabyte");
    }

    private static void Sample<T>(Gen<T> gen, Action<T> holds) => gen.Sample(holds, iter: FuzzEffort.Texts, time: FuzzEffort.Seconds);

    private static void Refused(Action parse)
    {
        try
        {
            parse();
        }
        catch (OciException)
        {
            // Refused in the way that the error table has for it.
        }
    }
}
