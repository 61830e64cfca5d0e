using System.IO.Compression;
using System.Net;
using System.Text.Json;
using System.Text.RegularExpressions;
using Berth.MpBuild;
using Berth.Oci;
using Berth.Packaging.Conf;
using Berth.Packaging.Pak;
using Berth.Packaging.Tests.Describe;
using Berth.Packaging.Tests.Engine;

namespace Berth.Packaging.Tests.Build;

/// <summary>Whole builds: the real mp-build, a real engine, and a registry that is not ours.</summary>
[Collection(NeedsEngine.Name)]
[Trait(NeedsEngine.Trait, NeedsEngine.TraitValue)]
public sealed class MpBuildTests(TestEngine test) : WholeBuild(test)
{
    [Fact]
    public async Task A_project_becomes_a_pak_that_names_the_pushed_image_by_its_digest()
    {
        var result = await RunAsync("-r", Repository, "--no-ttl");

        Assert.Equal((ExitCodes.Success, ""), (result.ExitCode, string.Join('\n', result.Problems)));
        var conf = await PakReader.ReadConfAsync(Project.Path(EarlierPak), TestContext.Current.CancellationToken);
        Assert.Equal($"{Project.Path(EarlierPak)}\n{conf.PullReference}\n", result.Output);
        Assert.Equal(
            ("MyAdapter", new ApiVersion(1, 2, 3), ApiProtocol.Https, 443, Repository),
            (conf.AdapterKind, conf.ApiVersion, conf.Protocol, conf.Port, conf.PullReference!.Name));
        using var http = new HttpClient();
        using var request = new HttpRequestMessage(HttpMethod.Get, $"http://{Registry.Host}/v2/packs/mine/manifests/{conf.Digest}");
        request.Headers.Accept.ParseAdd(MediaTypes.OciManifest);
        using var served = await http.SendAsync(request, TestContext.Current.CancellationToken);
        Assert.Equal(conf.Digest, Digest.Of(await served.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken)));
        Assert.Equal("other", File.ReadAllText(Project.Path("build/Other_1.0.0.pak")));
        await AssertNoContainerAsync();
    }

    [Fact]
    public async Task The_result_is_JSON_when_asked_for()
    {
        var result = await RunAsync("-r", Repository, "--output", "json");

        var conf = await PakReader.ReadConfAsync(Project.Path(EarlierPak), TestContext.Current.CancellationToken);
        using var document = JsonDocument.Parse(result.Output);
        Assert.Equal(
            ["pak", "pullReference", "pushedReference", "digest", "attached", "signature"], document.RootElement.EnumerateObject().Select(member => member.Name));
        var values = document.RootElement.EnumerateObject().Select(member => member.Value.GetString()!).ToList();
        Assert.Equal([Project.Path(EarlierPak), conf.PullReference!.ToString(), conf.Digest.ToString()!], [values[0], values[1], values[3]]);
        Assert.Matches($"^{Regex.Escape(Repository)}:1\\.2\\.3-[0-9a-f]{{12}}$", values[2]);
        Assert.True(Digest.TryParse(values[4], out _));
    }

    [Fact]
    public async Task The_same_project_gives_the_same_pak_again()
    {
        await RunAsync("-r", Repository);
        var first = File.ReadAllBytes(Project.Path(EarlierPak));

        var second = await RunAsync("-r", Repository);

        Assert.Equal(ExitCodes.Success, second.ExitCode);
        Assert.Equal(first, File.ReadAllBytes(Project.Path(EarlierPak)));
        Assert.Contains("Using cache", second.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_the_adapter_says_of_itself_is_in_the_pak()
    {
        await RunAsync("-r", Repository, "-i");

        using var pak = ZipFile.OpenRead(Project.Path(EarlierPak));
        using var adapter = new ZipArchive(pak.GetEntry("adapter.zip")!.Open());
        using var describe = new StreamReader(adapter.GetEntry("MyAdapter/conf/describe.xml")!.Open());
        Assert.Contains("<AdapterKind key=\"MyAdapter\"", await describe.ReadToEndAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
        using var conf = new StreamReader(adapter.GetEntry("MyAdapter.conf")!.Open());
        Assert.Contains("API_PROTOCOL=http\nAPI_PORT=8080\n", await conf.ReadToEndAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_pak_names_the_pull_host_and_never_the_push_host()
    {
        var pull = Repository.Replace("127.0.0.1", "localhost", StringComparison.Ordinal);

        var result = await RunAsync("-r", pull, "--push-registry", Repository);

        Assert.Equal((ExitCodes.Success, ""), (result.ExitCode, string.Join('\n', result.Problems)));
        var conf = await PakReader.ReadConfAsync(Project.Path(EarlierPak), TestContext.Current.CancellationToken);
        Assert.Equal(pull, conf.PullReference!.Name);
    }

    [Fact]
    public async Task A_pull_repository_without_the_image_gives_no_pak()
    {
        var result = await RunAsync("-r", $"{Registry.Host}/packs/elsewhere", "--push-registry", Repository);

        await AssertFailedAsync(result, ExitCodes.Verify, "is not there although the image was pushed");
    }

    [Fact]
    public async Task A_registry_that_is_down_is_found_out_before_the_build()
    {
        await Registry.StopAsync();

        var result = await RunAsync("-r", Repository);

        await AssertFailedAsync(result, ExitCodes.Push, "connection refused");
        Assert.DoesNotContain("build image", result.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""RUN ["/bin/busybox", "false"]""", "returned a non-zero code: 1")]
    [InlineData("NONSENSE", "unknown instruction: NONSENSE")]
    [InlineData("COPY nothing /", "nothing")]
    public async Task A_build_that_fails_says_why(string instruction, string expected)
    {
        WriteDockerfile(instruction);

        await AssertFailedAsync(await RunAsync("-r", Repository), ExitCodes.Build, expected);
    }

    [Fact]
    public async Task An_adapter_that_ends_is_reported_with_its_log()
    {
        WriteDockerfile("""ENTRYPOINT ["/bin/busybox","sh","-c","echo no database; exit 7"]""");

        var result = await RunAsync("-r", Repository);

        await AssertFailedAsync(result, ExitCodes.Build, "exit code 7");
        Assert.Contains("no database", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_definition_for_another_adapter_is_refused_before_the_push()
    {
        Project.Write("www/adapterDefinition", Definitions.Small().ToJsonString());

        var result = await RunAsync("-r", Repository);

        await AssertFailedAsync(result, ExitCodes.Validation, "the adapter's key is 'K', but adapter_kinds in manifest.txt names 'MyAdapter'");
        using var http = new HttpClient();
        using var tags = await http.GetAsync(new Uri($"http://{Registry.Host}/v2/packs/mine/tags/list"), TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.NotFound, tags.StatusCode);
    }

    [Fact]
    public async Task Interrupted_it_removes_its_container()
    {
        WriteDockerfile("""ENTRYPOINT ["/bin/busybox","sleep","1000"]""");
        using var run = MpBuild.Start(Project.FullPath, ["-r", Repository]);
        await run.WaitForAsync("build image");
        while ((await ContainersAsync()).Count == 0)
            await Task.Yield();

        await run.InterruptAsync();
        var result = await run.EndAsync();

        await AssertFailedAsync(result, ExitCodes.Interrupted, "interrupted");
    }

    [Fact]
    public async Task What_a_killed_run_left_is_removed_by_the_next_one()
    {
        WriteDockerfile("""ENTRYPOINT ["/bin/busybox","sleep","1000"]""");
        using (var killed = MpBuild.Start(Project.FullPath, ["-r", Repository]))
        {
            await killed.WaitForAsync("build image");
            while (!(await ContainersAsync()).Any(container => container.State == "running"))
                await Task.Yield();
        }

        Assert.Single(await ContainersAsync());
        WriteDockerfile(Entrypoint);

        var result = await RunAsync("-r", Repository);

        Assert.Equal((ExitCodes.Success, ""), (result.ExitCode, string.Join('\n', result.Problems)));
        Assert.Contains("of a run that was killed is removed", result.Error, StringComparison.Ordinal);
        await AssertNoContainerAsync();
    }
}
