using System.Text.Json;
using System.Text.RegularExpressions;
using Berth.Chain.Tests.Chain;
using Berth.Chain.Tests.Running;

namespace Berth.Chain.Tests;

/// <summary>Builds as a build server runs them: no terminal, no docker command, the password where a program keeps it.</summary>
[Collection(EngineTests.Name)]
public sealed class HeadlessTests
{
    [Fact]
    public async Task A_build_needs_no_terminal_and_no_docker_command_and_takes_the_password_from_a_credential_helper()
    {
        await using var bench = await Workbench.StartAsync();
        using var path = new ScratchDirectory();
        CredentialHelper(path, bench);
        // All that there is beside it: no docker.
        File.CreateSymbolicLink(path.File("sh"), "/usr/bin/sh");
        var config = path.Write("config/config.json", """{"credsStore":"kept"}""");

        var build = await new Command("/usr/bin/setsid", "--wait", Executables.MpBuild, "--path", bench.Project, "-r", bench.Repository)
            .With("PATH", path.FullName)
            .With("DOCKER_CONFIG", Path.GetDirectoryName(config)!)
            .RunAsync();

        build.Succeeded();
        Assert.True(File.Exists(bench.Pak));
        Assert.DoesNotContain(bench.Login.Password, build.Errors, StringComparison.Ordinal);
        Assert.Equal("""{"credsStore":"kept"}""", await File.ReadAllTextAsync(config, TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task The_second_build_of_an_unchanged_project_pushes_nothing_and_takes_less_than_three_seconds_beside_the_adapters_start()
    {
        await using var bench = await Workbench.StartAsync();
        var first = await bench.Build("--output", "json").SucceedAsync();
        var earlier = await File.ReadAllBytesAsync(bench.Pak, TestContext.Current.CancellationToken);

        var second = await bench.Build("--output", "json").SucceedAsync();

        Assert.Equal(first.Output, second.Output);
        Assert.Equal(earlier, await File.ReadAllBytesAsync(bench.Pak, TestContext.Current.CancellationToken));
        Assert.Contains("nothing had to be pushed", second.Errors, StringComparison.Ordinal);
        Assert.Contains(", was there", second.Errors, StringComparison.Ordinal);
        Assert.InRange(Seconds(second, "in all") - Seconds(second, "start adapter"), 0, 3);
    }

    [Fact]
    public async Task The_pak_lies_beside_its_image_and_pins_it()
    {
        await using var bench = await Workbench.StartAsync();
        var build = await bench.Build("--output", "json").SucceedAsync();
        using var result = JsonDocument.Parse(build.Output);
        var image = result.RootElement.GetProperty("digest").GetString()!;
        using var http = new HttpClient { BaseAddress = bench.Berth.Address };

        var listed = await http.GetStringAsync(new Uri($"v2/demo/hostwatch/referrers/{image}", UriKind.Relative), TestContext.Current.CancellationToken);
        using var deleted = await http.SendAsync(Delete(image), TestContext.Current.CancellationToken);

        Assert.Contains(result.RootElement.GetProperty("attached").GetString()!, listed, StringComparison.Ordinal);
        Assert.Contains("application/vnd.berth.pak.v1", listed, StringComparison.Ordinal);
        Assert.Equal(405, (int)deleted.StatusCode);
    }

    private static HttpRequestMessage Delete(string image)
    {
        var admin = BerthServer.Administrator;
        var login = Convert.ToBase64String(System.Text.Encoding.UTF8.GetBytes($"{admin.Name}:{admin.Password}"));
        return new HttpRequestMessage(HttpMethod.Delete, $"v2/demo/hostwatch/manifests/{image}")
        {
            Headers = { Authorization = new("Basic", login) },
        };
    }

    private static double Seconds(CommandResult build, string stage) => double.Parse(
        Regex.Matches(build.Errors, $@"^{stage} +ok +([0-9.]+) s", RegexOptions.Multiline)[^1].Groups[1].Value,
        System.Globalization.CultureInfo.InvariantCulture);

    private static void CredentialHelper(ScratchDirectory path, Workbench bench)
    {
        var helper = path.Write(
            "docker-credential-kept",
            $$"""
            #!/bin/sh
            [ "$1" = get ] || exit 1
            echo '{"ServerURL":"{{bench.Berth.Host}}","Username":"{{bench.Login.Name}}","Secret":"{{bench.Login.Password}}"}'
            """);
        File.SetUnixFileMode(helper, UnixFileMode.UserRead | UnixFileMode.UserExecute);
    }
}
