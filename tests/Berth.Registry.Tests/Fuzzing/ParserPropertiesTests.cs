using System.Text;
using Berth.Oci;
using Berth.Registry.Uploads;
using Berth.Server.Api;
using Berth.Server.Auth;
using CsCheck;

namespace Berth.Registry.Tests.Fuzzing;

/// <summary>Whatever is sent, it is understood or refused; nothing else comes out of a parser.</summary>
public sealed class ParserPropertiesTests
{
    private static readonly string[] Words =
        ["/", "blobs", "uploads", "manifests", "tags", "list", "a", "-", "..", ":", "repository:", "sha256:", "pull", "0", "9999999999999999999", ",", " ", "é", "\0"];

    private static readonly Gen<string> Text = Gen.OneOf(
        Gen.String, Gen.Int[0, Words.Length - 1].Array[0, 12].Select(picks => string.Concat(picks.Select(pick => Words[pick]))));

    [Fact]
    public void Addresses() => Text.Sample(text => Refused(() => DistributionPath.Parse(text)));

    [Fact]
    public void Ranges() => Text.Select(Gen.Long[0, 100]).Sample((text, size) => Refused(() =>
    {
        if (ByteRange.Parse($"bytes={text}", size) is { } range)
            Assert.True(range.First >= 0 && range.First <= range.Last && range.Last < size);
    }));

    [Fact]
    public void Chunk_ranges() => Text.Sample(text => Assert.True(!ChunkRange.TryParse(text, out var range) || range is { First: >= 0, Length: > 0 }));

    [Fact]
    public void Scopes() => Text.Sample(text => Assert.True(
        !TokenScope.TryParse(text, out var scope) || scope.GrantTo(Registry.Access.Subject.Anonymous).Actions.All(action => action is "pull")));

    [Fact]
    public void Credentials() => Text.Sample(text =>
    {
        BasicCredential.TryParse(text);
        Assert.NotNull(BasicCredential.TryParse(Convert.ToBase64String(Encoding.UTF8.GetBytes($"{text}:"))));
    });

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
