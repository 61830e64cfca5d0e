using System.Net;
using System.Text.Json;

namespace Berth.Oci.Client;

/// <summary>What to tell about an answer that is not the one that was asked for.</summary>
internal static class ResponseFailure
{
    private const int LongestBody = 64 * 1024;
    private const string GiveLogin = "--registry-username with --password-stdin";

    public static RegistryException LoginWanted(Attempt attempt, string? said = null) => new(
        RegistryFailure.Unauthorized,
        $"{attempt.Where} wants a login to {attempt.Deed} and none is known: "
        + $"store one with 'docker login {attempt.Where}', or give {GiveLogin}")
    {
        Status = HttpStatusCode.Unauthorized,
        Said = said,
    };

    /// <summary>Reads the error body of a response, disposes the response, and says what happened.</summary>
    public static async Task<RegistryException> OfAsync(
        HttpResponseMessage response, Attempt attempt, HttpSender http, TimeProvider time, CancellationToken cancellationToken)
    {
        var status = response.StatusCode;
        var wait = RetryAfter(response, time);
        var said = Said(await http.ReadBodyAsync(response, LongestBody, cancellationToken).ConfigureAwait(false));
        var words = said.Length == 0 ? null : said[2..^1];
        if (status is HttpStatusCode.Unauthorized && attempt.Username is null)
            return LoginWanted(attempt, words);
        var (reason, what) = Explain(status, attempt, wait);
        return new RegistryException(reason, what + said)
        {
            Status = status,
            RetryAfter = reason is RegistryFailure.RateLimited or RegistryFailure.Server ? wait : null,
            Said = words,
        };
    }

    private static (RegistryFailure Reason, string What) Explain(HttpStatusCode status, Attempt attempt, TimeSpan? wait)
    {
        var (where, deed) = (attempt.Where, attempt.Deed);
        return status switch
        {
            HttpStatusCode.Unauthorized => (
                RegistryFailure.Unauthorized,
                $"{where} refuses {attempt.Who}: check the user name and the password; "
                + $"log in again with 'docker login {where}', or give {GiveLogin}"),
            HttpStatusCode.Forbidden => (
                RegistryFailure.Denied, $"{where} does not let {attempt.Who} {deed}: {AskForRight(attempt)}"),
            HttpStatusCode.NotFound => (
                RegistryFailure.NotFound,
                $"{where} has no place to {deed}: check the name; some registries, like Harbor, want the project (the first part of the path) "
                + "to be made first"),
            HttpStatusCode.RequestEntityTooLarge => (
                RegistryFailure.Protocol,
                $"{where} or a proxy before it takes no request as large as is needed to {deed}: raise its limit (nginx: client_max_body_size 0)"),
            HttpStatusCode.TooManyRequests => (RegistryFailure.RateLimited, $"{where} limits requests: try again {When(wait)}"),
            >= HttpStatusCode.InternalServerError => (
                RegistryFailure.Server, $"{where} failed (status {(int)status}): try again {When(wait)}; its log has the reason"),
            _ => (RegistryFailure.Protocol, $"{where} answered with status {(int)status} to the attempt to {deed}: is it a registry?"),
        };
    }

    /// <summary>A token was issued for the login, so the login is right and lacks the right.</summary>
    public static RegistryException TokenNotEnough(Attempt attempt) => new(
        RegistryFailure.Denied,
        $"{attempt.Where} does not let {attempt.Who} {attempt.Deed}: {AskForRight(attempt)}")
    {
        Status = HttpStatusCode.Unauthorized,
    };

    /// <summary>The registry sent the client on to a store that wants a login too; the registry's is none of its business.</summary>
    public static RegistryException StoreWantsLogin(string where, string store) => new(
        RegistryFailure.Protocol,
        $"{where} leads on to {store}, which wants a login of its own: check the registry's storage configuration");

    /// <summary>Harbor tells nobody whether a project exists to which he may not push.</summary>
    private static string AskForRight(Attempt attempt) => "use another login, or ask for the right"
        + (attempt.IsPush ? "; with Harbor and its like, see too that the project (the first part of the path) exists" : "");

    private static string When(TimeSpan? wait) => wait is { } time ? $"in {Math.Ceiling(time.TotalSeconds):0} s" : "later";

    private static TimeSpan? RetryAfter(HttpResponseMessage response, TimeProvider time)
    {
        var wait = response.Headers.RetryAfter?.Delta ?? response.Headers.RetryAfter?.Date - time.GetUtcNow();
        return wait < TimeSpan.Zero ? TimeSpan.Zero : wait;
    }

    /// <summary>The first error of a distribution error body, if it is one; other bodies are not shown.</summary>
    private static string Said(byte[]? body)
    {
        try
        {
            using var document = JsonDocument.Parse(body ?? [], new JsonDocumentOptions { MaxDepth = 32 });
            if (document.RootElement is { ValueKind: JsonValueKind.Object } root
                && root.TryGetProperty("errors", out var errors) && errors.ValueKind is JsonValueKind.Array
                && errors.EnumerateArray().FirstOrDefault() is { ValueKind: JsonValueKind.Object } first)
                return $" ({Text(first, "code")}: {Text(first, "message")})";
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            // Not JSON, or JSON with text that is no Unicode. A proxy in between answers so; the status says enough.
        }

        return "";
    }

    private static string Text(JsonElement element, string name) =>
        element.TryGetProperty(name, out var value) && value.ValueKind is JsonValueKind.String ? Quote.Short(value.GetString()) : "?";
}
