using System.Text.Json;
using Berth.Chain.Tests.Running;
using Berth.MpInstall;
using Berth.Oci;
using Berth.Packaging.Engine;
using Berth.Packaging.Tests.Engine;
using Docker.DotNet.Models;

namespace Berth.Packaging.Tests.Preload;

/// <summary>Images of a private repository of Berth, with the real mp-install and a real engine.</summary>
[Collection(NeedsEngine.Name)]
[Trait(NeedsEngine.Trait, NeedsEngine.TraitValue)]
public sealed class PreloadLoginTests(TestEngine test) : IAsyncLifetime
{
    private readonly TempDirectory _directory = new();
    private BerthServer? _server;
    private string _pak = "";
    private PinnedImage? _wanted;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private BerthServer Server => _server!;

    public async ValueTask InitializeAsync()
    {
        _server = await BerthServer.StartAsync(_directory.Path("data"), more: ["--private", "packs"]);
        var digest = await PushAsync(await test.MakeImageAsync(["/bin/busybox"]));
        _wanted = new PinnedImage($"{Server.Host}/{PreloadPak.Path}", digest);
        test.Track(_wanted.ToString());
        _pak = PreloadPak.Write(_directory, Server.Host, digest);
    }

    public async ValueTask DisposeAsync()
    {
        await Server.DisposeAsync();
        _directory.Dispose();
    }

    [Fact]
    public async Task The_login_of_docker_is_used_for_one_pull_and_its_file_is_not_touched()
    {
        var config = _directory.Write("docker/config.json", BerthServer.Administrator.DockerConfig(Server.Host));
        var before = (await File.ReadAllBytesAsync(config, Cancellation), File.GetLastWriteTimeUtc(config));

        var result = await Preload("--output", "json").With("DOCKER_CONFIG", _directory.Path("docker")).RunAsync();

        Assert.Equal((0, ""), (result.ExitCode, result.ExitCode == 0 ? "" : result.Errors));
        using var json = JsonDocument.Parse(result.Output);
        Assert.Equal("pull-with-login", json.RootElement.GetProperty("source").GetString());
        Assert.Equal(_wanted!.ToString(), json.RootElement.GetProperty("reference").GetString());
        Assert.NotNull(await test.Engine.Images.FindAsync(_wanted, Cancellation));
        Assert.Equal(before.Item1, await File.ReadAllBytesAsync(config, Cancellation));
        Assert.Equal(before.Item2, File.GetLastWriteTimeUtc(config));
        Assert.Equal([config], Directory.GetFiles(_directory.Path("docker"), "*", SearchOption.AllDirectories));
        await AssertEngineHasNoLoginAsync();
    }

    [Fact]
    public async Task A_password_comes_from_standard_input_and_appears_nowhere()
    {
        var login = BerthServer.Administrator;

        var result = await (Preload("--registry-username", login.Name, "--password-stdin") with { Input = login.Password + "\n" }).RunAsync();

        Assert.Equal((0, ""), (result.ExitCode, result.ExitCode == 0 ? "" : result.Errors));
        Assert.Contains("came from  a pull by digest, with a login that only this pull had", result.Output, StringComparison.Ordinal);
        Assert.DoesNotContain(login.Password, result.Output + result.Errors, StringComparison.Ordinal);
        Assert.Empty(Directory.GetFiles(Home, "*", SearchOption.AllDirectories));
        await AssertEngineHasNoLoginAsync();
    }

    [Fact]
    public async Task A_password_comes_from_the_environment()
    {
        var result = await Preload("--registry-username", "admin")
            .With(PreloadLogin.PasswordVariable, BerthServer.Administrator.Password).RunAsync();

        Assert.Equal(0, result.ExitCode);
    }

    [Fact]
    public async Task Without_a_login_one_is_asked_for()
    {
        var result = await Preload().RunAsync();

        Assert.Equal(PreloadExitCodes.Login, result.ExitCode);
        Assert.Contains("there is none: give --registry-username with --password-stdin", result.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_wrong_password_is_said_to_be_refused()
    {
        var result = await (Preload("--registry-username", "admin", "--password-stdin") with { Input = "wrong" }).RunAsync();

        Assert.True(result.ExitCode == PreloadExitCodes.Login, result.Errors);
        Assert.Contains("does not let admin pull", result.Errors, StringComparison.Ordinal);
        Assert.Null(await test.Engine.Images.FindAsync(_wanted!, Cancellation));
    }

    [Fact]
    public async Task A_user_without_a_password_is_a_matter_of_usage()
    {
        var result = await Preload("--registry-username", "admin").RunAsync();

        Assert.Equal(ExitCodes.Usage, result.ExitCode);
        Assert.Contains(PreloadLogin.PasswordVariable, result.Errors, StringComparison.Ordinal);
    }

    private string Home => Directory.CreateDirectory(_directory.Path("home")).FullName;

    private Command Preload(params string[] more) =>
        new Command(Path.Combine(AppContext.BaseDirectory, "mp-install"), ["preload", _pak, .. more])
            .With("HOME", Home).With("DOCKER_CONFIG", Home).With("XDG_RUNTIME_DIR", Home);

    /// <summary>The image is taken away, and the engine asked for it again: as a Cloud Proxy asks, it does not get it.</summary>
    private async Task AssertEngineHasNoLoginAsync()
    {
        await test.RemoveImageAsync(_wanted!.ToString());
        var e = await Assert.ThrowsAsync<PullException>(() => test.Engine.Images.PullAsync(_wanted, null, Cancellation));
        Assert.Equal(PullFailure.Denied, e.Failure);
    }

    private async Task<Digest> PushAsync(string image)
    {
        var name = $"{Server.Host}/{PreloadPak.Path}";
        var images = test.Engine.Client.Images;
        await images.TagImageAsync(image, new ImageTagParameters { RepositoryName = name, Tag = "1" }, Cancellation);
        var login = new AuthConfig { Username = BerthServer.Administrator.Name, Password = BerthServer.Administrator.Password };
        var messages = new PullMessages(null);
        await images.PushImageAsync($"{name}:1", new ImagePushParameters(), login, messages, Cancellation);
        Assert.Null(messages.Error);
        var digest = (await images.InspectImageAsync($"{name}:1", Cancellation)).RepoDigests.Single(text => text.StartsWith(name, StringComparison.Ordinal));
        await test.RemoveImageAsync($"{name}:1");
        await test.RemoveImageAsync(image);
        return Digest.Parse(digest.Split('@')[1]);
    }
}
