using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using HostWatch.Api;

namespace HostWatch;

/// <summary>What the user typed for one adapter instance.</summary>
internal sealed record Connection(string HostName, int ProcessLimit)
{
    public const string HostNameKey = "host_name";
    public const string ProcessLimitKey = "process_limit";
    public const string MemoryLimitKey = "container_memory_limit";
    public const int DefaultProcessLimit = 50;
    public const int MaxProcessLimit = 1000;

    private const int MaxHostNameLength = 255;

    /// <param name="config">The request's body.</param>
    /// <param name="connection">The parsed connection.</param>
    /// <param name="problem">What to correct, as the user reads it in the platform's dialog.</param>
    public static bool TryRead(
        AdapterConfig config, [NotNullWhen(true)] out Connection? connection, [NotNullWhen(false)] out string? problem)
    {
        connection = null;
        var hostName = Value(config, HostNameKey);
        if (hostName is not { Length: > 0 and <= MaxHostNameLength })
            return Refuse($"Host name is missing or longer than {MaxHostNameLength} characters.", out problem);
        var limit = Value(config, ProcessLimitKey) is { Length: > 0 } text ? ParseLimit(text) : DefaultProcessLimit;
        if (limit is null)
            return Refuse($"Number of processes must be a whole number from 0 to {MaxProcessLimit}.", out problem);
        connection = new(hostName, limit.Value);
        problem = null;
        return true;
    }

    private static string? Value(AdapterConfig config, string key) =>
        config.AdapterKey?.Identifiers?.FirstOrDefault(identifier => identifier.Key == key)?.Value?.Trim();

    private static int? ParseLimit(string text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var limit) && limit <= MaxProcessLimit ? limit : null;

    private static bool Refuse(string text, out string problem)
    {
        problem = text;
        return false;
    }
}
