using System.CommandLine;
using Berth.Oci;

namespace Berth.Server.Commands;

internal static class PinCommand
{
    private const int LongestName = 100;

    public static Command Create(Surroundings around) => new("pin", "Keep manifests, whatever a policy or a delete says. Works while the server runs.")
    {
        PinAddCommand.Create(around),
        PinListCommand.Create(around),
        PinRemoveCommand.Create(around),
    };

    public static Option<string> Name() => new("--name") { Description = "Why it stays, or for whom; one manifest may have several pins", Required = true, HelpName = "NAME" };

    /// <exception cref="CommandFailedException">It is no name.</exception>
    public static string CheckName(string name) => name.Length is > 0 and <= LongestName && !name.Any(char.IsControl) && name.Trim().Length == name.Length
        ? name
        : throw new CommandFailedException($"'{Quote.Short(name)}' is no name for a pin: 1 to {LongestName} characters, no space around them", ExitCodes.Usage);
}
