using Berth.Registry.Tests.Api;

namespace Berth.Registry.Tests.Protocol.Management;

public sealed class DeleteRightsTests(BerthServer server) : RegistryTest(server)
{
    [Fact]
    public async Task Deleting_takes_an_administrator()
    {
        var manifest = await PushImageAsync("v1");
        foreach (var address in (string[])["manifests/v1", $"manifests/{DigestOf(manifest)}", $"blobs/{DigestOf("layer")}"])
        {
            await AssertErrorAsync(await PushAsync("DELETE", $"/v2/{Repository}/{address}"), 403, "DENIED");
            using var anonymous = await SendAsync("DELETE", $"/v2/{Repository}/{address}");
            await AssertErrorAsync(anonymous, 401, "UNAUTHORIZED");
            Assert.Contains($"scope=\"repository:{Repository}:delete\"", Header(anonymous, "WWW-Authenticate"), StringComparison.Ordinal);
        }

        await AssertServedAsync($"/v2/{Repository}/manifests/v1", manifest);
    }
}
