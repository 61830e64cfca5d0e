using Berth.Server.Configuration;
using Microsoft.Extensions.Logging.Console;

namespace Berth.Server.Diagnostics;

/// <summary>The log goes to standard error, a line or a JSON object for each message.</summary>
internal static class ConsoleLog
{
    private const string Timestamp = "yyyy-MM-ddTHH:mm:ss.fffZ ";

    public static void Configure(ILoggingBuilder logging, ServerOptions options)
    {
        AddFilters(logging, options.LogLevel);
        logging.Services.Configure<ConsoleLoggerOptions>(console => console.LogToStandardErrorThreshold = LogLevel.Trace);
        if (options.LogFormat is LogFormat.Json)
        {
            logging.AddJsonConsole(json =>
            {
                json.UseUtcTimestamp = true;
                json.TimestampFormat = Timestamp.TrimEnd();
            });
            return;
        }

        logging.AddSimpleConsole(line =>
        {
            line.SingleLine = true;
            line.UseUtcTimestamp = true;
            line.TimestampFormat = Timestamp;
        });
    }

    /// <summary>
    /// Whatever the level: the framework logs query strings, and tells of a failed start with a stack trace where the command says it in a line.
    /// Its log of requests, which ours replaces, would make a trace activity and a scope for each of them.
    /// </summary>
    public static void AddFilters(ILoggingBuilder logging, LogLevel level)
    {
        logging.SetMinimumLevel(level);
        logging.AddFilter("Microsoft", LogLevel.Warning);
        logging.AddFilter("Microsoft.Extensions.Hosting.Internal.Host", LogLevel.None);
        logging.AddFilter("Microsoft.AspNetCore.Hosting.Diagnostics", LogLevel.None);
    }
}
