using System.Reflection;
using System.Text.Json;
using Berth.Oci;
using Berth.Registry.Tests.Api;
using CsCheck;

namespace Berth.Registry.Tests.Fuzzing;

/// <summary>Method, address, headers and body at random: always an answer, never 500, and nothing shows that should not.</summary>
public sealed class RequestSoupTests(BerthServer server) : RegistryTest(server)
{
    private static readonly HashSet<string> KnownCodes =
        [.. typeof(OciError).GetFields(BindingFlags.Public | BindingFlags.Static).Select(field => ((OciError)field.GetValue(null)!).Code)];

    private static readonly string[] Endings = ["\r\n", "\n", "\0", ":", " ", "\r\n\r\n", "Transfer-Encoding: chunked\r\n", "Host: b\r\n"];

    [Fact]
    public async Task Nobody_in_particular_changes_nothing()
    {
        await PushImageAsync("v1", "layer", "fuzz/a");
        var before = await CatalogAsync();

        await Soup.Requests(null).SampleAsync(
            async request => await AssertAnsweredAsync(request), iter: FuzzEffort.Requests, time: FuzzEffort.Seconds, print: Print);

        Assert.Equal(before, await CatalogAsync());
        using var tags = await SendAsync("GET", "/v2/fuzz/a/tags/list");
        Assert.Equal("""{"name":"fuzz/a","tags":["v1"]}""", await BodyAsync(tags));
        await AssertHealthyAsync();
    }

    [Theory]
    [InlineData(BerthServer.Pusher)]
    [InlineData(BerthServer.Admin)]
    public async Task What_a_login_makes_visible_is_what_its_digest_says(string user)
    {
        await PushBlobAsync("{}", "fuzz/a");
        var login = $"Authorization: {Basic(user, BerthServer.Password)}";

        await Soup.Requests(login).SampleAsync(
            async request => await AssertAnsweredAsync(request), iter: FuzzEffort.Requests, time: FuzzEffort.Seconds, print: Print);

        foreach (var repository in await CatalogAsync())
            await AssertSoundAsync(repository);
        await AssertHealthyAsync();
    }

    [Fact]
    public async Task Bytes_that_are_hardly_a_request_do_not_harm_the_server()
    {
        var wild = Gen.Select(
            Soup.Requests(null),
            Gen.Select(Gen.Int[0, 200], Gen.Int[0, 5], Gen.OneOf(Gen.OneOf(Endings), Soup.Garbage)).Array[1, 3],
            (request, damages) => damages.Aggregate(request.Bytes, (bytes, damage) =>
                ManifestSoup.Damage(bytes, damage.Item1, damage.Item2, damage.Item3)));

        await wild.SampleAsync(
            async bytes =>
            {
                using var connection = await RawConnection.OpenAsync(Server);
                await connection.SendAsync(bytes);
                connection.Shutdown();
                var answer = await connection.ReadResponseAsync(toHead: bytes.StartsWith("HEAD", StringComparison.Ordinal));
                Assert.True(answer is null or { Status: < 500 or 505 }, $"{answer}"); // 505: another version of HTTP
            },
            iter: FuzzEffort.Requests,
            time: FuzzEffort.Seconds,
            print: bytes => JsonSerializer.Serialize(bytes));
        await AssertHealthyAsync();
    }

    /// <summary>What broke something once.</summary>
    [Theory]
    [InlineData("POST", "/token", "Content-Type: application/x-www-form-urlencoded; charset=utf-7", "grant_type=password", "BAD_REQUEST")]
    [InlineData("POST", "/token", "Content-Type: multipart/form-data; boundary=x", "--x\r\n\r\nno end", "UNSUPPORTED")]
    [InlineData("GET", "/V2/_catalog", "X: x", "", "NOT_FOUND")]
    public async Task Inputs_that_broke_something_are_refused(string method, string target, string header, string body, string code)
    {
        var answer = await ExchangeAsync(new SoupRequest(method, target, [header], body).Bytes);
        Assert.Equal(code, answer!.ErrorCode);
    }

    private async Task AssertAnsweredAsync(SoupRequest request)
    {
        var answer = await ExchangeAsync(request.Bytes);
        Assert.True(answer is { Status: >= 200 and < 500 }, $"{answer}");
        if (answer.Status < 400 || request.Method is "HEAD")
            return;

        // The web server refuses what is no HTTP before the registry sees it, and hangs up.
        if (answer is { Status: 400, Body: "" } && answer.Lines("Connection") is ["close"])
            return;
        Assert.True(answer.ErrorCode is { } code && KnownCodes.Contains(code), $"{answer}");
        Assert.Equal("application/json", answer.Header("Content-Type"));
    }

    private async Task<string[]> CatalogAsync()
    {
        using var listed = await SendAsync("GET", "/v2/_catalog", BerthServer.Admin);
        return [.. Strings(await BodyAsync(listed), "repositories")];
    }

    private async Task AssertSoundAsync(string repository)
    {
        using var listed = await SendAsync("GET", $"/v2/{repository}/tags/list");
        foreach (var tag in Strings(await BodyAsync(listed), "tags"))
        {
            using var pulled = await SendAsync("GET", $"/v2/{repository}/manifests/{tag}");
            var bytes = await pulled.Content.ReadAsByteArrayAsync(Cancelled);
            var digest = Digest.Parse(Header(pulled, "Docker-Content-Digest"));
            Assert.Equal(Digest.Of(bytes, digest.Algorithm), digest);
            Assert.True(Manifest.TryParse(bytes, Header(pulled, "Content-Type"), out _, out var problem), problem);
        }
    }

    private async Task AssertHealthyAsync()
    {
        using var health = await SendAsync("GET", "/healthz");
        Assert.Equal("ok\n", await BodyAsync(health));
        Assert.DoesNotContain(Server.LogLines, line => line.StartsWith("Error", StringComparison.Ordinal));
    }

    private static IEnumerable<string> Strings(string json, string property) =>
        JsonDocument.Parse(json).RootElement.GetProperty(property).EnumerateArray().Select(item => item.GetString()!);

    private static string Print(SoupRequest request) => request.ToString();
}
