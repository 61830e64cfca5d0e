namespace Berth.Packaging.Build;

/// <summary>How much is said; a level includes those after it. The names are those that LOG_LEVEL takes.</summary>
public enum LogLevel
{
    /// <summary>Also what the build of the image prints.</summary>
    Debug,

    /// <summary>Stages as they end, and their table.</summary>
    Info,

    /// <summary>What is no failure and should be known.</summary>
    Warning,

    Error,
}

public static class LogLevels
{
    public const string Variable = "LOG_LEVEL";

    public const string Names = "DEBUG, INFO, WARNING, ERROR or CRITICAL";

    /// <summary>The level of this name.</summary>
    /// <returns>Null when the name is none of <see cref="Names"/>.</returns>
    public static LogLevel? Parse(string name) => name.Trim().ToUpperInvariant() switch
    {
        "DEBUG" => LogLevel.Debug,
        "INFO" => LogLevel.Info,
        "WARNING" or "WARN" => LogLevel.Warning,
        "ERROR" or "CRITICAL" => LogLevel.Error,
        _ => null,
    };

    internal static string Name(this LogLevel level) => level.ToString().ToUpperInvariant();
}
