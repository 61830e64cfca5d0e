using Berth.Packaging.Engine;

namespace Berth.Packaging.Tests.Engine;

public sealed class EngineEndpointTests
{
    [Theory]
    [InlineData(null, "unix:///var/run/docker.sock", true)]
    [InlineData("", "unix:///var/run/docker.sock", true)]
    [InlineData("unix:///run/podman/podman.sock", "unix:///run/podman/podman.sock", true)]
    [InlineData(" unix:///tmp/a_b/Sock ", "unix:///tmp/a_b/Sock", true)]
    [InlineData("tcp://127.0.0.1:2375", "tcp://127.0.0.1:2375", true)]
    [InlineData("tcp://localhost:2375", "tcp://localhost:2375", true)]
    [InlineData("tcp://[::1]:2375", "tcp://[::1]:2375", true)]
    [InlineData("tcp://10.1.2.3:2375", "tcp://10.1.2.3:2375", false)]
    public void Sockets_and_ports_are_understood(string? text, string expected, bool local)
    {
        var endpoint = EngineEndpoint.Parse(text);

        Assert.Equal(expected, endpoint.ToString());
        Assert.Equal(local, endpoint.IsLocal);
    }

    [Theory]
    [InlineData("unix://var/run/docker.sock", "three slashes")]
    [InlineData("unix:///", "three slashes")]
    [InlineData("tcp://127.0.0.1", "a host and a port are needed")]
    [InlineData("ssh://user@host", "ssh is not supported")]
    [InlineData("npipe:////./pipe/docker_engine", "is expected")]
    [InlineData("fd://", "is expected")]
    [InlineData("127.0.0.1:2375", "is expected")]
    [InlineData("docker.sock", "is expected")]
    public void Anything_else_is_refused_with_what_to_write(string text, string expected)
    {
        var e = Assert.Throws<EngineException>(() => EngineEndpoint.Parse(text));

        Assert.Equal(EngineFailure.Address, e.Failure);
        Assert.StartsWith("DOCKER_HOST is '", e.Message, StringComparison.Ordinal);
        Assert.Contains(expected, e.Message, StringComparison.Ordinal);
    }
}
