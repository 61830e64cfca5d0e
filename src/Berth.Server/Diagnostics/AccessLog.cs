namespace Berth.Server.Diagnostics;

/// <summary>One log line for each request. Headers and query strings, which may carry secrets, are never in it.</summary>
internal sealed class AccessLog(ILogger logger, TimeProvider time)
{
    public Task RunAsync(HttpContext http, RequestDelegate next) =>
        logger.IsEnabled(LogLevel.Information) ? LoggedAsync(http, next) : next(http);

    private async Task LoggedAsync(HttpContext http, RequestDelegate next)
    {
        var began = time.GetTimestamp();
        var facts = http.Facts();
        try
        {
            await next(http);
        }
        finally
        {
            var bytes = facts.BytesSent > 0 || HttpMethods.IsHead(http.Request.Method) ? facts.BytesSent : http.Response.ContentLength ?? 0;
            logger.RequestEnded(
                http.Request.Method, http.Request.Path.ToUriComponent(), http.Response.StatusCode, bytes,
                time.GetElapsedTime(began).TotalMilliseconds, facts.Account ?? "-");
        }
    }
}
