using System.Net;
using Berth.Durability.Tests.Running;
using Berth.Oci;
using Berth.Torture.PowerLoss;

namespace Berth.Durability.Tests;

/// <summary>A disk that does not give back what was written, and a hand that changed it.</summary>
public sealed class DamagedContentTests : IDisposable
{
    private static readonly byte[] Content = TestContent.Bytes(900_000);
    private static readonly string BlobPath = $"blobs/{Digest.Of(Content)}";

    private readonly ScratchDirectory _scratch = new();

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(500_000)]
    public async Task A_blob_that_cannot_be_read_never_arrives_as_if_it_were_whole_and_the_server_lives(int readable)
    {
        var library = await RecordLibrary.BuildAsync(_scratch.FullName, Cancelled);
        var control = Directory.CreateDirectory(_scratch.File("control")).FullName;
        var settings = library.Failing(FaultServer.Settings, _scratch.File("store/data"), control);
        await using var server = await FaultServer.StartAsync(FaultServer.StoreIn(_scratch.File("store"), settings));
        await server.PushAsync(Content);
        await server.PushAsync("other"u8.ToArray());
        var broken = Path.Combine(control, Digest.Of(Content).Hex.ToString());
        await File.WriteAllBytesAsync(broken, new byte[readable], Cancelled);

        using var http = new HttpClient();
        var address = new Uri(server.Process.Address, $"/v2/{FaultServer.Repository}/{BlobPath}");
        await Assert.ThrowsAsync<HttpRequestException>(async () => await http.GetByteArrayAsync(address, Cancelled));

        Assert.Equal("other"u8.ToArray(), (await server.GetAsync($"blobs/{Digest.Of("other"u8)}")).Body);
        File.Delete(broken);
        Assert.Equal(Content, (await server.GetAsync(BlobPath)).Body);
    }

    [Fact]
    public async Task A_truncated_file_counts_as_missing_and_the_next_push_heals_it()
    {
        await using var server = await StartWithContentAsync();
        await using (var file = new FileStream(server.FileOf(Digest.Of(Content)), FileMode.Open, FileAccess.Write))
            file.SetLength(1000);

        Assert.Equal(HttpStatusCode.NotFound, (await server.GetAsync(BlobPath)).Status);
        await HealAsync(server);
    }

    [Fact]
    public async Task A_missing_file_counts_as_missing_and_the_next_push_heals_it()
    {
        await using var server = await StartWithContentAsync();
        File.Delete(server.FileOf(Digest.Of(Content)));

        Assert.Equal(HttpStatusCode.NotFound, (await server.GetAsync(BlobPath)).Status);
        await HealAsync(server);
    }

    [Fact]
    public async Task A_file_with_a_flipped_bit_is_healed_by_a_push()
    {
        await using var server = await StartWithContentAsync();
        var bytes = (byte[])Content.Clone();
        bytes[400_000] ^= 1;
        await File.WriteAllBytesAsync(server.FileOf(Digest.Of(Content)), bytes, Cancelled);

        await HealAsync(server);
    }

    public void Dispose() => _scratch.Dispose();

    private async Task<FaultServer> StartWithContentAsync()
    {
        var server = await FaultServer.StartAsync(FaultServer.StoreIn(_scratch.FullName, FaultServer.Settings));
        Assert.Equal(HttpStatusCode.Created, (await server.PushAsync(Content)).Status);
        return server;
    }

    private static async Task HealAsync(FaultServer server)
    {
        Assert.Equal(HttpStatusCode.Created, (await server.PushAsync(Content)).Status);
        Assert.Equal(Content, (await server.GetAsync(BlobPath)).Body);
    }
}
