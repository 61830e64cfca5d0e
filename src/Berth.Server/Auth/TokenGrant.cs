using Berth.Oci;
using Berth.Registry.Access;

namespace Berth.Server.Auth;

/// <summary>What a valid token says.</summary>
/// <param name="Account">Null for an anonymous token.</param>
/// <param name="Expires">The token is good for requests that begin before.</param>
internal sealed record TokenGrant(string? Account, DateTimeOffset Expires, IReadOnlyList<GrantedAccess> Access)
{
    public RepositoryActions Actions(RepositoryName repository) => Access
        .Where(access => access.Type is GrantedAccess.Repository && access.Name == repository.ToString())
        .SelectMany(access => access.Actions)
        .Aggregate(RepositoryActions.None, (all, action) => all | ActionNames.Parse(action));

    public bool ListsRepositories => Access.Any(access => access is { Type: GrantedAccess.Registry, Name: GrantedAccess.Catalog } && access.Actions.Contains("*"));
}
