using System.Globalization;
using System.Net;
using Berth.Registry.Tests.Commands;
using Berth.Registry.Tests.Upkeep;

namespace Berth.Registry.Tests.Api;

public sealed class MetricsTests : IAsyncLifetime
{
    private readonly BerthServer _server = new();

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    private RegistryPushes Registry => new(_server);

    public ValueTask InitializeAsync() => _server.InitializeAsync();

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    [Fact]
    public async Task Requests_are_counted_by_class_of_their_status_and_with_their_bytes()
    {
        var before = await ReadAsync();
        var digest = await Registry.PushAsync("some content");
        Assert.Equal("some content", await Registry.PullAsync(digest));
        using var absent = await _server.Client.GetAsync("/v2/team/app/manifests/absent", Cancelled);
        Assert.Equal(HttpStatusCode.NotFound, absent.StatusCode);

        var after = await ReadAsync();

        Assert.Equal(3, Grown("berth_requests_total{status=\"2xx\"}")); // the metrics themselves, the push, the pull
        Assert.Equal(1, Grown("berth_requests_total{status=\"4xx\"}"));
        Assert.Equal(12, Grown("berth_received_bytes_total{}"));
        Assert.InRange(Grown("berth_sent_bytes_total{}"), 12, long.MaxValue);

        double Grown(string series) => after[series] - before.GetValueOrDefault(series);
    }

    [Fact]
    public async Task A_body_without_a_length_is_counted_as_it_came()
    {
        var before = (await ReadAsync())["berth_received_bytes_total{}"];
        using var connection = await RawConnection.OpenAsync(_server);
        await connection.SendHeadAsync(
            $"POST /v2/team/app/blobs/uploads/?digest={Berth.Oci.Digest.Of("0123456789"u8)}", BerthServer.Pusher, ["Transfer-Encoding: chunked"]);
        await connection.SendAsync("a\r\n0123456789\r\n0\r\n\r\n");
        Assert.Equal(201, (await connection.ReadResponseAsync(false))!.Status);

        Assert.Equal(10, (await ReadAsync())["berth_received_bytes_total{}"] - before);
    }

    [Fact]
    public async Task The_state_of_the_store_is_told()
    {
        var metrics = await ReadAsync();

        Assert.InRange(metrics["berth_disk_free_bytes{}"], 1, double.MaxValue);
        Assert.InRange(metrics["berth_database_size_bytes{}"], 4096, double.MaxValue);
        Assert.Equal(0, metrics["berth_quarantined{}"]);
        Assert.DoesNotContain(metrics.Keys, series => series.Contains("last_success", StringComparison.Ordinal));
    }

    [Fact]
    public async Task What_a_pass_found_is_told_whoever_made_it()
    {
        var digest = await Registry.PushAsync("content");
        new StoredFiles(_server.Data).FlipBit(digest);
        Assert.Equal(1, (await CommandRun.OfAsync("", "scrub", "--data", _server.Data)).ExitCode);

        var metrics = await ReadAsync();

        Assert.Equal(1, metrics["berth_quarantined{}"]);
        Assert.Equal(TimeProvider.System.GetUtcNow().ToUnixTimeSeconds(), metrics["berth_scrub_last_success_seconds{}"], 60d);
    }

    [Fact]
    public async Task The_servers_own_passes_are_counted()
    {
        await using var server = new BerthServer { Configure = options => options with { Scrub = options.Scrub with { Interval = TimeSpan.FromMilliseconds(50) } } };
        await server.InitializeAsync();
        var registry = new RegistryPushes(server);
        new StoredFiles(server.Data).FlipBit(await registry.PushAsync("content"));
        Dictionary<string, double> metrics;
        do
        {
            metrics = await ReadAsync(server);
            Cancelled.ThrowIfCancellationRequested();
        }
        while (metrics["berth_scrub_damaged_total{}"] == 0 || metrics["berth_scrub_checked_total{}"] == 0);

        Assert.Contains(server.LogLines, line => line.Contains("is corrupt on the disk", StringComparison.Ordinal));
    }

    [Fact]
    public async Task No_name_of_a_repository_is_told()
    {
        await Registry.PushAsync("content");
        var text = await _server.Client.GetStringAsync("/metrics", Cancelled);
        Assert.DoesNotContain("team", text, StringComparison.Ordinal);
    }

    private Task<Dictionary<string, double>> ReadAsync() => ReadAsync(_server);

    /// <summary>Every series with its value; labels about the exporter itself are left out.</summary>
    private static async Task<Dictionary<string, double>> ReadAsync(BerthServer server)
    {
        var text = await server.Client.GetStringAsync("/metrics", Cancelled);
        var series = new Dictionary<string, double>();
        foreach (var line in text.Split('\n').Where(line => line.StartsWith("berth_", StringComparison.Ordinal)))
        {
            var name = line[..line.IndexOfAny(['{', ' '])];
            var labels = line.Contains('{') ? line[(line.IndexOf('{') + 1)..line.IndexOf('}')].Split(',') : [];
            var kept = string.Join(',', labels.Where(label => label.Length > 0 && !label.StartsWith("otel_", StringComparison.Ordinal)));
            series[$"{name}{{{kept}}}"] = double.Parse(line.Split(' ')[1], CultureInfo.InvariantCulture);
        }

        return series;
    }
}
