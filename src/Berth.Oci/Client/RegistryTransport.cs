using System.Net;

namespace Berth.Oci.Client;

/// <summary>Sends requests of the distribution API: finds the scheme, follows redirects, answers one challenge.</summary>
/// <remarks>Authorization is sent to the registry itself only, and a challenge of anybody else is not answered.</remarks>
internal sealed class RegistryTransport : IDisposable
{
    private const int MostRedirects = 5;

    private readonly RegistryHost _registry;
    private readonly RegistryClientOptions _options;
    private readonly RegistryEndpoint _endpoint;
    private readonly Authenticator _authenticator;

    public RegistryTransport(RegistryHost registry, ICredentialSource credentials, RegistryClientOptions options)
    {
        _registry = registry;
        _options = options;
        Http = new HttpSender(registry, options);
        _endpoint = new RegistryEndpoint(registry, options, Http);
        _authenticator = new Authenticator(registry, credentials, options, Http);
    }

    public HttpSender Http { get; }

    /// <summary>The answer of the registry: a success, or 404 where <paramref name="absentIsAnswer"/>.</summary>
    /// <exception cref="RegistryException">Any other answer, or none.</exception>
    public async Task<HttpResponseMessage> SendAsync(RegistryRequest request, bool absentIsAnswer, CancellationToken cancellationToken)
    {
        var endpoint = await _endpoint.FindAsync(cancellationToken).ConfigureAwait(false);
        var authorization = _authenticator.Known(request);
        var response = await FollowAsync(request, endpoint, authorization, cancellationToken).ConfigureAwait(false);
        if (response.StatusCode is HttpStatusCode.Unauthorized && IsOwn(response, endpoint))
        {
            using (response)
                authorization = await _authenticator.AnswerAsync(response, request, cancellationToken).ConfigureAwait(false);
            response = await FollowAsync(request, endpoint, authorization, cancellationToken).ConfigureAwait(false);
        }

        if (response.IsSuccessStatusCode || (absentIsAnswer && response.StatusCode is HttpStatusCode.NotFound))
            return response;
        if (response.StatusCode is HttpStatusCode.Unauthorized)
            _authenticator.Forget(request);
        throw await FailureAsync(response, request, endpoint, authorization, cancellationToken).ConfigureAwait(false);
    }

    public Uri Location(HttpResponseMessage response) => Redirects.Location(response, _options);

    public void Dispose() => Http.Dispose();

    private static bool IsOwn(HttpResponseMessage response, Uri endpoint) => response.RequestMessage!.RequestUri!.SameAs(endpoint);

    private async Task<HttpResponseMessage> FollowAsync(
        RegistryRequest request, Uri endpoint, Authorization? authorization, CancellationToken cancellationToken)
    {
        var uri = new Uri(endpoint, request.Target);
        for (var hop = 0; ; hop++)
        {
            using var message = request.ToMessage(uri, uri.SameAs(endpoint) ? authorization?.Header : null);
            var response = await Http.SendAsync(message, cancellationToken).ConfigureAwait(false);
            if (!request.MayBeRedirected || !Redirects.IsRedirect(response))
                return response;
            using (response)
                uri = Redirects.Next(response, hop, MostRedirects, _options);
        }
    }

    private async Task<RegistryException> FailureAsync(
        HttpResponseMessage response, RegistryRequest request, Uri endpoint, Authorization? authorization,
        CancellationToken cancellationToken)
    {
        var attempt = new Attempt(_registry.ToString(), request.Deed, authorization?.Username, authorization?.Origin);
        if (response.StatusCode is HttpStatusCode.Unauthorized)
        {
            var own = IsOwn(response, endpoint);
            if (!own || authorization is { IsToken: true, Username: not null })
            {
                using (response)
                    return own
                        ? ResponseFailure.TokenNotEnough(attempt)
                        : ResponseFailure.StoreWantsLogin(attempt.Where, response.RequestMessage!.RequestUri!.Authority);
            }
        }

        return await ResponseFailure.OfAsync(response, attempt, Http, _options.TimeProvider, cancellationToken).ConfigureAwait(false);
    }
}
