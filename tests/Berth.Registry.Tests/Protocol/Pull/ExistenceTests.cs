using Berth.Registry.Tests.Api;

namespace Berth.Registry.Tests.Protocol.Pull;

/// <summary>HEAD says what GET would, without the content.</summary>
public sealed class ExistenceTests(BerthServer server) : RegistryTest(server)
{
    [Theory]
    [InlineData("manifests/v1")]
    [InlineData("manifests/{0}")]
    [InlineData("blobs/{1}")]
    [InlineData("manifests/absent")]
    [InlineData("blobs/{0}")]
    [InlineData("blobs/sha256:abc")]
    public async Task Head_has_every_header_of_get_and_no_body(string address)
    {
        var manifest = await PushImageAsync("v1");
        var target = $"/v2/{Repository}/{string.Format(System.Globalization.CultureInfo.InvariantCulture, address, DigestOf(manifest), DigestOf("layer"))}";

        using var connection = await RawConnection.OpenAsync(Server);
        await connection.SendHeadAsync($"HEAD {target}", null);
        var head = (await connection.ReadResponseAsync(toHead: true))!;
        await connection.SendHeadAsync($"GET {target}", null);
        var get = (await connection.ReadResponseAsync())!; // would begin with the body of HEAD, had it one

        Assert.Equal(get.Status, head.Status);
        Assert.Equal(Described(get), Described(head));
        Assert.Equal($"{get.Body.Length}", head.Header("Content-Length"));
        Assert.NotEmpty(head.Lines("Content-Type"));
    }

    private static string[] Described(RawResponse response) =>
        [.. response.Headers.Where(header => header.Name is not "Date").Select(header => $"{header.Name}: {header.Value}").Order(StringComparer.Ordinal)];
}
