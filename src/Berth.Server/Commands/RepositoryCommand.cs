using System.CommandLine;

namespace Berth.Server.Commands;

internal static class RepositoryCommand
{
    public static Command Create(Surroundings around) => new("repo", "List and remove repositories. Works while the server runs.")
    {
        RepositoryListCommand.Create(around),
        RepositoryRemoveCommand.Create(around),
    };
}
