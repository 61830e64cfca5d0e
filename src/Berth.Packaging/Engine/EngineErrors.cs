using System.Net.Sockets;
using System.Text.Json;
using Docker.DotNet;

namespace Berth.Packaging.Engine;

/// <summary>Turns what the engine's client throws into an <see cref="EngineException"/> that says what to do.</summary>
internal static class EngineErrors
{
    private const string OtherEngine = $"or name another engine in {EngineEndpoint.Variable}, for example unix:///run/podman/podman.sock";

    /// <param name="doing">What was asked, for the message: "starting the container".</param>
    public static async Task<T> GuardAsync<T>(EngineEndpoint endpoint, string doing, Task<T> call, CancellationToken cancellationToken)
    {
        try
        {
            return await call;
        }
        catch (Exception e) when (e is not EngineException)
        {
            // A call that was given up fails in many ways; whoever gave it up need not hear which.
            cancellationToken.ThrowIfCancellationRequested();
            throw Translate(endpoint, doing, e);
        }
    }

    public static async Task GuardAsync(EngineEndpoint endpoint, string doing, Task call, CancellationToken cancellationToken) =>
        await GuardAsync(endpoint, doing, AsResult(call), cancellationToken);

    public static EngineException Translate(EngineEndpoint endpoint, string doing, Exception e) => e switch
    {
        DockerApiException refused => new EngineException(
            EngineFailure.Refused, $"The container engine refused, while {doing}: {MessageOf(refused)}", e),
        OperationCanceledException or TimeoutException => new EngineException(
            EngineFailure.TimedOut,
            $"The container engine at {endpoint} gave no answer in time, while {doing}. Is it overloaded or stopping?",
            e),
        _ when SocketErrorOf(e) is SocketError.ConnectionReset or SocketError.ConnectionAborted or SocketError.Shutdown => new EngineException(
            EngineFailure.NotRunning,
            $"The container engine at {endpoint} broke off, while {doing}. Did it stop or crash? Look into its log, start it and try again.",
            e),
        _ when SocketErrorOf(e) is { } error => Unreachable(endpoint, error, e),
        _ => new EngineException(
            EngineFailure.Version,
            $"What answers at {endpoint} is no container engine, or broke off, while {doing}: {OneLine.Of(e.Message)}",
            e),
    };

    /// <summary>The engine's own words in an error answer: <c>{"message": "…"}</c>, or the body as it is.</summary>
    public static string MessageOf(DockerApiException e)
    {
        var body = e.ResponseBody;
        if (string.IsNullOrWhiteSpace(body))
            return $"HTTP {(int)e.StatusCode}";
        try
        {
            using var json = JsonDocument.Parse(body);
            if (json.RootElement.ValueKind == JsonValueKind.Object
                && json.RootElement.TryGetProperty("message", out var message)
                && message.ValueKind == JsonValueKind.String)
                return OneLine.Of(message.GetString());
        }
        catch (JsonException)
        {
            // A proxy's page or plain text: shown as it is.
        }

        return OneLine.Of(body);
    }

    private static EngineException Unreachable(EngineEndpoint endpoint, SocketError error, Exception e)
    {
        if (error is SocketError.AccessDenied)
            return new EngineException(
                EngineFailure.NoPermission,
                $"No permission for the container engine at {endpoint}. "
                + "Run as root, or add this user to the group that owns the socket (often: docker).",
                e);
        if (endpoint.IsUnixSocket && !File.Exists(endpoint.SocketPath))
            return new EngineException(
                EngineFailure.NotFound,
                $"There is no container engine at {endpoint}: the socket does not exist. Install and start Docker, {OtherEngine}.",
                e);
        if (error is SocketError.HostNotFound or SocketError.TryAgain or SocketError.NoData)
            return new EngineException(
                EngineFailure.NotFound,
                $"The host of the container engine at {endpoint} does not resolve. Correct {EngineEndpoint.Variable}.",
                e);
        return new EngineException(
            EngineFailure.NotRunning,
            $"The container engine at {endpoint} is not running ({Reason(error)}). Start it (systemctl start docker), {OtherEngine}.",
            e);
    }

    private static string Reason(SocketError error) => error switch
    {
        SocketError.ConnectionRefused => "connection refused",
        SocketError.TimedOut => "no answer",
        SocketError.HostUnreachable or SocketError.NetworkUnreachable => "host unreachable",
        _ => error.ToString(),
    };

    private static SocketError? SocketErrorOf(Exception e)
    {
        for (var cause = e; cause is not null; cause = cause.InnerException)
        {
            if (cause is SocketException socket)
                return socket.SocketErrorCode;
        }

        return null;
    }

    private static async Task<bool> AsResult(Task call)
    {
        await call;
        return true;
    }
}
