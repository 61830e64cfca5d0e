using Berth.Chain.Tests.Running;

namespace Berth.Chain.Tests.Chain;

/// <summary>A registry with a pusher, a copy of the sample, and the tools with a Docker configuration of their own.</summary>
internal sealed class Workbench : IAsyncDisposable
{
    private readonly ScratchDirectory _scratch;

    private Workbench(BerthServer berth, Login login, ScratchDirectory scratch)
    {
        Berth = berth;
        Login = login;
        _scratch = scratch;
        Project = SampleProject.CopyTo(scratch);
        StoreLogin(berth.Host, login);
    }

    public BerthServer Berth { get; }

    public Login Login { get; }

    public string Project { get; }

    public string Pak => Path.Combine(Project, "build", "HostWatch_1.0.0.pak");

    /// <summary>Where the sample's image is pushed to and pulled from.</summary>
    public string Repository => $"{Berth.Host}/demo/hostwatch";

    private string DockerConfig => _scratch.File("docker");

    /// <param name="flags">Of the server.</param>
    public static async Task<Workbench> StartAsync(params string[] flags)
    {
        var scratch = new ScratchDirectory();
        var berth = await BerthServer.StartAsync(scratch.File("data"), more: flags);
        return new(berth, await berth.AddUserAsync("pusher"), scratch);
    }

    /// <summary>Leaves this login, right or wrong, as the only one in the Docker configuration.</summary>
    public void StoreLogin(string host, Login login) => _scratch.Write("docker/config.json", login.DockerConfig(host));

    public Command Tool(string executable, params string[] arguments) =>
        new Command(executable, arguments).With("DOCKER_CONFIG", DockerConfig);

    public Command Docker(params string[] arguments) => Tool("docker", arguments);

    public Command Build(params string[] more) => BuildFor(Repository, more);

    /// <param name="repository">Where the pak says that the image is pulled from.</param>
    /// <param name="more">Further arguments.</param>
    public Command BuildFor(string repository, params string[] more) =>
        Tool(Executables.MpBuild, ["--path", Project, "--registry-tag", repository, "--no-ttl", .. more]);

    public Command Install(params string[] more) =>
        Tool(Executables.MpInstall, [Pak, "--connection", SampleProject.Connection, "--output", "json", .. more]);

    /// <summary>Takes from the engine all it has of this registry's images, so that the next use is a pull.</summary>
    public async Task ForgetImagesAsync()
    {
        var listed = await Docker("image", "ls", "--all", "--no-trunc", "--format", "{{.Repository}} {{.ID}}").RunAsync();
        var images = listed.Succeeded().Output.Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Select(line => line.Split(' '))
            .Where(fields => fields[0].StartsWith(Berth.Host + "/", StringComparison.Ordinal))
            .Select(fields => fields[1])
            .Distinct()
            .ToList();
        if (images.Count > 0)
            (await Docker(["image", "rm", "--force", .. images]).RunAsync()).Succeeded();
    }

    public async ValueTask DisposeAsync()
    {
        await ForgetImagesAsync();
        await Berth.DisposeAsync();
        _scratch.Dispose();
    }
}
