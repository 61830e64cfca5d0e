using System.Text;
using Berth.Oci.Client;
using Microsoft.Extensions.Time.Testing;

namespace Berth.Oci.Tests.Client;

public sealed class DockerCredentialTests : IDisposable
{
    private static readonly RegistryHost Host = RegistryHost.Parse("h.example:5000");
    private static readonly string Auth = Convert.ToBase64String("user:pa:ss wörd"u8);

    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("berth-credentials-");

    private string ConfigFile => Path.Combine(_directory.FullName, "config.json");

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("h.example:5000", "h.example:5000")]
    [InlineData("h.example:5000", "https://h.example:5000")]
    [InlineData("h.example:5000", "http://h.example:5000/")]
    [InlineData("h.example:5000", "https://h.example:5000/v1/")]
    [InlineData("h.example:5000", "https://h.example:5000/v2/")]
    [InlineData("H.Example:5000", "h.example:5000")]
    [InlineData("docker.io", "https://index.docker.io/v1/")]
    [InlineData("docker.io", "index.docker.io")]
    [InlineData("docker.io", "docker.io")]
    public async Task The_entry_of_a_host_is_found_under_the_names_that_clients_use(string host, string key)
    {
        Write($$"""{"HttpHeaders":{},"auths":{"z.example":{"auth":"x"},"{{key}}":{"auth":"{{Auth}}" } } }""");
        Assert.Equal(new Credential("user", "pa:ss wörd"), await Source().FindAsync(RegistryHost.Parse(host), Token));
    }

    [Theory]
    [InlineData("h.example")]
    [InlineData("h.example:50000")]
    [InlineData("x.h.example:5000")]
    [InlineData("https://z.example/h.example:5000")]
    [InlineData("docker.io")]
    public async Task The_entry_of_another_host_is_not_taken(string key)
    {
        Write($$"""{"auths":{"{{key}}":{"auth":"{{Auth}}" } } }""");
        Assert.Null(await Source().FindAsync(Host, Token));
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("null")]
    [InlineData("""{"auths":null}""")]
    [InlineData("""{"auths":{"h.example:5000":{}}}""")]
    [InlineData("""{"auths":{"h.example:5000":null}}""")]
    public async Task A_file_without_a_login_gives_none(string json)
    {
        Write(json);
        Assert.Null(await Source().FindAsync(Host, Token));
    }

    [Fact]
    public async Task A_file_that_is_not_there_gives_none() => Assert.Null(await Source().FindAsync(Host, Token));

    [Theory]
    [InlineData("{\"auths\": {\"h.example:5000\": {\"auth\": \"SECRET", "is not valid JSON")]
    [InlineData("{\"auths\": \"SECRET\"}", "is not valid JSON")]
    [InlineData("{\"auths\":{\"h.example:5000\":{\"auth\":\"%SECRET%\"}}}", "is not base64 of user:password")]
    [InlineData("{\"auths\":{\"h.example:5000\":{\"auth\":\"U0VDUkVU\"}}}", "is not base64 of user:password")]
    [InlineData("{\"auths\":{\"h.example:5000\":{\"identitytoken\":\"SECRET\"}}}", "identity token")]
    [InlineData("{\"credsStore\":\"../../bin/SECRET\"}", "no name of a program")]
    [InlineData("{\"credsStore\":\"not-there\"}", "docker-credential-not-there, which is not on the PATH")]
    public async Task A_file_that_cannot_be_used_is_named_and_not_shown(string json, string expected)
    {
        Write(json);
        var failure = await Assert.ThrowsAsync<RegistryException>(() => Source().FindAsync(Host, Token).AsTask());
        Assert.Equal(RegistryFailure.Credentials, failure.Reason);
        Assert.Contains(expected, failure.Message, StringComparison.Ordinal);
        Assert.Contains(ConfigFile, failure.Message, StringComparison.Ordinal);
        if (!json.Contains("bin/", StringComparison.Ordinal))
            Assert.DoesNotContain("SECRET", failure.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_file_that_is_too_large_is_refused()
    {
        Write(new string(' ', 1024 * 1024 + 1));
        var failure = await Assert.ThrowsAsync<RegistryException>(() => Source().FindAsync(Host, Token).AsTask());
        Assert.Contains(ConfigFile, failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_helper_is_asked_for_the_host_on_its_standard_input()
    {
        await WriteHelperAsync("test", """read -r host; [ "$1" = get ] && printf '{"ServerURL":"%s","Username":"for %s","Secret":"s"}' "$host" "$host" """);
        Write("""{"credsStore":"test","auths":{"h.example:5000":{}}}""");
        Assert.Equal(new Credential("for h.example:5000", "s"), await Source().FindAsync(Host, Token));
        Assert.Equal("for https://index.docker.io/v1/", (await Source().FindAsync(RegistryHost.DockerHub, Token))?.Username);
    }

    [Fact]
    public async Task The_helper_of_the_host_goes_before_the_one_of_all_hosts()
    {
        await WriteHelperAsync("one", """printf '{"Username":"one","Secret":"s"}' """);
        await WriteHelperAsync("all", """printf '{"Username":"all","Secret":"s"}' """);
        Write("""{"credsStore":"all","credHelpers":{"h.example:5000":"one"}}""");
        Assert.Equal("one", (await Source().FindAsync(Host, Token))?.Username);
        Assert.Equal("all", (await Source().FindAsync(RegistryHost.Parse("z.example"), Token))?.Username);
    }

    [Fact]
    public async Task A_helper_that_has_no_login_leaves_the_word_to_the_file()
    {
        await WriteHelperAsync("empty", "echo 'credentials not found in native keychain'; exit 1");
        Write("""{"credsStore":"empty"}""");
        Assert.Null(await Source().FindAsync(Host, Token));
        Write($$"""{"credsStore":"empty","auths":{"h.example:5000":{"auth":"{{Auth}}" } } }""");
        Assert.Equal("user", (await Source().FindAsync(Host, Token))?.Username);
    }

    [Theory]
    [InlineData("echo SECRET; echo SECRET >&2; exit 3", "failed with exit code 3")]
    [InlineData("echo SECRET", "printed no login")]
    [InlineData("echo '{\"Username\":\"SECRET\"}'", "printed no login")]
    [InlineData("echo null", "printed no login")]
    [InlineData("yes SECRET", "printed more than a login")]
    [InlineData("printf '{\"Username\":\"<token>\",\"Secret\":\"SECRET\"}'", "identity token")]
    public async Task A_helper_that_goes_wrong_is_named_and_its_output_not_shown(string script, string expected)
    {
        await WriteHelperAsync("bad", script);
        Write("""{"credsStore":"bad"}""");
        var failure = await Assert.ThrowsAsync<RegistryException>(() => Source().FindAsync(Host, Token).AsTask());
        Assert.Equal(RegistryFailure.Credentials, failure.Reason);
        Assert.Contains("docker-credential-bad", failure.Message, StringComparison.Ordinal);
        Assert.Contains(expected, failure.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("SECRET", failure.ToString(), StringComparison.Ordinal);
    }

    [Fact(Timeout = 60_000)]
    public async Task A_helper_that_hangs_is_ended()
    {
        // The helper holds the pipe open as long as it lives.
        var pipe = Path.Combine(_directory.FullName, "pipe");
        await Programs.RunAsync("/bin/sh", "-c", "mkfifo \"$1\"", "sh", pipe);
        await WriteHelperAsync("slow", $"exec 3> {pipe}; echo started >&3; exec sleep 1000");
        Write("""{"credsStore":"slow"}""");
        var time = new FakeTimeProvider();
        var asked = Source(time).FindAsync(Host, TestContext.Current.CancellationToken).AsTask();
        using var life = new StreamReader(pipe);
        Assert.Equal("started", await life.ReadLineAsync(Token));

        time.Advance(TimeSpan.FromSeconds(60));
        var failure = await Assert.ThrowsAsync<RegistryException>(() => asked);
        Assert.Contains("did not answer within 60 s", failure.Message, StringComparison.Ordinal);
        Assert.Null(await life.ReadLineAsync(Token));
    }

    [Fact]
    public async Task A_helper_that_cannot_be_started_is_told()
    {
        await File.WriteAllTextAsync(Path.Combine(_directory.FullName, "docker-credential-flat"), "no program", Token);
        Write("""{"credsStore":"flat"}""");
        var failure = await Assert.ThrowsAsync<RegistryException>(() => Source().FindAsync(Host, Token).AsTask());
        Assert.Contains("could not be started", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_next_file_is_read_when_the_first_has_no_login()
    {
        Write("{}");
        var podman = Path.Combine(_directory.FullName, "auth.json");
        await File.WriteAllTextAsync(podman, $$"""{"auths":{"h.example:5000":{"auth":"{{Auth}}" } } }""", Token);
        var source = new DockerCredentialSource(new DockerCredentialOptions { Files = [ConfigFile, podman] });
        Assert.Equal("user", (await source.FindAsync(Host, Token))?.Username);
    }

    [Fact]
    public void The_files_are_those_of_docker_and_podman()
    {
        Assert.Equal(["/home/a/.docker/config.json", "/run/user/1/containers/auth.json"], Files(("HOME", "/home/a"), ("XDG_RUNTIME_DIR", "/run/user/1")));
        Assert.Equal(["/d/config.json", "/r.json"], Files(("HOME", "/home/a"), ("DOCKER_CONFIG", "/d"), ("REGISTRY_AUTH_FILE", "/r.json")));
        Assert.Empty(Files());

        static IReadOnlyList<string> Files(params (string Name, string Value)[] variables) =>
            DockerCredentialOptions.FromEnvironment(name => variables.FirstOrDefault(variable => variable.Name == name).Value).Files;
    }

    [Fact]
    public void The_text_of_a_login_hides_its_secret() => Assert.Equal("user:***", new Credential("user", "s3cret").ToString());

    public void Dispose() => _directory.Delete(recursive: true);

    private DockerCredentialSource Source(TimeProvider? time = null) => new(new DockerCredentialOptions
    {
        Files = [ConfigFile],
        SearchPath = $"relative:{_directory.FullName}",
        ProgramTimeout = TimeSpan.FromSeconds(60),
        TimeProvider = time ?? TimeProvider.System,
    });

    private void Write(string json) => File.WriteAllText(ConfigFile, json, new UTF8Encoding(false));

    /// <summary>
    /// Another process writes it: were it open for writing here while a parallel test forks, starting it would fail ("text file busy").
    /// </summary>
    private async Task WriteHelperAsync(string name, string script) => await Programs.RunAsync(
        "/bin/sh", "-c", "printf '#!/bin/sh\n%s\n' \"$1\" > \"$2\" && chmod 700 \"$2\"", "sh",
        script, Path.Combine(_directory.FullName, $"docker-credential-{name}"));
}
