using System.Net;
using System.Security.Cryptography;
using Berth.Registry.Tests.Api;
using Berth.Server.Api;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Core.Features;

namespace Berth.Registry.Tests.Protocol.Push;

/// <summary>Uploads are larger than web servers expect a body to be, and slower.</summary>
public sealed class LargeBodiesTests(BerthServer server) : RegistryTest(server)
{
    /// <summary>In bytes. The web server's own limit is 30,000,000.</summary>
    private const int Size = 30_000_001;

    private static readonly string Content = new('x', Size);

    [Fact]
    public async Task A_body_larger_than_the_servers_usual_limit_is_taken()
    {
        var digest = await PushBlobAsync(Content);

        using var head = await SendAsync("HEAD", $"/v2/{Repository}/blobs/{digest}");
        Assert.Equal($"{Size}", Header(head, "Content-Length"));
        var served = await Server.Client.GetByteArrayAsync($"/v2/{Repository}/blobs/{digest}", Cancelled);
        Assert.Equal(digest.Hex, Convert.ToHexStringLower(SHA256.HashData(served)));
    }

    [Theory]
    [InlineData("PATCH")]
    [InlineData("PUT")]
    public async Task So_is_a_large_chunk(string method)
    {
        var upload = await BeginUploadAsync();
        var digest = DigestOf(Content);
        using var sent = await PushAsync(method, $"{upload}?digest={digest}", Content);
        if (method is "PUT")
        {
            Assert.Equal(HttpStatusCode.Created, sent.StatusCode);
            return;
        }

        Assert.Equal($"0-{Size - 1}", Header(sent, "Range"));
        using var put = await PushAsync("PUT", $"{upload}?digest={digest}");
        Assert.Equal(HttpStatusCode.Created, put.StatusCode);
    }

    [Fact]
    public async Task However_slowly_an_upload_comes_it_is_not_cut_off()
    {
        var http = new DefaultHttpContext();
        var limits = new Limits();
        http.Features.Set<IHttpMinRequestBodyDataRateFeature>(limits);
        http.Features.Set<IHttpMaxRequestBodySizeFeature>(limits);

        await using var body = UploadBody.Open(http, TimeProvider.System);

        Assert.Null(limits.MinDataRate);
        Assert.Null(limits.MaxRequestBodySize);
    }

    private sealed class Limits : IHttpMinRequestBodyDataRateFeature, IHttpMaxRequestBodySizeFeature
    {
        public MinDataRate? MinDataRate { get; set; } = new(240, TimeSpan.FromSeconds(5));

        public bool IsReadOnly => false;

        public long? MaxRequestBodySize { get; set; } = 30_000_000;
    }
}
