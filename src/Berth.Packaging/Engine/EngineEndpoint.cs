using System.Net;

namespace Berth.Packaging.Engine;

/// <summary>Where the container engine listens: a unix socket, or a TCP port without TLS.</summary>
internal sealed record EngineEndpoint
{
    public const string Variable = "DOCKER_HOST";
    public const string DefaultSocket = "/var/run/docker.sock";

    private EngineEndpoint(Uri address) => Address = address;

    public Uri Address { get; }

    public bool IsUnixSocket => Address.Scheme == "unix";

    public string SocketPath => IsUnixSocket ? Address.LocalPath : throw new InvalidOperationException("This engine is reached over TCP.");

    /// <summary>The engine runs on this machine, so that what it publishes on the loopback address can be reached from here.</summary>
    public bool IsLocal =>
        IsUnixSocket || Address.Host == "localhost" || (IPAddress.TryParse(Address.Host, out var ip) && IPAddress.IsLoopback(ip));

    /// <summary>The engine that DOCKER_HOST names, else the one at Docker's usual socket.</summary>
    /// <exception cref="EngineException">DOCKER_HOST is not understood.</exception>
    public static EngineEndpoint FromEnvironment() => Parse(Environment.GetEnvironmentVariable(Variable));

    /// <exception cref="EngineException">The text names no socket and no TCP port.</exception>
    public static EngineEndpoint Parse(string? text)
    {
        if (string.IsNullOrWhiteSpace(text))
            return new EngineEndpoint(new Uri($"unix://{DefaultSocket}"));
        if (!Uri.TryCreate(text.Trim(), UriKind.Absolute, out var address))
            throw NotUnderstood(text, "unix:///path/to/docker.sock or tcp://host:port is expected");
        return address.Scheme switch
        {
            "unix" when address.Host.Length == 0 && address.LocalPath.Length > 1 => new EngineEndpoint(address),
            "unix" => throw NotUnderstood(text, "a socket is written with three slashes, like unix:///var/run/docker.sock"),
            "tcp" or "http" when address.Host.Length > 0 && address.Port > 0 => new EngineEndpoint(address),
            "tcp" or "http" => throw NotUnderstood(text, "a host and a port are needed, like tcp://127.0.0.1:2375"),
            "ssh" => throw NotUnderstood(text, "ssh is not supported; forward the socket with ssh -L and name it as unix:///path"),
            _ => throw NotUnderstood(text, "unix:///path/to/docker.sock or tcp://host:port is expected"),
        };
    }

    public override string ToString() => IsUnixSocket ? $"unix://{Address.LocalPath}" : $"{Address.Scheme}://{Address.Authority}";

    private static EngineException NotUnderstood(string text, string advice) =>
        new(EngineFailure.Address, $"{Variable} is '{OneLine.Of(text, 80)}': {advice}.");
}
