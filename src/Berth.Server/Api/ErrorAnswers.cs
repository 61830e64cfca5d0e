using Berth.Oci;
using Berth.Server.Diagnostics;

namespace Berth.Server.Api;

/// <summary>The one place that turns what went wrong into an answer: the error body of the distribution API, whatever failed and wherever.</summary>
internal sealed class ErrorAnswers(ILogger logger)
{
    private const string SecondsUntilRetry = "5";

    public async Task RunAsync(HttpContext http, RequestDelegate next)
    {
        try
        {
            await next(http);
        }
        catch (OciException e)
        {
            await SendAsync(http, e.Error, e.Details);
        }
        catch (BadHttpRequestException e)
        {
            var error = e.StatusCode is StatusCodes.Status413PayloadTooLarge ? OciError.RequestTooLarge : OciError.BadRequest;
            await SendAsync(http, error, []);
        }
        catch (IOException e) when (e.InnerException is OverflowException)
        {
            // The web server's way to say that the length of a chunk is more than a number can hold.
            await SendAsync(http, OciError.BadRequest, []);
        }
        catch (Exception) when (http.RequestAborted.IsCancellationRequested)
        {
            // Nobody is there to be answered; whatever failed, failed because the client left. The number is for the log.
            if (!http.Response.HasStarted)
                http.Response.StatusCode = StatusCodes.Status499ClientClosedRequest;
        }
        catch (Exception e)
        {
            logger.RequestFailed(http.Request.Method, http.Request.Path.ToUriComponent(), e);
            await SendAsync(http, OciError.Unknown, []);
        }
    }

    private static async Task SendAsync(HttpContext http, OciError error, IReadOnlyList<string> details)
    {
        if (http.Response.HasStarted)
        {
            // A body cut short must not look like a whole one.
            http.Abort();
            return;
        }

        if (error.Status is StatusCodes.Status429TooManyRequests)
            http.Response.Headers.RetryAfter = SecondsUntilRetry;
        IReadOnlyList<ErrorEntry> entries = details.Count == 0
            ? [new ErrorEntry(error.Code, error.Message)]
            : [.. details.Select(detail => new ErrorEntry(error.Code, error.Message, detail))];
        await Json.SendAsync(http, error.Status, new ErrorDocument(entries), ServerJson.Default.ErrorDocument);
    }
}
