using System.Net.Http.Headers;
using System.Text.Json;

namespace Berth.Oci.Client;

/// <summary>Fetches tokens by GET: with Basic credentials, or without for an anonymous one (Docker registry v2 token specification).</summary>
internal sealed class TokenService(RegistryHost registry, RegistryClientOptions options, HttpSender http)
{
    private const int LongestAnswer = 256 * 1024;
    private const int MostRedirects = 3;
    private const int UsualLife = 60;
    private const int LongestLife = 24 * 60 * 60;

    /// <param name="deed">What the token is for, for messages.</param>
    public async Task<IssuedToken> FetchAsync(
        AuthChallenge challenge, IReadOnlyList<string> scopes, string deed, Credential? credential, CancellationToken cancellationToken)
    {
        var realm = Realm(challenge, credential);
        var response = await AskAsync(Address(realm, challenge, scopes, credential), credential, cancellationToken).ConfigureAwait(false);
        if (!response.IsSuccessStatusCode)
        {
            var attempt = new Attempt(registry.ToString(), deed, credential?.Username, credential?.Origin);
            throw await ResponseFailure.OfAsync(response, attempt, http, options.TimeProvider, cancellationToken).ConfigureAwait(false);
        }

        var body = await http.ReadBodyAsync(response, LongestAnswer, cancellationToken).ConfigureAwait(false);
        return Issue(Read(body) ?? throw Wrong(realm, "does not answer with a token"), realm, credential);
    }

    private IssuedToken Issue(TokenDocument document, Uri realm, Credential? credential)
    {
        var token = string.IsNullOrEmpty(document.Token) ? document.AccessToken : document.Token;
        if (string.IsNullOrEmpty(token) || token.AsSpan().ContainsAnyExceptInRange('!', '~'))
            throw Wrong(realm, "answers with an empty or malformed token");
        var life = Math.Clamp(document.ExpiresIn ?? UsualLife, 0, LongestLife);
        var authorization = new Authorization(new AuthenticationHeaderValue("Bearer", token), credential?.Username, credential?.Origin);
        // A tenth less, so that no token expires on its way.
        return new IssuedToken(authorization, options.TimeProvider.GetUtcNow() + TimeSpan.FromSeconds(life * 0.9));
    }

    private Uri Realm(AuthChallenge challenge, Credential? credential)
    {
        if (!Uri.TryCreate(challenge.Realm, UriKind.Absolute, out var realm) || !realm.IsHttp())
            throw new RegistryException(
                RegistryFailure.Protocol,
                $"{registry} names no usable token service ('{Quote.Short(challenge.Realm)}'): its configuration needs its public address");
        if (credential is not null && !MayHaveLogin(realm))
            throw new RegistryException(
                RegistryFailure.Tls,
                $"the token service {realm.Authority} of {registry} speaks plain HTTP: "
                + "the login was not sent; give it HTTPS, or name it as insecure");
        return realm;
    }

    private bool MayHaveLogin(Uri realm) =>
        realm.Scheme == Uri.UriSchemeHttps || (realm.AsRegistryHost() is { } host && options.MayBePlain(host));

    private static Uri Address(Uri realm, AuthChallenge challenge, IReadOnlyList<string> scopes, Credential? credential)
    {
        var query = realm.Query.TrimStart('?').Split('&', StringSplitOptions.RemoveEmptyEntries).ToList();
        if (!string.IsNullOrEmpty(challenge.Service))
            query.Add($"service={Uri.EscapeDataString(challenge.Service)}");
        query.AddRange(scopes.Select(scope => $"scope={Uri.EscapeDataString(scope)}"));
        if (credential is not null)
            query.Add($"account={Uri.EscapeDataString(credential.Username)}");
        return new UriBuilder(realm) { Query = string.Join('&', query), Fragment = "", UserName = "", Password = "" }.Uri;
    }

    private async Task<HttpResponseMessage> AskAsync(Uri address, Credential? credential, CancellationToken cancellationToken)
    {
        var first = address;
        for (var hop = 0; ; hop++)
        {
            using var message = new HttpRequestMessage(HttpMethod.Get, address);
            if (credential is not null && address.SameAs(first))
                message.Headers.Authorization = Authorization.BasicHeader(credential);
            var response = await http.SendAsync(message, cancellationToken).ConfigureAwait(false);
            if (!Redirects.IsRedirect(response))
                return response;
            using (response)
                address = Redirects.Next(response, hop, MostRedirects, options);
        }
    }

    private static TokenDocument? Read(byte[]? body)
    {
        try
        {
            return body is null ? null : JsonSerializer.Deserialize(body, ClientJson.Default.TokenDocument);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private RegistryException Wrong(Uri realm, string what) =>
        new(RegistryFailure.Protocol, $"the token service {realm.Authority} of {registry} {what}: check the registry's configuration");
}
