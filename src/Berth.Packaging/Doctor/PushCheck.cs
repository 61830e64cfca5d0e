using Berth.Oci;
using Berth.Oci.Client;

namespace Berth.Packaging.Doctor;

/// <summary>Whether the login that is known may push: an upload is started and cancelled.</summary>
internal sealed class PushCheck(Reference repository, RegistryClient registry, WitnessedCredentials credentials, RegistryCheckOptions options)
{
    private string Who => credentials.Found is { } found
        ? $"the login of '{Quote.Short(found.Username)}' from {found.Origin ?? "the command line"}"
        : "an anonymous client";

    public async Task<CheckResult> RunAsync(CancellationToken cancellationToken)
    {
        try
        {
            await registry.CheckPushAsync(repository.Repository, cancellationToken);
        }
        catch (RegistryException e)
        {
            return Judge(e);
        }

        return credentials.Found is null
            ? CheckResult.Warning(
                $"anybody may push to {repository.Repository}: an upload could be started without a login",
                "have the registry ask for a login to push, or who reaches it can replace the image of every appliance")
            : CheckResult.Passed($"{Who} may push to {repository.Repository}");
    }

    private CheckResult Judge(RegistryException e)
    {
        var said = e.Said is null ? "" : $" (it says {e.Said})";
        if (e.Reason is RegistryFailure.NotFound || IsNoPlace(e.Said))
            return CheckResult.Failed(
                $"there is no place for {repository.Repository}{said}",
                $"make the project '{repository.Repository.ToString().Split('/')[0]}' in the registry first, or correct the name");
        return e.Reason switch
        {
            RegistryFailure.Unauthorized when credentials.Found is null => CheckResult.Failed(
                $"a login is wanted to push to {repository.Repository}, and none was found in {Places}{said}",
                $"log in with 'docker login {repository.Registry}', or give --registry-username and the password in MP_BUILD_REGISTRY_PASSWORD or with --password-stdin"),
            RegistryFailure.Unauthorized => CheckResult.Failed($"{Who} is refused{said}", "correct the user name or the password there"),
            RegistryFailure.Denied => CheckResult.Failed(
                $"{Who} is good, and may not push to {repository.Repository}{said}",
                "have it given the right to push there, or use another login"),
            RegistryFailure.Credentials => CheckResult.Failed("the stored login cannot be read", e.Message),
            _ => CheckResult.Failed($"no upload to {repository.Repository} could be started", e.Message),
        };
    }

    private string Places => options.LoginFiles.Count == 0 ? "any file" : string.Join(" or ", options.LoginFiles);

    /// <summary>Some registries say with another status that there is no such project.</summary>
    private static bool IsNoPlace(string? said) => said is not null
        && (said.StartsWith("NAME_UNKNOWN", StringComparison.Ordinal) || said.StartsWith("NOT_FOUND", StringComparison.Ordinal));
}
