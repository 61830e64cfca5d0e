using Berth.Oci;
using Berth.Oci.Client;
using Berth.Packaging.Engine;

namespace Berth.Packaging.Preload;

/// <summary>A pull by digest from the registry of a pak, with a login that goes to the engine with this one request and is kept nowhere.</summary>
internal sealed class RegistryPull(RegistryHost host, PinnedImage wanted, ICredentialSource credentials, ContainerEngine engine)
{
    /// <exception cref="PreloadException">The registry did not give the image.</exception>
    public async Task<PreloadSource> RunAsync(IProgress<PullProgress> progress, CancellationToken cancellationToken)
    {
        var login = await FindLoginAsync(cancellationToken);
        try
        {
            if (login is null)
                await engine.Images.PullAsync(wanted, progress, cancellationToken);
            else
                await engine.Images.PullAsync(wanted, host, login, progress, cancellationToken);
        }
        catch (PullException e)
        {
            throw Explain(e, login);
        }

        return login is null ? PreloadSource.AnonymousPull : PreloadSource.PullWithLogin;
    }

    private async Task<Credential?> FindLoginAsync(CancellationToken cancellationToken)
    {
        try
        {
            return await credentials.FindAsync(host, cancellationToken);
        }
        catch (RegistryException e)
        {
            throw new PreloadException(PreloadFailure.Login, e.Message, e);
        }
    }

    private PreloadException Explain(PullException e, Credential? login) => e.Failure switch
    {
        PullFailure.Denied when login is null => new PreloadException(
            PreloadFailure.Login,
            $"{host} wants a login for {wanted.Repository}, and there is none: give --registry-username with --password-stdin, or log in with "
            + $"'docker login {host}' where mp-install runs.",
            e),
        PullFailure.Denied => new PreloadException(
            PreloadFailure.Login,
            $"{host} does not let {login!.Username} pull {wanted.Repository} (login from {login.Origin ?? "the command line"}): check name, password and rights.",
            e),
        PullFailure.Platform => new PreloadException(PreloadFailure.Platform, e.Message, e),
        _ => new PreloadException(PreloadFailure.Pull, e.Message, e),
    };
}
