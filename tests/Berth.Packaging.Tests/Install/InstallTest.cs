using System.Globalization;
using Berth.Oci;
using Berth.Packaging.Tests.Engine;
using Berth.Packaging.Tests.Pak;

namespace Berth.Packaging.Tests.Install;

/// <summary>Whole installations: the real mp-install, a real engine, and a registry that is not ours.</summary>
public abstract class InstallTest(TestEngine test) : IAsyncLifetime
{
    private protected const string Path = "packs/test";

    private ForeignRegistry? _registry;

    private protected TestEngine Test => test;

    private protected TempDirectory Directory { get; } = new();

    private protected ForeignRegistry Registry => _registry!;

    public async ValueTask InitializeAsync() => _registry = await ForeignRegistry.StartAsync();

    public async ValueTask DisposeAsync()
    {
        await Registry.DisposeAsync();
        Directory.Dispose();
        GC.SuppressFinalize(this);
    }

    private protected async Task<(string Pak, string Reference)> PublishAsync(string routes = "", string? describe = null) =>
        await PublishImageAsync(await TestAdapter.MakeAsync(Test, routes), describe);

    private protected async Task<(string Pak, string Reference)> PublishImageAsync(string image, string? describe = null)
    {
        var digest = await Registry.PushAsync(Test, image, Path);
        var reference = $"{Registry.Host}/{Path}@{digest}";
        Test.Track(reference);
        return (WritePak(Registry.Host, digest, describe), reference);
    }

    private protected string WritePak(string? host, Digest digest, string? describe = null)
    {
        var registry = host is null ? "" : $"REGISTRY={host}\n";
        var conf = string.Create(
            CultureInfo.InvariantCulture,
            $"KINDKEY={TestAdapter.Kind}\nAPI_VERSION=1.0.0\nAPI_PROTOCOL=http\nAPI_PORT=8080\n{registry}REPOSITORY=/{Path}\nDIGEST={digest}\n");
        List<(string, string)> files = [($"{TestAdapter.Kind}.conf", conf)];
        if (describe is not null)
            files.Add(($"{TestAdapter.Kind}/conf/describe.xml", describe));
        return Directory.Write($"{Guid.NewGuid():N}.pak", TestPak.WithAdapter(TestPak.Zip(files)));
    }
}
