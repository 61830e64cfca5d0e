using Berth.Oci;

namespace Berth.Registry.Access;

/// <summary>Decides who may do what. A pure function, so that the token service and every request give the same answer.</summary>
/// <remarks>
/// Anyone may pull from a public repository. Who is logged in may also push, and pull from private ones; administrators may also delete and
/// list repositories.
/// </remarks>
/// <param name="privately">Which repositories are private, whether they exist or not, so that an answer does not tell.</param>
public sealed class AccessPolicy(IReadOnlyList<RepositoryPrefix> privately)
{
    /// <summary>What <paramref name="subject"/> may do in <paramref name="repository"/>.</summary>
    public RepositoryActions Allowed(Subject subject, RepositoryName repository) => subject switch
    {
        { IsAdministrator: true } => RepositoryActions.Pull | RepositoryActions.Push | RepositoryActions.Delete,
        { IsAnonymous: false } => RepositoryActions.Pull | RepositoryActions.Push,
        _ => IsPrivate(repository) ? RepositoryActions.None : RepositoryActions.Pull,
    };

    /// <summary>Whether <paramref name="subject"/> may list the names of all repositories.</summary>
    public static bool MayListRepositories(Subject subject) => subject.IsAdministrator;

    private bool IsPrivate(RepositoryName repository)
    {
        foreach (var prefix in privately)
        {
            if (prefix.Covers(repository))
                return true;
        }

        return false;
    }
}
