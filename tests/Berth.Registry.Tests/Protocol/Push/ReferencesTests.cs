using Berth.Registry.Tests.Api;

namespace Berth.Registry.Tests.Protocol.Push;

/// <summary>What a manifest can be put under: a tag, or its own digest.</summary>
public sealed class ReferencesTests(BerthServer server) : RegistryTest(server)
{
    [Fact]
    public async Task Put_with_a_wrong_digest_is_rejected()
    {
        await PushBlobAsync("{}");
        await AssertErrorAsync(await PutManifestAsync($"{DigestOf("other")}", Image("{}")), 400, "DIGEST_INVALID");
    }

    [Theory]
    [InlineData(".hidden", "TAG_INVALID")]
    [InlineData("-dash", "TAG_INVALID")]
    [InlineData("with~tilde", "TAG_INVALID")]
    [InlineData("sha256:baddigeststring", "DIGEST_INVALID")]
    public async Task A_malformed_reference_cannot_be_put(string reference, string code)
    {
        await PushBlobAsync("{}");
        await AssertErrorAsync(await PutManifestAsync(reference, Image("{}")), 400, code);
    }

    [Theory]
    [InlineData("_underscore")]
    [InlineData("0")]
    [InlineData("V1.0-rc_1")]
    [InlineData("sha256-e3b0c44298fc1c149afbf4c8996fb924")]
    [InlineData("list")]
    public async Task A_tag_is_letters_digits_and_three_signs(string tag)
    {
        var manifest = await PushImageAsync(tag);
        await AssertServedAsync($"/v2/{Repository}/manifests/{tag}", manifest);
    }

    [Theory]
    [InlineData(128, 201)]
    [InlineData(129, 400)]
    public async Task A_tag_has_up_to_128_characters(int length, int status)
    {
        await PushBlobAsync("{}");
        using var put = await PutManifestAsync(new string('t', length), Image("{}"));
        Assert.Equal(status, (int)put.StatusCode);
    }

    [Fact]
    public async Task The_case_of_a_tag_matters()
    {
        var upper = await PushImageAsync("V1", "upper");
        await AssertErrorAsync(await SendAsync("GET", $"/v2/{Repository}/manifests/v1"), 404, "MANIFEST_UNKNOWN");
        var lower = await PushImageAsync("v1", "lower");

        await AssertServedAsync($"/v2/{Repository}/manifests/V1", upper);
        await AssertServedAsync($"/v2/{Repository}/manifests/v1", lower);
    }

    [Fact]
    public async Task A_colon_may_come_percent_encoded()
    {
        var manifest = await PushImageAsync("v1");
        var get = await SendRawAsync(
            $"GET /v2/{Repository}/manifests/{$"{DigestOf(manifest)}".Replace(":", "%3A", StringComparison.Ordinal)}", null, []);
        Assert.Equal((200, manifest), (get.Status, get.Body));
    }
}
