using Berth.Oci;

namespace Berth.Registry.Access;

/// <summary>Decides who may do what. A pure function, so that the token service and every request give the same answer.</summary>
/// <remarks>Every repository is public: anyone may pull. Who is logged in may push; administrators may also delete and list repositories.</remarks>
public static class AccessPolicy
{
    /// <summary>What <paramref name="subject"/> may do in <paramref name="repository"/>.</summary>
    public static RepositoryActions Allowed(Subject subject, RepositoryName repository) => subject switch
    {
        { IsAdministrator: true } => RepositoryActions.Pull | RepositoryActions.Push | RepositoryActions.Delete,
        { IsAnonymous: false } => RepositoryActions.Pull | RepositoryActions.Push,
        _ => RepositoryActions.Pull,
    };

    /// <summary>Whether <paramref name="subject"/> may list the names of all repositories.</summary>
    public static bool MayListRepositories(Subject subject) => subject.IsAdministrator;
}
