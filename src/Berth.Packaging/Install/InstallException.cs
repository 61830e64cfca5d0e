namespace Berth.Packaging.Install;

/// <summary>
/// An installation failed at <see cref="Stage"/>. The message's first line says what is wrong and what to do; lines after it, if any,
/// are the end of the adapter's log.
/// </summary>
public sealed class InstallException : Exception
{
    public InstallException(InstallStage stage, string message, Exception? inner = null)
        : base(message, inner) => Stage = stage;

    public InstallStage Stage { get; }

    public InstallFailure Failure { get; init; }
}
