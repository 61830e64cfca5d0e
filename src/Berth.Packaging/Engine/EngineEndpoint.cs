using System.Net;

namespace Berth.Packaging.Engine;

/// <summary>Where the container engine listens: a unix socket, or a TCP port.</summary>
internal sealed record EngineEndpoint
{
    public const string Variable = "DOCKER_HOST";
    public const string DefaultSocket = "/var/run/docker.sock";

    private EngineEndpoint(Uri address) => Address = address;

    public Uri Address { get; }

    /// <summary>Null: no TLS.</summary>
    public EngineTls? Tls { get; init; }

    public bool IsUnixSocket => Address.Scheme == "unix";

    public string SocketPath => IsUnixSocket ? Address.LocalPath : throw new InvalidOperationException("This engine is reached over TCP.");

    /// <summary>The engine runs on this machine, so that what it publishes on the loopback address can be reached from here.</summary>
    public bool IsLocal =>
        IsUnixSocket || Address.Host == "localhost" || (IPAddress.TryParse(Address.Host, out var ip) && IPAddress.IsLoopback(ip));

    /// <param name="text">In the form of DOCKER_HOST; nothing: Docker's usual socket.</param>
    /// <param name="source">What the text is the value of, for messages.</param>
    /// <exception cref="EngineException">The text names no socket and no TCP port.</exception>
    public static EngineEndpoint Parse(string? text, string source = Variable)
    {
        if (string.IsNullOrWhiteSpace(text))
            return new EngineEndpoint(new Uri($"unix://{DefaultSocket}"));
        if (!Uri.TryCreate(text.Trim(), UriKind.Absolute, out var address))
            throw NotUnderstood(source, text, "unix:///path/to/docker.sock or tcp://host:port is expected");
        return address.Scheme switch
        {
            "unix" when address.Host.Length == 0 && address.LocalPath.Length > 1 => new EngineEndpoint(address),
            "unix" => throw NotUnderstood(source, text, "a socket is written with three slashes, like unix:///var/run/docker.sock"),
            "tcp" or "http" or "https" when address.Host.Length > 0 && address.Port > 0 => new EngineEndpoint(address),
            "tcp" or "http" or "https" => throw NotUnderstood(source, text, "a host and a port are needed, like tcp://127.0.0.1:2375"),
            "ssh" => throw NotUnderstood(source, text, "ssh is not supported; forward the socket with ssh -L and name it as unix:///path"),
            _ => throw NotUnderstood(source, text, "unix:///path/to/docker.sock or tcp://host:port is expected"),
        };
    }

    public override string ToString() => IsUnixSocket ? $"unix://{Address.LocalPath}" : $"{Address.Scheme}://{Address.Authority}";

    private static EngineException NotUnderstood(string source, string text, string advice) =>
        new(EngineFailure.Address, $"{source} is '{OneLine.Of(text, 80)}': {advice}.");
}
