namespace Berth.Server.Commands;

internal static class ExitCodes
{
    public const int Success = 0;

    /// <summary>What was asked for could not be done.</summary>
    public const int Failure = 1;

    /// <summary>The command line or a setting is wrong; nothing was done.</summary>
    public const int Usage = 2;
}
