using Berth.Chain.Tests.Registry;
using Berth.Chain.Tests.Running;

namespace Berth.Chain.Tests.Chain;

/// <summary>A registry with a pusher, and docker, podman and skopeo, each with storage and logins that last as long as the test.</summary>
internal sealed class ClientBench : IAsyncDisposable
{
    private readonly ScratchDirectory _scratch;
    private readonly BerthServer _berth;
    private readonly RegistryHttp _http;
    private readonly List<string> _images = [];
    private int _directories;

    private ClientBench(ScratchDirectory scratch, BerthServer berth, Login login)
    {
        (_scratch, _berth, Login) = (scratch, berth, login);
        _http = new(berth.Address);
        // The machine's own of these may be missing, or say something else.
        _scratch.Write("policy.json", """{ "default": [{ "type": "insecureAcceptAnything" }] }""");
        _scratch.Write("registries.conf", "");
        _scratch.Write("auth.json", "{}");
    }

    public Login Login { get; }

    public string Host => _berth.Host;

    public static async Task<ClientBench> StartAsync()
    {
        var scratch = new ScratchDirectory();
        var berth = await BerthServer.StartAsync(scratch.File("data"));
        return new(scratch, berth, await berth.AddUserAsync("pusher"));
    }

    public Command Docker(params string[] arguments) =>
        new Command("docker", arguments).With("DOCKER_CONFIG", _scratch.File("docker"));

    public Command Podman(params string[] arguments) => Containers(
        "podman",
        [
            "--root", _scratch.File("podman"), "--runroot", _scratch.File("podman-run"), "--network-config-dir", _scratch.File("podman-net"),
            "--storage-driver", "vfs", .. arguments,
        ]);

    public Command Skopeo(params string[] arguments) => Containers("skopeo", ["--policy", _scratch.File("policy.json"), .. arguments]);

    /// <summary>Builds a small image of two random layers and gives its reference with the tag 1.</summary>
    public async Task<string> BuildImageAsync(string name)
    {
        var context = FreshDirectory();
        var random = new Random(1);
        foreach (var layer in new[] { "one", "two" })
        {
            var bytes = new byte[300_000];
            random.NextBytes(bytes);
            await File.WriteAllBytesAsync($"{context}/{layer}", bytes, TestContext.Current.CancellationToken);
        }
        var recipe = $"FROM scratch\nCOPY one /\nCOPY two /\nLABEL name={name}\nCMD [\"/one\"]\n";
        await File.WriteAllTextAsync($"{context}/Dockerfile", recipe, TestContext.Current.CancellationToken);
        var image = $"{Host}/team/{name}:1";
        await Docker("build", "--quiet", "--tag", image, context).SucceedAsync();
        _images.Add(image);
        return image;
    }

    /// <summary>The same as an archive that the others can read.</summary>
    public async Task<string> SaveImageAsync(string name)
    {
        var image = await BuildImageAsync(name);
        var archive = _scratch.File($"{name}.tar");
        await Docker("save", "--output", archive, image).SucceedAsync();
        return archive;
    }

    public async Task ForgetAsync(string image)
    {
        var id = await Docker("image", "ls", "--quiet", "--no-trunc", image[..image.LastIndexOf(':')]).SucceedAsync();
        await Docker(["image", "rm", "--force", .. id.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Distinct()]).SucceedAsync();
    }

    /// <summary>Digest of the manifest that the tag 1 names, from the bytes served.</summary>
    public async Task<string> DigestAsync(string name) =>
        await FindDigestAsync(name) ?? throw new InvalidOperationException($"nothing was pushed to {name}");

    public async Task<string?> FindDigestAsync(string name) =>
        await _http.FetchAsync($"/v2/team/{name}/manifests/1") is { } manifest ? Sha256.Of(manifest) : null;

    public string FreshDirectory() => Directory.CreateDirectory(_scratch.File($"directory-{++_directories}")).FullName;

    public async ValueTask DisposeAsync()
    {
        foreach (var image in _images)
            await ForgetAsync(image);
        _http.Dispose();
        await _berth.DisposeAsync();
        _scratch.Dispose();
    }

    private Command Containers(string client, params string[] arguments) =>
        new Command(client, arguments)
            .With("REGISTRY_AUTH_FILE", _scratch.File("auth.json"))
            .With("XDG_RUNTIME_DIR", _scratch.FullName)
            .With("CONTAINERS_REGISTRIES_CONF", _scratch.File("registries.conf"))
            .With("DOCKER_CONFIG", _scratch.File("docker"));
}
