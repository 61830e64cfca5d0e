using System.CommandLine;

namespace Berth.Server.Commands;

internal static class UserCommand
{
    public static Command Create(Surroundings around) => new("user", "Manage who may log in. Works while the server runs.")
    {
        UserAddCommand.Create(around),
        UserListCommand.Create(around),
        UserRemoveCommand.Create(around),
        UserPasswordCommand.Create(around),
    };
}
