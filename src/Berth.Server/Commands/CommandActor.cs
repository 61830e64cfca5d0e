namespace Berth.Server.Commands;

/// <summary>Who the journal says did what a command does.</summary>
internal static class CommandActor
{
    public static string Name { get; } = $"command line ({Environment.UserName})";
}
