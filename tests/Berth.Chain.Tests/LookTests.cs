using System.IO.Compression;
using System.Text.Json;
using Berth.Chain.Tests.Chain;
using Berth.Chain.Tests.Running;

namespace Berth.Chain.Tests;

/// <summary>What is said of a pak before anything of it runs: what is in it, whether it can be pulled, whether registry and pak agree.</summary>
[Collection(EngineTests.Name)]
public sealed class LookTests
{
    [Fact]
    public async Task A_pak_whose_image_is_there_can_be_pulled_and_agrees_with_its_registry()
    {
        await using var bench = await Workbench.StartAsync();
        await bench.Build().SucceedAsync();

        var doctor = await Look(bench, "doctor").SucceedAsync();
        var verify = await Look(bench, "verify").SucceedAsync();
        var inspect = await Look(bench, "inspect", "--output", "json").SucceedAsync();

        foreach (var check in new[] { "name", "connection", "registry", "token", "manifest", "blobs", "platform", "clock", "engine" })
            Assert.Matches($"(?m)^ok +{check} ", doctor.Output);
        Assert.Contains("gets the manifest from the registry itself, without a login", doctor.Output, StringComparison.Ordinal);
        Assert.Contains("the registry has this very file beside the image", verify.Output, StringComparison.Ordinal);
        using var json = JsonDocument.Parse(inspect.Output);
        Assert.StartsWith($"{bench.Berth.Host}/", json.RootElement.GetProperty("image").GetString(), StringComparison.Ordinal);
        Assert.Equal("HostWatch", json.RootElement.GetProperty("conf").GetProperty("adapterKind").GetString());
    }

    [Fact]
    public async Task A_pak_that_was_changed_is_seen_by_verify()
    {
        await using var bench = await Workbench.StartAsync();
        await bench.Build().SucceedAsync();
        var other = Path.ChangeExtension(bench.Pak, ".other.pak");
        File.Copy(bench.Pak, other);
        await using (var archive = await ZipFile.OpenAsync(other, ZipArchiveMode.Update, TestContext.Current.CancellationToken))
            archive.CreateEntry("one-more-file");

        var verify = await bench.Tool(Executables.MpInstall, "verify", other).RunAsync();

        Assert.Equal(41, verify.ExitCode);
        Assert.Contains("this file is none of them", verify.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_digest_that_the_registry_does_not_have_is_told_apart()
    {
        await using var bench = await Workbench.StartAsync();
        await bench.Build().SucceedAsync();
        var gone = ForeignImage.Retarget(bench.Pak, $"sha256:{new string('a', 64)}");

        var doctor = await bench.Tool(Executables.MpInstall, "doctor", gone).RunAsync();
        var verify = await bench.Tool(Executables.MpInstall, "verify", gone).RunAsync();
        var install = await bench.Tool(Executables.MpInstall, gone).RunAsync();

        Assert.Equal((40, 41, 20), (doctor.ExitCode, verify.ExitCode, install.ExitCode));
        Assert.Matches("(?m)^failed +manifest +.* has nothing with the digest sha256:a", doctor.Output);
        Assert.Matches("(?m)^unknown +blobs ", doctor.Output);
    }

    [Fact]
    public async Task What_is_no_pak_ends_with_its_exit_code()
    {
        using var scratch = new ScratchDirectory();
        scratch.Write("no.pak", "text");

        foreach (var look in new[] { "inspect", "doctor", "verify" })
            Assert.Equal(3, (await new Command(Executables.MpInstall, look, scratch.File("no.pak")).RunAsync()).ExitCode);
    }

    private static Command Look(Workbench bench, string command, params string[] more) =>
        bench.Tool(Executables.MpInstall, [command, bench.Pak, .. more]);
}
