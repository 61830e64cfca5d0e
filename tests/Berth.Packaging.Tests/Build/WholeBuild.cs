using System.Text;
using Berth.Packaging.Engine;
using Berth.Packaging.Tests.Describe;
using Berth.Packaging.Tests.Engine;
using Berth.Packaging.Tests.Install;
using Berth.Packaging.Tests.Project;
using Docker.DotNet.Models;

namespace Berth.Packaging.Tests.Build;

/// <summary>A project with two earlier paks, a registry that is not ours, and the real mp-build with a real engine.</summary>
public abstract class WholeBuild(TestEngine test) : IAsyncLifetime
{
    protected const string EarlierPak = "build/MyAdapter_1.2.3.pak";
    protected const string Entrypoint = """ENTRYPOINT ["/bin/busybox","httpd","-f","-p","8080","-h","/www"]""";

    internal ProjectDirectory Project { get; } = new();
    private ForeignRegistry? _registry;

    internal ForeignRegistry Registry => _registry!;

    protected string Repository => $"{Registry.Host}/packs/mine";

    /// <summary>On the images and containers of this test alone.</summary>
    protected string Label => $"test={Project.FullPath}";

    public async ValueTask InitializeAsync()
    {
        _registry = await ForeignRegistry.StartAsync();
        Project.Write(EarlierPak, "earlier");
        Project.Write("build/Other_1.0.0.pak", "other");
        Project.Write("www/apiVersion", """{"major":1,"minor":2,"maintenance":3}""");
        var definition = Definitions.Small();
        definition["adapter_key"] = "MyAdapter";
        Project.Write("www/adapterDefinition", definition.ToJsonString());
        File.Copy("/bin/busybox", Project.Path("busybox"));
        WriteDockerfile(Entrypoint);
    }

    public async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        await Registry.DisposeAsync();
        foreach (var container in await ContainersAsync())
            await test.RemoveContainerAsync(container.ID);
        var filter = new Dictionary<string, IDictionary<string, bool>> { ["label"] = new Dictionary<string, bool> { [Label] = true } };
        foreach (var image in await test.Engine.Client.Images.ListImagesAsync(new ImagesListParameters { Filters = filter }))
            await test.RemoveImageAsync(image.ID);
        Project.Dispose();
    }

    protected void WriteDockerfile(string last) =>
        Project.Write("Dockerfile", $"FROM scratch\nCOPY busybox /bin/busybox\nCOPY www /www\nLABEL {Label}\n{last}\n");

    internal async Task AssertFailedAsync(MpBuild.Result result, int code, string expected)
    {
        Assert.Contains(expected, string.Join('\n', result.Problems), StringComparison.Ordinal);
        Assert.Equal((code, ""), (result.ExitCode, result.Output));
        Assert.Equal("earlier", File.ReadAllText(Project.Path(EarlierPak), Encoding.UTF8));
        Assert.Equal(2, Directory.EnumerateFiles(Project.Path("build")).Count());
        await AssertNoContainerAsync();
    }

    protected async Task AssertNoContainerAsync() => Assert.Empty(await ContainersAsync());

    protected async Task<IList<ContainerListResponse>> ContainersAsync()
    {
        var labels = new Dictionary<string, bool> { [$"{ContainerLabels.Tool}=mp-build"] = true, [Label] = true };
        var filter = new Dictionary<string, IDictionary<string, bool>> { ["label"] = labels };
        return await test.Engine.Client.Containers.ListContainersAsync(new ContainersListParameters { All = true, Filters = filter });
    }

    internal Task<MpBuild.Result> RunAsync(params string[] arguments) => MpBuild.RunAsync(Project.FullPath, arguments);
}
