namespace Berth.Server.Commands;

/// <summary>A command cannot do what was asked; the message tells the person why and what to do.</summary>
internal sealed class CommandFailedException(string message, int exitCode = ExitCodes.Failure) : Exception(message)
{
    public int ExitCode { get; } = exitCode;
}
