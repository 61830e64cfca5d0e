using System.Collections.Concurrent;
using System.Net;
using System.Net.Http.Headers;

namespace Berth.Oci.Client;

/// <summary>Answers the challenges of one registry and remembers what let it in. Credentials are looked up only for a challenge.</summary>
internal sealed class Authenticator(RegistryHost registry, ICredentialSource credentials, RegistryClientOptions options, HttpSender http)
{
    private readonly TokenService _tokenService = new(registry, options, http);
    private readonly ConcurrentDictionary<string, IssuedToken> _tokens = new();
    private Authorization? _basic;

    /// <summary>What a request may carry before it is asked for anything; null when nothing fitting is known.</summary>
    public Authorization? Known(RegistryRequest request)
    {
        if (_tokens.TryGetValue(Key(request), out var token) && token.Expires > options.TimeProvider.GetUtcNow())
            return token.Authorization;
        return _basic;
    }

    /// <summary>Answers the challenge in <paramref name="response"/>, a 401 of the registry itself.</summary>
    /// <exception cref="RegistryException">It cannot be answered.</exception>
    public async Task<Authorization> AnswerAsync(
        HttpResponseMessage response, RegistryRequest request, CancellationToken cancellationToken)
    {
        var challenges = AuthChallenge.Parse(Headers(response));
        var challenge = challenges.FirstOrDefault(one => one.Scheme is AuthScheme.Bearer && one.Realm is not null)
            ?? challenges.FirstOrDefault(one => one.Scheme is AuthScheme.Basic)
            ?? throw new RegistryException(
                RegistryFailure.Protocol,
                $"{registry} wants a login in a way that registries do not use: neither Bearer nor Basic is offered")
            {
                Status = HttpStatusCode.Unauthorized,
            };
        var credential = await credentials.FindAsync(registry, cancellationToken).ConfigureAwait(false);
        if (challenge.Scheme is AuthScheme.Bearer)
        {
            var token = await _tokenService
                .FetchAsync(challenge, Scopes(challenge, request), request.Deed, credential, cancellationToken)
                .ConfigureAwait(false);
            _tokens[Key(request)] = token;
            return token.Authorization;
        }

        if (credential is null)
            throw ResponseFailure.LoginWanted(new Attempt(registry.ToString(), request.Deed, null));
        _basic = Authorization.Basic(credential);
        return _basic;
    }

    /// <summary>Drops what the registry did not accept.</summary>
    public void Forget(RegistryRequest request)
    {
        _tokens.TryRemove(Key(request), out _);
        _basic = null;
    }

    private static string Key(RegistryRequest request) => request.FromScope is { } from ? $"{request.Scope} {from}" : request.Scope;

    private static List<string> Scopes(AuthChallenge challenge, RegistryRequest request)
    {
        var scopes = (challenge.Scope ?? request.Scope).Split(' ', StringSplitOptions.RemoveEmptyEntries).ToList();
        if (request.FromScope is { } from && !scopes.Contains(from))
            scopes.Add(from);
        return scopes;
    }

    private static HeaderStringValues Headers(HttpResponseMessage response) =>
        response.Headers.NonValidated.TryGetValues("WWW-Authenticate", out var values) ? values : default;
}
