using System.Net.Sockets;
using System.Runtime.InteropServices;
using Berth.Packaging.Engine;

namespace Berth.Packaging.Preload;

/// <summary>The process behind an engine's socket: whether its network and its files are the ones of this process.</summary>
/// <param name="Id">As this process sees it; for a socket that a service manager opened, that manager.</param>
internal sealed record EngineProcess(EngineEndpoint Endpoint, int Id)
{
    private const int SocketLevel = 1;
    private const int PeerCredentials = 17;

    /// <summary>Null when it cannot be told: a TCP endpoint, another system, a process in another process namespace.</summary>
    public static async Task<EngineProcess?> FindAsync(EngineEndpoint endpoint, CancellationToken cancellationToken)
    {
        if (!endpoint.IsUnixSocket || !OperatingSystem.IsLinux())
            return null;
        try
        {
            using var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
            await socket.ConnectAsync(new UnixDomainSocketEndPoint(endpoint.SocketPath), cancellationToken);
            var credentials = new int[3];
            socket.GetRawSocketOption(SocketLevel, PeerCredentials, MemoryMarshal.AsBytes(credentials.AsSpan()));
            return credentials[0] > 0 ? new EngineProcess(endpoint, credentials[0]) : null;
        }
        catch (SocketException)
        {
            return null;
        }
    }

    /// <summary>Null when this user may not look.</summary>
    public bool? SharesNetwork => Namespace("self") is { } own && Namespace(Id.ToString()) is { } its ? own == its : null;

    /// <exception cref="PreloadException">It is known to read something else than this text in its file.</exception>
    public void Require(string file, string text)
    {
        if (Reads(file, text) == false)
            throw IsElsewhere(Endpoint, $"{file} file");
    }

    /// <summary>Null when this user may not look.</summary>
    private bool? Reads(string file, string text)
    {
        try
        {
            return Directory.Exists($"/proc/{Id}/root/") ? File.ReadAllText($"/proc/{Id}/root{file}").Contains(text, StringComparison.Ordinal) : null;
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            return false;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    public static PreloadException IsElsewhere(EngineEndpoint endpoint, string what) => new(
        PreloadFailure.Name,
        $"The container engine at {endpoint} has another {what} than this process, so it cannot be led to the bundle. "
        + "Run mp-install beside the engine: on its host, and in none of its containers.");

    private static string? Namespace(string process)
    {
        try
        {
            return new FileInfo($"/proc/{process}/ns/net").LinkTarget;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
