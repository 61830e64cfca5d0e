using Berth.Oci;
using Berth.Registry.Access;
using Berth.Server.Api;

namespace Berth.Server.Auth;

/// <summary>Lets a request through to a repository, or says what it lacks: a login (401), a wider token (401), a right (403).</summary>
/// <remarks>What anybody may do needs no look at the account; everything else reads it, so a token ends with the account that it names.</remarks>
internal sealed class AccessGate(AccessPolicy policy, Logins logins, Challenge challenge)
{
    /// <summary>Whether the caller may do all of <paramref name="actions"/>, as far as its credential says.</summary>
    public bool May(Caller caller, RepositoryName repository, RepositoryActions actions) =>
        policy.Allowed(Subject.Anonymous, repository).HasFlag(actions)
        || (caller.Token?.Actions(repository) ?? policy.Allowed(caller.Subject, repository)).HasFlag(actions);

    public bool MayPush(Caller caller, RepositoryName repository) =>
        caller.HasCredential && May(caller, repository, RepositoryActions.Push);

    /// <summary><c>GET /v2/</c>: whoever shows no credential learns where to get a token, which is what makes clients log in before a push.</summary>
    public Task GreetAsync(ApiRequest request)
    {
        if (!request.Caller.HasCredential)
            throw challenge.Unauthorized(request.Http, null);
        return Json.SendEmptyObjectAsync(request.Http);
    }

    /// <exception cref="OciException">The caller may not.</exception>
    public async ValueTask RequireAsync(ApiRequest request, RepositoryActions actions)
    {
        var (caller, repository) = (request.Caller, request.Repository);
        if (policy.Allowed(Subject.Anonymous, repository).HasFlag(actions))
            return;
        var scope = $"{GrantedAccess.Repository}:{repository}:{string.Join(',', ActionNames.Of(actions))}";
        var subject = await RequireSubjectAsync(request, scope);
        if (!policy.Allowed(subject, repository).HasFlag(actions))
            throw new OciException(OciError.Denied, $"'{subject.Name}' may not {string.Join(" and ", ActionNames.Of(actions))} here");
        if (!May(caller, repository, actions))
            throw challenge.Unauthorized(request.Http, scope, "insufficient_scope", $"the token does not grant {scope}");
    }

    /// <exception cref="OciException">The caller may not list all repositories.</exception>
    public async ValueTask RequireCatalogAsync(ApiRequest request)
    {
        const string scope = $"{GrantedAccess.Registry}:{GrantedAccess.Catalog}:*";
        var subject = await RequireSubjectAsync(request, scope);
        if (!AccessPolicy.MayListRepositories(subject))
            throw new OciException(OciError.Denied, "only administrators may list all repositories");
        if (request.Caller.Token is { ListsRepositories: false })
            throw challenge.Unauthorized(request.Http, scope, "insufficient_scope", $"the token does not grant {scope}");
    }

    /// <summary>The account behind the request, as it is now: a token does not keep a removed account alive.</summary>
    private async ValueTask<Subject> RequireSubjectAsync(ApiRequest request, string scope)
    {
        var caller = request.Caller;
        if (caller.Subject.Name is not { } name)
            throw challenge.Unauthorized(request.Http, scope, caller.Token is null ? null : "insufficient_scope", "log in first");
        if (caller.Token is null)
            return caller.Subject;
        return await logins.FindAsync(name, request.Cancelled)
            ?? throw challenge.Unauthorized(request.Http, scope, "invalid_token", "the token's account was removed");
    }
}
