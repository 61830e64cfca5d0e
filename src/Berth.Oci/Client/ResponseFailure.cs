using System.Net;
using System.Text.Json;

namespace Berth.Oci.Client;

/// <summary>What to tell about an answer that is not the one that was asked for.</summary>
internal static class ResponseFailure
{
    private const int LongestBody = 64 * 1024;

    public static RegistryException LoginWanted(Attempt attempt) => new(
        RegistryFailure.Unauthorized,
        $"{attempt.Where} wants a login to {attempt.Deed} and none is known: give one, or store one with 'docker login {attempt.Where}'");

    /// <summary>Reads the error body of a response, disposes the response, and says what happened.</summary>
    public static async Task<RegistryException> OfAsync(
        HttpResponseMessage response, Attempt attempt, HttpSender http, TimeProvider time, CancellationToken cancellationToken)
    {
        var status = response.StatusCode;
        var (where, deed, username) = attempt;
        var wait = RetryAfter(response, time);
        var said = Said(await http.ReadBodyAsync(response, LongestBody, cancellationToken).ConfigureAwait(false));
        var who = username is null ? "an anonymous client" : $"the login of '{Quote.Short(username)}'";
        var failure = status switch
        {
            HttpStatusCode.Unauthorized when username is null => LoginWanted(attempt),
            HttpStatusCode.Unauthorized => new(
                RegistryFailure.Unauthorized, $"{where} refuses {who}: check the user name and the password{said}"),
            HttpStatusCode.Forbidden => new(
                RegistryFailure.Denied, $"{where} does not let {who} {deed}: use another login, or ask for the right{said}"),
            HttpStatusCode.NotFound => new(
                RegistryFailure.NotFound,
                $"{where} has no place to {deed}: check the name; some registries want the project to be made first{said}"),
            HttpStatusCode.PreconditionFailed => new(
                RegistryFailure.Outdated, $"{where} has something else meanwhile than what was to be changed: try again{said}"),
            HttpStatusCode.TooManyRequests => new(
                RegistryFailure.RateLimited, $"{where} limits requests: try again {When(wait)}{said}") { RetryAfter = wait },
            >= HttpStatusCode.InternalServerError => new(
                RegistryFailure.Server,
                $"{where} failed (status {(int)status}): try again {When(wait)}; its log has the reason{said}") { RetryAfter = wait },
            _ => new(
                RegistryFailure.Protocol, $"{where} answered with status {(int)status} to the attempt to {deed}: is it a registry?{said}"),
        };
        failure.Said = said.Length == 0 ? null : said[2..^1];
        return failure;
    }

    /// <summary>A token was issued for the login, so the login is right and lacks the right.</summary>
    public static RegistryException TokenNotEnough(Attempt attempt) => new(
        RegistryFailure.Denied,
        $"{attempt.Where} does not let the login of '{Quote.Short(attempt.Username)}' {attempt.Deed}: "
        + "use another login, or ask for the right");

    /// <summary>The registry sent the client on to a store that wants a login too; the registry's is none of its business.</summary>
    public static RegistryException StoreWantsLogin(string where, string store) => new(
        RegistryFailure.Protocol,
        $"{where} leads on to {store}, which wants a login of its own: check the registry's storage configuration");

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
