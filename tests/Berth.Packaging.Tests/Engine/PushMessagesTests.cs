using System.Text.Json;
using Berth.Packaging.Engine;
using Docker.DotNet.Models;

namespace Berth.Packaging.Tests.Engine;

public sealed class PushMessagesTests
{
    private const string A = "sha256:aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa";
    private const string B = "sha256:bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb";

    private const string Aux = $$"""{"progressDetail":{}, "aux":{"Tag":"1.0.0","Digest":"{{A}}","Size":1234} }""";
    private const string Status = $$"""{"status":"1.0.0: digest: {{A}} size: 1234"}""";
    private const string OtherAux = """{"aux":{"manifestPushedInsteadOfIndex":true,"originalIndex":{"size":1}}}""";

    public static TheoryData<string[], string?> Streams => new()
    {
        { [Aux], A },
        { [Status], A },
        { [Status, Aux], A },
        { [Aux, OtherAux], A },
        { [OtherAux, Status], A },
        { [Aux, Aux.Replace(A, B, StringComparison.Ordinal)], B },
        { ["""{"status":"Pushed","id":"abc"}"""], null },
        { ["""{"status":"digest: sha512:12 size: 3"}"""], null },
        { ["""{"status":"digest: "}"""], null },
        { ["""{"aux":{"Digest":"latest"}}"""], null },
        { ["""{"aux":{"Digest":5}}"""], null },
        { ["""{"aux":{}}"""], null },
        { [], null },
    };

    [Theory]
    [MemberData(nameof(Streams))]
    public void The_digest_is_found_in_whatever_form_an_engine_names_it(string[] lines, string? expected)
    {
        var messages = Read(lines);

        Assert.Equal(expected, messages.Digest?.ToString());
        Assert.Null(messages.Error);
    }

    [Theory]
    [InlineData("""{"errorDetail":{"message":"denied: no\naccess"},"error":"denied"}""", "denied: no access")]
    [InlineData("""{"errorDetail":{},"error":"denied"}""", "the engine gave no reason")]
    public void A_failure_inside_the_stream_is_found(string line, string expected)
    {
        Assert.Equal(expected, Read(Aux, line).Error);
    }

    private static PushMessages Read(params string[] lines)
    {
        var messages = new PushMessages();
        foreach (var line in lines)
            messages.Report(JsonSerializer.Deserialize<JSONMessage>(line)!);
        return messages;
    }
}
