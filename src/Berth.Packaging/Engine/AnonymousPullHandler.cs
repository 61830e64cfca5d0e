namespace Berth.Packaging.Engine;

/// <summary>Takes the credential header off every pull.</summary>
/// <remarks>
/// The engine's client sends one with each pull, with empty credentials when it was given none. A Cloud Proxy sends none, and nothing here
/// may send more than it does: that a repository can be pulled without credentials is what is being found out.
/// </remarks>
internal sealed class AnonymousPullHandler(HttpMessageHandler inner) : DelegatingHandler(inner)
{
    private const string CredentialHeader = "X-Registry-Auth";

    protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        if (request.RequestUri?.AbsolutePath.EndsWith("/images/create", StringComparison.Ordinal) == true)
            request.Headers.Remove(CredentialHeader);
        return base.SendAsync(request, cancellationToken);
    }
}
