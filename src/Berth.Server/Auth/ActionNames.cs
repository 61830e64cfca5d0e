using Berth.Registry.Access;

namespace Berth.Server.Auth;

/// <summary>The names that actions have in tokens and challenges.</summary>
internal static class ActionNames
{
    public static RepositoryActions Parse(string action) => action switch
    {
        "pull" => RepositoryActions.Pull,
        "push" => RepositoryActions.Push,
        "delete" => RepositoryActions.Delete,
        "*" => RepositoryActions.Pull | RepositoryActions.Push | RepositoryActions.Delete,
        _ => RepositoryActions.None,
    };

    public static string[] Of(RepositoryActions actions) =>
        [.. All.Where(action => actions.HasFlag(action.Value)).Select(action => action.Name)];

    private static (RepositoryActions Value, string Name)[] All { get; } =
        [(RepositoryActions.Pull, "pull"), (RepositoryActions.Push, "push"), (RepositoryActions.Delete, "delete")];
}
