using System.Security.Cryptography;
using System.Text;
using Berth.Packaging.Engine;

namespace Berth.Packaging.Tests.Engine;

public sealed class EngineDiscoveryTests : IDisposable
{
    private readonly TempDirectory _home = new();
    private readonly Dictionary<string, string> _variables = [];
    private readonly HashSet<string> _sockets = [];

    public EngineDiscoveryTests()
    {
        _variables["HOME"] = _home.FullPath;
        _variables["XDG_RUNTIME_DIR"] = "/run/user/7";
    }

    public void Dispose() => _home.Dispose();

    [Fact]
    public void DOCKER_HOST_comes_before_everything_else()
    {
        AddContext("other", """{"Name":"other","Endpoints":{"docker":{"Host":"unix:///other.sock"}}}""");
        _variables["DOCKER_CONTEXT"] = "other";
        _variables["CONTAINER_HOST"] = "unix:///podman.sock";
        _variables["DOCKER_HOST"] = "unix:///first.sock";

        Assert.Equal("unix:///first.sock", Choose().ToString());
    }

    [Fact]
    public void A_context_comes_before_podman_and_before_the_sockets_that_are_there()
    {
        AddContext("other", """{"Name":"other","Endpoints":{"docker":{"Host":"unix:///other.sock","SkipTLSVerify":false}}}""");
        _variables["CONTAINER_HOST"] = "unix:///podman.sock";
        _sockets.Add(EngineEndpoint.DefaultSocket);
        _home.Write(".docker/config.json", """{"currentContext":"other"}""");

        Assert.Equal("unix:///other.sock", Choose().ToString());
    }

    [Fact]
    public void DOCKER_CONTEXT_overrules_the_context_that_was_set()
    {
        AddContext("a", """{"Name":"a","Endpoints":{"docker":{"Host":"unix:///a.sock"}}}""");
        _home.Write(".docker/config.json", """{"currentContext":"gone"}""");
        _variables["DOCKER_CONTEXT"] = "a";

        Assert.Equal("unix:///a.sock", Choose().ToString());
    }

    [Theory]
    [InlineData("default")]
    [InlineData("")]
    public void The_default_context_is_the_usual_socket(string current)
    {
        _home.Write(".docker/config.json", $$"""{"currentContext":"{{current}}"}""");

        Assert.Equal("unix:///var/run/docker.sock", Choose().ToString());
    }

    [Theory]
    [InlineData("/var/run/docker.sock")]
    [InlineData("/run/user/7/docker.sock")]
    [InlineData("HOME/.docker/run/docker.sock")]
    [InlineData("HOME/.colima/default/docker.sock")]
    [InlineData("HOME/.rd/docker.sock")]
    [InlineData("/run/user/7/podman/podman.sock")]
    [InlineData("/run/podman/podman.sock")]
    public void Without_a_word_the_first_socket_that_is_there_is_taken(string socket)
    {
        var path = socket.Replace("HOME", _home.FullPath, StringComparison.Ordinal);
        _sockets.UnionWith([path, "/run/podman/podman.sock"]);

        Assert.Equal($"unix://{path}", Choose().ToString());
    }

    [Fact]
    public void Podmans_own_variable_counts()
    {
        _variables["CONTAINER_HOST"] = "unix:///podman.sock";

        Assert.Equal("unix:///podman.sock", Choose().ToString());
    }

    [Fact]
    public void A_context_that_is_not_there_is_named()
    {
        _variables["DOCKER_CONTEXT"] = "prod";

        var e = Assert.Throws<EngineException>(Choose);

        Assert.Contains("There is no docker context 'prod'", e.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{", "cannot be read")]
    [InlineData("""{"Endpoints":{"docker":{"Host":"ssh://me@there"}}}""", "The address of docker context 'odd' is 'ssh://me@there': ssh is not supported")]
    public void A_context_that_is_not_understood_is_named(string meta, string expected)
    {
        AddContext("odd", meta);
        _variables["DOCKER_CONTEXT"] = "odd";

        Assert.Contains(expected, Assert.Throws<EngineException>(Choose).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_contexts_certificates_are_used()
    {
        AddContext("tls", """{"Endpoints":{"docker":{"Host":"tcp://build.example:2376"}}}""");
        var directory = Path.GetDirectoryName(_home.Write($".docker/contexts/tls/{Id("tls")}/docker/ca.pem", ""))!;
        _variables["DOCKER_CONTEXT"] = "tls";

        Assert.Equal(new EngineTls(directory, Verify: true), Choose().Tls);
    }

    [Theory]
    [InlineData("tcp://build.example:2376", "1", "/certs", "/certs", true)]
    [InlineData("tcp://build.example:2376", null, "/certs", "/certs", false)]
    [InlineData("tcp://build.example:2376", "1", null, "HOME/.docker", true)]
    [InlineData("tcp://build.example:2375", null, "/certs", null, false)]
    [InlineData("tcp://build.example:2375", null, null, null, false)]
    [InlineData("unix:///a.sock", "1", "/certs", null, false)]
    public void TLS_is_asked_for_as_docker_has_it(string host, string? verify, string? path, string? directory, bool verified)
    {
        _variables["DOCKER_HOST"] = host;
        if (verify is not null)
            _variables["DOCKER_TLS_VERIFY"] = verify;
        if (path is not null)
            _variables["DOCKER_CERT_PATH"] = path;

        var expected = directory is null ? null : new EngineTls(directory.Replace("HOME", _home.FullPath, StringComparison.Ordinal), verified);
        Assert.Equal(expected, Choose().Tls);
    }

    private static string Id(string name) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(name)));

    private void AddContext(string name, string meta) => _home.Write($".docker/contexts/meta/{Id(name)}/meta.json", meta);

    private EngineEndpoint Choose() => new EngineDiscovery(_variables.GetValueOrDefault, _sockets.Contains).Choose();
}
