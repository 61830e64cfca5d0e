using System.Diagnostics;
using System.Text.Json;
using Berth.MpInstall;
using Berth.Packaging.Tests.Engine;

namespace Berth.Packaging.Tests.Install;

/// <summary>Collecting again and again, as for an adapter instance.</summary>
[Collection(NeedsEngine.Name)]
[Trait(NeedsEngine.Trait, NeedsEngine.TraitValue)]
public sealed class CollectionsTests(TestEngine test) : InstallTest(test)
{
    private const string Busybox = "/bin/busybox";

    [Fact]
    public async Task One_container_collects_every_interval_and_what_it_takes_is_shown()
    {
        var (pak, reference) = await PublishAsync();
        var watch = Stopwatch.StartNew();

        var result = await MpInstall.RunAsync([pak, "--collections", "3", "--interval", "1", "--output", "json"]);

        Assert.True(result.ExitCode == ExitCodes.Success, result.ErrorText);
        Assert.True(watch.Elapsed > TimeSpan.FromSeconds(2), $"{watch.Elapsed}");
        Assert.Equal(["start ok", "apiVersion ok", "collect ok", "collect ok", "collect ok", "remove ok"], result.Stages.TakeLast(6));
        using var json = JsonDocument.Parse(result.Output);
        var collections = json.RootElement.GetProperty("collections").EnumerateArray().ToList();
        Assert.Equal([1, 2, 3], collections.Select(collection => collection.GetProperty("number").GetInt32()));
        Assert.All(collections, collection => Assert.Equal(3, collection.GetProperty("objects").GetInt32()));
        Assert.All(collections, collection => Assert.InRange(collection.GetProperty("memoryBytes").GetInt64(), 1, 1L << 30));
        Assert.All(collections, collection => Assert.InRange(collection.GetProperty("cpuSeconds").GetDouble(), 0, 60));
        Assert.Empty(await Test.FindContainersAsync(reference));
    }

    [Fact]
    public async Task Validation_and_collection_each_have_a_container_of_their_own()
    {
        var (pak, _) = await PublishAsync();

        var result = await MpInstall.RunAsync([pak]);

        var started = result.Error.Where(line => line.StartsWith("start ", StringComparison.Ordinal)).Select(line => line.Split(' ')[^1]).ToList();
        Assert.Equal(2, started.Distinct().Count());
        Assert.Matches($"^dockerized_adapter_{TestAdapter.Kind}_[0-9a-f-]{{36}}$", started[0]);
        Assert.Matches($"^dockerized_adapter_{TestAdapter.Kind}_[0-9]+$", started[1]);
    }

    [Fact]
    public async Task An_adapter_that_crashes_in_a_collection_is_started_again_for_the_next()
    {
        // Its log directory outlives the container, so that it knows that it has crashed once.
        var routes = $"""[ "$path" = /collect ] && [ ! -e /var/log/once ] && : > /var/log/once && : > /crash && {Busybox} sleep 60""";
        var (pak, reference) = await PublishAsync(routes);

        var result = await MpInstall.RunAsync([pak, "--collections", "2", "--interval", "1"]);

        Assert.Equal(ExitCodes.AdapterEnded, result.ExitCode);
        result.AssertSays("  note: The adapter's process ended with exit code 3. The container is made anew, as the platform does.");
        result.AssertSays("mp-install: collect: 1 of 2 collections failed; the first: POST /collect: ");
        Assert.Contains("ok, restarted before", result.Output, StringComparison.Ordinal);
        Assert.Equal(["collect failed", "remove ok", "start ok", "apiVersion ok", "collect ok", "remove ok"], result.Stages.TakeLast(6));
        Assert.Empty(await Test.FindContainersAsync(reference));
    }

    [Fact]
    public async Task Following_ends_with_an_interrupt_and_shows_what_was_collected()
    {
        var (pak, reference) = await PublishAsync();
        using var run = MpInstall.Start([pak, "--follow"]);
        await run.WaitForAsync("collect ");

        await run.InterruptAsync();
        var result = await run.EndAsync();

        Assert.Equal(ExitCodes.Success, result.ExitCode);
        Assert.Contains("2 relationships", result.Output, StringComparison.Ordinal);
        Assert.Empty(await Test.FindContainersAsync(reference));
    }

    [Fact]
    public async Task What_the_adapter_logs_is_kept_where_it_was_asked_for()
    {
        var (pak, _) = await PublishAsync("""echo "asked for $path" >> /var/log/adapter.log""");

        var result = await MpInstall.RunAsync([pak, "--logs", Directory.Path("logs")]);

        Assert.True(result.ExitCode == ExitCodes.Success, result.ErrorText);
        Assert.Contains("asked for /collect", await File.ReadAllTextAsync(Directory.Path("logs/adapter.log"), TestContext.Current.CancellationToken), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_a_killed_run_left_is_removed_by_the_next()
    {
        var (pak, reference) = await PublishAsync();
        using (var run = MpInstall.Start([pak, "--follow"]))
        {
            await run.WaitForAsync("collect ");
            await run.KillAsync();
        }

        var left = Assert.Single(await Test.FindContainersAsync(reference));

        var result = await MpInstall.RunAsync([pak]);

        Assert.Equal(ExitCodes.Success, result.ExitCode);
        result.AssertSays($"  note: the container {left} of a run that was killed is removed");
        Assert.Empty(await Test.FindContainersAsync(reference));
    }
}
