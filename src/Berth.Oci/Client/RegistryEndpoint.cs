namespace Berth.Oci.Client;

/// <summary>Finds out how a registry speaks: HTTPS, or plain HTTP where that is allowed and HTTPS is not spoken. Asked once.</summary>
internal sealed class RegistryEndpoint(RegistryHost registry, RegistryClientOptions options, HttpSender http)
{
    private Uri? _found;

    private string Authority => registry.IsDockerHub ? "registry-1.docker.io" : registry.ToString();

    public async ValueTask<Uri> FindAsync(CancellationToken cancellationToken)
    {
        // Two requests at once may both ask; they get the same answer.
        if (_found is { } known)
            return known;
        var secure = new Uri($"https://{Authority}/");
        var spoken = options.MayBePlain(registry) && !await SpeaksAsync(secure, cancellationToken).ConfigureAwait(false)
            ? new Uri($"http://{Authority}/")
            : secure;
        _found = spoken;
        return spoken;
    }

    private async Task<bool> SpeaksAsync(Uri secure, CancellationToken cancellationToken)
    {
        try
        {
            using var message = new HttpRequestMessage(HttpMethod.Get, new Uri(secure, "/v2/"));
            using var response = await http.SendAsync(message, cancellationToken).ConfigureAwait(false);
            return true;
        }
        catch (RegistryException e) when (e.Reason is RegistryFailure.Tls && !http.RefusedCertificate(secure))
        {
            return false;
        }
        catch (RegistryException e) when (e.Reason is RegistryFailure.Unreachable && registry.Port is null)
        {
            // The two schemes have different ports then.
            return false;
        }
    }
}
