using Berth.Packaging.Engine;

namespace Berth.Packaging.Install;

/// <summary>The directory that becomes an adapter's <c>/var/log</c>, as the platform gives it one.</summary>
internal sealed class LogDirectory : IDisposable
{
    // The adapter need not run as root, and the platform lets it write there whoever it is.
    private const UnixFileMode WritableByAll = (UnixFileMode)0b111_111_111;

    private readonly bool _passing;

    private LogDirectory(string path, bool passing) => (FullName, _passing) = (path, passing);

    public string FullName { get; }

    /// <param name="wanted">Null: one that goes away with this.</param>
    /// <exception cref="InstallException">It cannot be made.</exception>
    public static LogDirectory Create(string? wanted)
    {
        try
        {
            var directory = wanted is null ? Directory.CreateTempSubdirectory("mp-install-") : Directory.CreateDirectory(wanted);
            if (wanted is null && !OperatingSystem.IsWindows())
                File.SetUnixFileMode(directory.FullName, WritableByAll);
            return new LogDirectory(directory.FullName, wanted is null);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new InstallException(
                InstallStage.Start, $"The directory for the adapter's log cannot be made ({OneLine.Of(e.Message)}). Name another with --logs DIR.", e);
        }
    }

    public void Dispose()
    {
        if (!_passing)
            return;
        try
        {
            Directory.Delete(FullName, recursive: true);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // What an adapter wrote as another user, only that user or root can remove.
        }
    }
}
