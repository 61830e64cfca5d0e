using System.Net;
using System.Net.Sockets;
using Berth.MpInstall;
using Berth.Oci;
using Berth.Oci.Signing;
using Berth.Packaging.Engine;
using Berth.Packaging.Tests.Engine;

namespace Berth.Packaging.Tests.Preload;

using MpInstall = Berth.Packaging.Tests.Install.MpInstall;

/// <summary>Images from bundles, with the real mp-install and a real engine, and no registry.</summary>
[Collection(NeedsEngine.Name)]
[Trait(NeedsEngine.Trait, NeedsEngine.TraitValue)]
public sealed class PreloadBundleTests(TestEngine test) : IDisposable
{
    private readonly TempDirectory _directory = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose() => _directory.Dispose();

    [Theory]
    [InlineData("registry.dark.example")]
    [InlineData("registry.dark.example:5443")]
    [InlineData("harbor.dark.example:443")]
    [InlineData("localhost:5001")]
    [InlineData("127.77.0.9:5000")]
    public async Task An_image_gets_the_digest_that_it_is_looked_up_by(string host)
    {
        var hosts = await File.ReadAllBytesAsync("/etc/hosts", Cancellation);
        var image = await TestBundle.CreateAsync();
        var (pak, wanted) = Pak(host, image.Image);
        Assert.Null(await test.Engine.Images.FindAsync(wanted, Cancellation));

        var first = await MpInstall.RunAsync(["preload", pak, "--bundle", await image.WriteAsync(_directory.Path("b.tar"))]);
        var second = await MpInstall.RunAsync(["preload", pak]);

        Assert.True(first.ExitCode == ExitCodes.Success, first.ErrorText);
        Assert.Contains($"image      {wanted}\ncame from  the bundle\n", first.Output, StringComparison.Ordinal);
        Assert.NotNull(await test.Engine.Images.FindAsync(wanted, Cancellation));
        Assert.Contains("came from  the engine, which had it", second.Output, StringComparison.Ordinal);
        Assert.Equal(hosts, await File.ReadAllBytesAsync("/etc/hosts", Cancellation));
        AssertNothingTrusted("/etc/docker/certs.d");
    }

    [Fact]
    public async Task A_signature_is_required_with_a_key_and_told_about_without()
    {
        var (good, _) = Keys("good");
        var (_, wrongPublic) = Keys("wrong");
        var image = await TestBundle.CreateAsync();
        using var key = PrivateKey.Load(good, _ => null, []);
        var bundle = await image.WriteAsync(_directory.Path("b.tar"), key);
        var (pak, _) = Pak("registry.dark.example:5000", image.Image);

        var wrong = await MpInstall.RunAsync(["preload", pak, "--bundle", bundle, "--key", wrongPublic]);
        var right = await MpInstall.RunAsync(["preload", pak, "--bundle", bundle, "--key", _directory.Path("good.pub")]);

        Assert.Equal((PreloadExitCodes.Bundle, ExitCodes.Success), (wrong.ExitCode, right.ExitCode));
        right.AssertSays("signature verified");
    }

    [Fact]
    public async Task A_bundle_without_the_image_is_refused_before_anything_is_changed()
    {
        var (pak, _) = Pak("registry.dark.example:5000", Digest.Of("x"u8));
        var bundle = await (await TestBundle.CreateAsync()).WriteAsync(_directory.Path("b.tar"));

        var result = await MpInstall.RunAsync(["preload", pak, "--bundle", bundle]);

        Assert.Equal(PreloadExitCodes.Bundle, result.ExitCode);
        result.AssertSays("has no image sha256:");
        result.AssertSays("it has images of: elsewhere/named");
    }

    [Fact]
    public async Task A_differential_bundle_needs_the_earlier_one_beside_it()
    {
        var image = await TestBundle.CreateAsync();
        var differential = await image.WriteAsync(_directory.Path("d.tar"), without: image.Layer);
        var whole = await image.WriteAsync(_directory.Path("b.tar"));
        var (pak, wanted) = Pak("registry.dark.example:5000", image.Image);

        var alone = await MpInstall.RunAsync(["preload", pak, "--bundle", differential]);
        var both = await MpInstall.RunAsync(["preload", pak, "--bundle", whole, "--bundle", differential]);

        Assert.Equal(PreloadExitCodes.Bundle, alone.ExitCode);
        alone.AssertSays($"{image.Layer} is missing, because it builds on an earlier bundle");
        Assert.Equal(ExitCodes.Success, both.ExitCode);
        Assert.NotNull(await test.Engine.Images.FindAsync(wanted, Cancellation));
    }

    [Fact]
    public async Task A_damaged_bundle_gives_no_image_and_the_hosts_file_is_as_it_was()
    {
        var hosts = await File.ReadAllBytesAsync("/etc/hosts", Cancellation);
        var image = await TestBundle.CreateAsync();
        var bundle = await image.WriteAsync(_directory.Path("b.tar"));
        image.Damage(bundle);
        var (pak, wanted) = Pak("registry.dark.example:5000", image.Image);

        var result = await MpInstall.RunAsync(["preload", pak, "--bundle", bundle]);

        Assert.Equal(PreloadExitCodes.Bundle, result.ExitCode);
        Assert.Null(await test.Engine.Images.FindAsync(wanted, Cancellation));
        Assert.Equal(hosts, await File.ReadAllBytesAsync("/etc/hosts", Cancellation));
        AssertNothingTrusted("/etc/docker/certs.d");
    }

    [Fact]
    public async Task An_image_for_another_platform_is_refused()
    {
        var image = await TestBundle.CreateAsync("arm64");
        var (pak, _) = Pak("registry.dark.example:5000", image.Image);

        var result = await MpInstall.RunAsync(["preload", pak, "--bundle", await image.WriteAsync(_directory.Path("b.tar"))]);

        Assert.Equal(ExitCodes.Platform, result.ExitCode);
    }

    [Fact]
    public async Task A_port_that_is_taken_on_all_addresses_is_named()
    {
        using var taken = new TcpListener(IPAddress.Any, 0);
        taken.Start();
        var port = ((IPEndPoint)taken.LocalEndpoint).Port;
        var image = await TestBundle.CreateAsync();
        var (pak, _) = Pak($"registry.dark.example:{port}", image.Image);

        var result = await MpInstall.RunAsync(["preload", pak, "--bundle", await image.WriteAsync(_directory.Path("b.tar"))]);

        Assert.Equal(PreloadExitCodes.Name, result.ExitCode);
        result.AssertSays($"has to be served at port {port}");
        result.AssertSays("in use");
    }

    [Fact]
    public async Task A_hosts_file_that_the_engine_does_not_read_is_noticed()
    {
        var image = await TestBundle.CreateAsync();
        var (pak, _) = Pak("registry.dark.example:5000", image.Image);
        var hosts = _directory.Write("hosts", "127.0.0.1 localhost\n");

        var result = await MpInstall.RunAsync(
            ["preload", pak, "--bundle", await image.WriteAsync(_directory.Path("b.tar")), "--hosts-file", hosts], Relayed(out var relay));
        await relay.DisposeAsync();

        Assert.Equal(PreloadExitCodes.Name, result.ExitCode);
        result.AssertSays("did not come to the bundle");
        Assert.Equal("127.0.0.1 localhost\n", await File.ReadAllTextAsync(hosts, Cancellation));
    }

    [Fact]
    public async Task Another_address_in_the_hosts_file_is_not_overruled()
    {
        var image = await TestBundle.CreateAsync();
        var (pak, _) = Pak("registry.dark.example:5000", image.Image);
        var hosts = _directory.Write("hosts", "10.9.8.7 registry.dark.example\n");

        var result = await MpInstall.RunAsync(
            ["preload", pak, "--bundle", await image.WriteAsync(_directory.Path("b.tar")), "--hosts-file", hosts]);

        Assert.Equal(PreloadExitCodes.Name, result.ExitCode);
        result.AssertSays("says already that registry.dark.example is 10.9.8.7");
    }

    [Fact]
    public async Task An_interrupted_run_takes_its_line_away_and_a_killed_one_leaves_it_to_the_next()
    {
        var hosts = _directory.Write("hosts", "127.0.0.1 localhost\n");
        var image = await TestBundle.CreateAsync();
        var bundle = await image.WriteAsync(_directory.Path("b.tar"));
        var (pak, _) = Pak("registry.dark.example:5000", image.Image);
        var trust = _directory.Path("certs.d");
        string[] files = ["--hosts-file", hosts, "--trust-directory", trust];
        string[] command = ["preload", pak, "--bundle", bundle, .. files];
        await using var silent = new SilentPulls();

        using var interrupted = MpInstall.Start(command, silent.Address);
        await silent.PullAsync(Cancellation);
        Assert.Contains("registry.dark.example # mp-install preload", await File.ReadAllTextAsync(hosts, Cancellation), StringComparison.Ordinal);
        Assert.Single(Directory.GetFiles(Path.Combine(trust, "registry.dark.example:5000"), "mp-install-preload-*.crt"));
        await interrupted.InterruptAsync();
        Assert.Equal(ExitCodes.Interrupted, (await interrupted.EndAsync()).ExitCode);
        Assert.Equal("127.0.0.1 localhost\n", await File.ReadAllTextAsync(hosts, Cancellation));

        AssertNothingTrusted(trust);

        var killed = MpInstall.Start(command, silent.Address);
        await silent.PullAsync(Cancellation);
        killed.Kill();
        await killed.EndAsync();
        killed.Dispose();
        Assert.Contains("registry.dark.example", await File.ReadAllTextAsync(hosts, Cancellation), StringComparison.Ordinal);

        var next = await MpInstall.RunAsync(["preload", pak, "--bundle", _directory.Path("none"), .. files]);
        next.AssertSays("the line of a run that was killed is removed");
        next.AssertSays("the certificate of a run that was killed is removed");
        Assert.Equal("127.0.0.1 localhost\n", await File.ReadAllTextAsync(hosts, Cancellation));
        AssertNothingTrusted(trust);
    }

    private static void AssertNothingTrusted(string directory) =>
        Assert.False(Directory.Exists(directory) && Directory.GetFiles(directory, "mp-install-preload-*", SearchOption.AllDirectories).Length > 0);

    private static string Relayed(out SilentPulls relay)
    {
        relay = new SilentPulls(answer: true);
        return relay.Address;
    }

    private (string Pak, PinnedImage Image) Pak(string host, Digest digest)
    {
        var wanted = new PinnedImage($"{host}/{PreloadPak.Path}", digest);
        test.Track(wanted.ToString());
        return (PreloadPak.Write(_directory, host, digest), wanted);
    }

    private (string Private, string Public) Keys(string name)
    {
        using var key = System.Security.Cryptography.ECDsa.Create(System.Security.Cryptography.ECCurve.NamedCurves.nistP256);
        return (_directory.Write($"{name}.key", key.ExportPkcs8PrivateKeyPem()), _directory.Write($"{name}.pub", key.ExportSubjectPublicKeyInfoPem()));
    }
}
