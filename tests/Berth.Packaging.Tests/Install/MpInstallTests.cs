using System.Text.Json;
using Berth.MpInstall;
using Berth.Oci;
using Berth.Packaging.Tests.Engine;

namespace Berth.Packaging.Tests.Install;

/// <summary>Whole installations: the real mp-install, a real engine, and a registry that is not ours.</summary>
[Collection(NeedsEngine.Name)]
[Trait(NeedsEngine.Trait, NeedsEngine.TraitValue)]
public sealed class MpInstallTests(TestEngine test) : InstallTest(test)
{
    private static readonly string[] AllStages =
    [
        "read pak ok", "read connection ok", "engine ok", "find image ok", "pull ok", "platform ok", "start ok",
        "apiVersion ok", "test ok", "endpointURLs ok", "remove ok", "start ok", "apiVersion ok", "collect ok", "remove ok",
    ];

    [Fact]
    public async Task A_pak_is_installed_by_an_anonymous_pull_and_the_second_time_without_a_registry()
    {
        var (pak, reference) = await PublishAsync();

        var first = await MpInstall.RunAsync([pak]);
        await Registry.StopAsync();
        var second = await MpInstall.RunAsync([pak]);

        Assert.Equal((ExitCodes.Success, ""), (first.ExitCode, first.ExitCode == 0 ? "" : first.ErrorText));
        Assert.Equal(AllStages, first.Stages);
        Assert.Contains($"image      {reference}\ncame from  an anonymous pull by digest", first.Output, StringComparison.Ordinal);
        Assert.Equal(ExitCodes.Success, second.ExitCode);
        Assert.Equal(AllStages.Where(stage => stage != "pull ok"), second.Stages);
        Assert.Contains("came from  the engine, which had it", second.Output, StringComparison.Ordinal);
        Assert.Empty(await Test.FindContainersAsync(reference));
    }

    [Fact]
    public async Task What_was_collected_is_shown_by_kind()
    {
        var (pak, _) = await PublishAsync();

        var result = await MpInstall.RunAsync([pak]);

        Assert.EndsWith(
            """
            kind     objects  metrics  properties  events
            host           1        2           1       0
            process        2        1           0       0
            total          3        3           1       0
            2 relationships

            """,
            result.Output,
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_result_in_JSON_has_the_reference_and_the_numbers()
    {
        var (pak, reference) = await PublishAsync();

        var result = await MpInstall.RunAsync([pak, "--output", "json"]);

        using var json = JsonDocument.Parse(result.Output);
        var root = json.RootElement;
        Assert.Equal((reference, true), (root.GetProperty("reference").GetString(), root.GetProperty("pulled").GetBoolean()));
        Assert.Equal(3, root.GetProperty("collected").GetProperty("objects").GetInt32());
        Assert.Equal("https://vc.example", root.GetProperty("endpointUrls")[0].GetString());
        Assert.Equal(AllStages.Length, root.GetProperty("stages").GetArrayLength());
    }

    [Fact]
    public async Task A_container_that_is_kept_has_the_limits_and_the_name_of_the_platform()
    {
        var (pak, reference) = await PublishAsync();
        var connection = Directory.Write("c.json", """{"connections":[{"name":"a","identifiers":{"container_memory_limit":{"value":"48"}}}]}""");

        var result = await MpInstall.RunAsync([pak, "--keep", "--connection", connection]);

        Assert.Equal(ExitCodes.Success, result.ExitCode);
        var name = Assert.Single(await Test.FindContainersAsync(reference));
        var container = await Test.InspectAsync(name);
        await Test.RemoveContainerAsync(name);
        Assert.StartsWith($"dockerized_adapter_{TestAdapter.Kind}_", name, StringComparison.Ordinal);
        Assert.Contains($"container  {name}", result.Output, StringComparison.Ordinal);
        Assert.True(container.State!.Running);
        Assert.Equal(48L << 20, container.HostConfig!.Memory);
    }

    [Fact]
    public async Task The_adapter_gets_the_connection()
    {
        const string routes = """[ "$path" = /test ] && case "$body" in *'"key":"host","value":"vc.example"'*) answer '200 OK' '{"errorMessage":"got it"}'; exit ;; esac""";
        var (pak, _) = await PublishAsync(routes);
        var connection = Directory.Write("c.json", """{"connections":[{"name":"a","identifiers":{"host":{"value":"vc.example"}}}]}""");

        var result = await MpInstall.RunAsync([pak, "--connection", connection]);

        result.AssertSays("got it");
    }

    [Theory]
    [InlineData("/test", """{"errorMessage":"no route to host"}""", "200 OK", ExitCodes.Test, "the connection does not work: no route to host")]
    [InlineData("/test", "No result from adapter", "500 Oops", ExitCodes.Test, "POST /test: status 500: No result from adapter")]
    [InlineData("/endpointURLs", "[]", "200 OK", ExitCodes.AdapterRubbish, "POST /endpointURLs: the answer is not what the API prescribes")]
    [InlineData("/collect", """{"errorMessage":"half of it"}""", "200 OK", ExitCodes.Collect, "the collection failed: half of it")]
    public async Task A_stage_that_fails_ends_with_its_exit_code_and_nothing_left(string path, string body, string status, int exitCode, string expected)
    {
        var (pak, reference) = await PublishAsync($"""[ "$path" = {path} ] && answer '{status}' '{body}' && exit""");

        var result = await MpInstall.RunAsync([pak]);

        Assert.Equal(exitCode, result.ExitCode);
        result.AssertSays(expected);
        Assert.Equal("remove ok", result.Stages[^1]);
        Assert.Empty(await Test.FindContainersAsync(reference));
        Assert.Empty(result.Output);
    }

    [Fact]
    public async Task An_adapter_that_ends_before_it_is_ready_shows_the_end_of_its_log()
    {
        var image = await Test.MakeImageAsync(["/bin/busybox", "sh", "-c", "echo loading; echo no module named swagger_server >&2; exit 1"]);
        var (pak, reference) = await PublishImageAsync(image);

        var result = await MpInstall.RunAsync([pak]);

        Assert.Equal(ExitCodes.AdapterEnded, result.ExitCode);
        result.AssertSays("mp-install: apiVersion: The adapter's process ended with exit code 1. The end of its log:");
        Assert.Contains("  | no module named swagger_server", result.Error);
        Assert.Empty(await Test.FindContainersAsync(reference));
    }

    [Fact]
    public async Task An_adapter_that_runs_out_of_memory_is_said_to()
    {
        var image = await Test.MakeImageAsync(["/bin/busybox", "tail", "/dev/zero"]);
        var (pak, reference) = await PublishImageAsync(image);
        var connection = Directory.Write("c.json", """{"connections":[{"name":"a","identifiers":{"container_memory_limit":{"value":"16"}}}]}""");

        var result = await MpInstall.RunAsync([pak, "--connection", connection]);

        Assert.Equal(ExitCodes.AdapterMemory, result.ExitCode);
        result.AssertSays("The adapter ran out of memory (its limit is 16 MB");
        Assert.Empty(await Test.FindContainersAsync(reference));
    }

    [Fact]
    public async Task An_image_that_cannot_start_ends_with_the_start()
    {
        var (pak, reference) = await PublishImageAsync(await Test.MakeImageAsync(["/nothing"]));

        var result = await MpInstall.RunAsync([pak]);

        Assert.Equal(ExitCodes.Start, result.ExitCode);
        result.AssertSays("no such file or directory");
        Assert.Empty(await Test.FindContainersAsync(reference));
    }

    [Fact]
    public async Task An_interrupt_removes_the_container()
    {
        var (pak, reference) = await PublishAsync("""[ "$path" = /collect ] && /bin/busybox sleep 600""");
        using var run = MpInstall.Start([pak]);
        await run.WaitForAsync("apiVersion", times: 2);

        await run.InterruptAsync();
        var result = await run.EndAsync();

        Assert.Equal(ExitCodes.Interrupted, result.ExitCode);
        Assert.Equal(["collect failed", "remove ok"], result.Stages.TakeLast(2));
        Assert.Equal("mp-install: interrupted", result.Error[^1]);
        Assert.Empty(await Test.FindContainersAsync(reference));
    }

    [Fact]
    public async Task An_image_for_another_platform_is_refused_when_pulled_and_when_found()
    {
        var (pak, reference) = await PublishImageAsync(await TestAdapter.MakeAsync(Test, platform: "linux/arm64"));

        var pulled = await MpInstall.RunAsync([pak]);
        var found = await MpInstall.RunAsync([pak]);

        Assert.Equal((ExitCodes.Platform, ExitCodes.Platform), (pulled.ExitCode, found.ExitCode));
        Assert.Equal(["pull ok", "platform failed"], pulled.Stages.TakeLast(2));
        Assert.Equal(["find image ok", "platform failed"], found.Stages.TakeLast(2));
        found.AssertSays("The image is for linux/arm64, and a Cloud Proxy runs linux/amd64 only");
        Assert.Empty(await Test.FindContainersAsync(reference));
    }

    [Fact]
    public async Task An_index_is_pulled_by_its_digest()
    {
        var image = await Registry.PushAsync(Test, await TestAdapter.MakeAsync(Test), Path);
        var index = await Registry.PutIndexAsync(Path, (image, "amd64"));

        var result = await MpInstall.RunAsync([WritePak(Registry.Host, index)]);

        Assert.Equal((ExitCodes.Success, true), (result.ExitCode, result.Output.Contains($"@{index}", StringComparison.Ordinal)));
        Test.Track($"{Registry.Host}/{Path}@{index}");
    }

    [Fact]
    public async Task An_index_without_the_platform_is_refused()
    {
        var image = await Registry.PushAsync(Test, await TestAdapter.MakeAsync(Test, platform: "linux/arm64"), Path);
        var index = await Registry.PutIndexAsync(Path, (image, "arm64"));

        var result = await MpInstall.RunAsync([WritePak(Registry.Host, index)]);

        Assert.Equal(ExitCodes.Platform, result.ExitCode);
        Assert.Equal("platform failed", result.Stages[^1]);
        result.AssertSays("no variant for linux/amd64");
    }

    [Fact]
    public async Task A_digest_that_the_registry_has_not_is_said_to_be_unknown()
    {
        await PublishAsync();

        var result = await MpInstall.RunAsync([WritePak(Registry.Host, Digest.Of("nothing"u8))]);

        Assert.Equal(ExitCodes.DigestUnknown, result.ExitCode);
        result.AssertSays("has no image with this digest");
    }

    [Fact]
    public async Task A_registry_that_is_not_there_refuses_the_connection()
    {
        var (pak, _) = await PublishAsync();
        await Registry.StopAsync();

        var result = await MpInstall.RunAsync([pak]);

        Assert.Equal(ExitCodes.ConnectionRefused, result.ExitCode);
        result.AssertSays($"Nothing listens at {Registry.Host}");
    }

    [Fact]
    public async Task A_registry_that_wants_credentials_is_not_public()
    {
        const string body = """{"errors":[{"code":"UNAUTHORIZED","message":"authentication required"}]}""";
        using var registry = new CannedServer(
            CannedServer.Json(body, "401 Unauthorized\r\nDocker-Distribution-Api-Version: registry/2.0\r\nWWW-Authenticate: Basic realm=\"r\""));

        var result = await MpInstall.RunAsync([WritePak(registry.Address.ToString(), Digest.Of("x"u8))]);

        Assert.Equal(ExitCodes.Private, result.ExitCode);
        result.AssertSays("The repository is not public");
        Assert.All(registry.Requests, request => Assert.DoesNotContain("\nAuthorization:", request, StringComparison.OrdinalIgnoreCase));
    }

    [Fact]
    public async Task A_name_that_does_not_resolve_is_said_not_to()
    {
        var result = await MpInstall.RunAsync([WritePak("registry.invalid:5000", Digest.Of("x"u8))]);

        Assert.Equal(ExitCodes.HostNotFound, result.ExitCode);
        result.AssertSays("The name of the registry registry.invalid:5000 does not resolve");
    }

    [Fact]
    public async Task A_pak_without_a_registry_is_pulled_from_the_default_one()
    {
        var (_, reference) = await PublishAsync();

        var result = await MpInstall.RunAsync([WritePak(null, Digest.Parse(reference.Split('@')[1])), "--default-registry", Registry.Host]);

        Assert.Equal(ExitCodes.Success, result.ExitCode);
        Assert.Contains($"image      {reference}", result.Output, StringComparison.Ordinal);
    }
}
