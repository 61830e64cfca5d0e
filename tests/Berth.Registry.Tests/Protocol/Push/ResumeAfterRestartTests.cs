using System.Globalization;
using System.Net;
using Berth.Oci;
using Berth.Registry.Tests.Api;

namespace Berth.Registry.Tests.Protocol.Push;

/// <summary>A session outlives the server that began it.</summary>
public sealed class ResumeAfterRestartTests
{
    [Theory]
    [InlineData(DigestAlgorithm.Sha256)]
    [InlineData(DigestAlgorithm.Sha512)]
    public async Task A_push_goes_on_from_where_the_server_says_it_stands(DigestAlgorithm algorithm)
    {
        await using var server = new BerthServer();
        await server.InitializeAsync();
        var push = new Push(server);
        var upload = await push.BeginAsync("half of");

        await server.RestartAsync();

        await push.EndAsync(upload, "half of it", algorithm);
    }

    private sealed class Push(BerthServer server) : RegistryTest(server)
    {
        public async Task<string> BeginAsync(string content)
        {
            var upload = await BeginUploadAsync();
            using var patched = await PushAsync("PATCH", upload, content, ("Content-Range", $"0-{content.Length - 1}"));
            Assert.Equal(HttpStatusCode.Accepted, patched.StatusCode);
            return upload;
        }

        public async Task EndAsync(string upload, string content, DigestAlgorithm algorithm)
        {
            using var status = await PushAsync("GET", upload);
            var next = int.Parse(Header(status, "Range").Split('-')[1], CultureInfo.InvariantCulture) + 1;
            using var patched = await PushAsync("PATCH", upload, content[next..], ("Content-Range", $"{next}-{content.Length - 1}"));
            Assert.Equal(HttpStatusCode.Accepted, patched.StatusCode);
            using var put = await PushAsync("PUT", $"{upload}?digest={DigestOf(content, algorithm)}");
            Assert.Equal(HttpStatusCode.Created, put.StatusCode);
            await AssertServedAsync(Header(put, "Location"), content);
        }
    }
}
