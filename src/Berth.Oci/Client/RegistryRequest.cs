using System.Net.Http.Headers;

namespace Berth.Oci.Client;

/// <summary>A request of the distribution API, in a form that can be sent again after a challenge or a redirect.</summary>
/// <param name="Target">A path from the root of the registry, or the absolute address that a Location header gave.</param>
/// <param name="Push">Whether the right to push is needed; else the right to pull.</param>
internal sealed record RegistryRequest(HttpMethod Method, string Target, RepositoryName Repository, bool Push = false)
{
    public Func<HttpContent>? Content { get; init; }

    public IReadOnlyList<string> Accept { get; init; } = [];

    /// <summary>Entity tag that what is replaced must have; null for any.</summary>
    public string? IfMatch { get; init; }

    /// <summary>Nothing may be there yet.</summary>
    public bool IfAbsent { get; init; }

    /// <summary>Asks the registry whether it wants the body before that is sent (RFC 9110, section 10.1.1).</summary>
    public bool AskFirst { get; init; }

    /// <summary>Where a mount takes its blob from.</summary>
    public RepositoryName? From { get; init; }

    /// <summary>The scope to ask a token service for, when the registry does not name one.</summary>
    public string Scope => $"repository:{Repository}:{(Push ? "pull,push" : "pull")}";

    public string? FromScope => From is { } from ? $"repository:{from}:pull" : null;

    /// <summary>For messages: <c>push to team/app</c>.</summary>
    public string Deed => Push ? $"push to {Repository}" : $"pull from {Repository}";

    public bool MayBeRedirected => Method == HttpMethod.Get || Method == HttpMethod.Head;

    public HttpRequestMessage ToMessage(Uri uri, AuthenticationHeaderValue? authorization)
    {
        var message = new HttpRequestMessage(Method, uri) { Content = Content?.Invoke() };
        foreach (var type in Accept)
            message.Headers.Accept.ParseAdd(type);
        if (IfMatch is not null)
            message.Headers.IfMatch.ParseAdd(IfMatch);
        if (IfAbsent)
            message.Headers.IfNoneMatch.Add(EntityTagHeaderValue.Any);
        message.Headers.Authorization = authorization;
        if (AskFirst)
            message.Headers.ExpectContinue = true;
        return message;
    }
}
