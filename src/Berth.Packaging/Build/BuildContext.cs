using System.Formats.Tar;

namespace Berth.Packaging.Build;

/// <summary>What an engine gets to build from: the project's directory as a tar, without what no image needs or may see.</summary>
/// <remarks>
/// Left out is what .dockerignore says, and, unless the Dockerfile copies it by its name: directories that change with every run or belong into
/// the pak, virtual environments, whatever starts with a dot, earlier paks, and connections.json with its passwords. Owner and times are
/// fixed and the order is ordinal, so that one project gives one tar.
/// </remarks>
internal static class BuildContext
{
    private const UnixFileMode Executable = UnixFileMode.UserExecute;

    /// <exception cref="PackException">A file of the project cannot be read.</exception>
    public static async Task WriteAsync(string project, Stream destination, DateTimeOffset time, CancellationToken cancellationToken)
    {
        try
        {
            await using var tar = new TarWriter(destination, TarEntryFormat.Pax, leaveOpen: true);
            var choice = ContextChoice.Read(project);
            foreach (var (entry, path) in Entries(new DirectoryInfo(project), "", choice, false))
                await WriteEntryAsync(tar, entry, path, time, cancellationToken);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new PackException(PackFailure.Validation, $"the image cannot be built from all files of the project: {e.Message}", e);
        }
    }

    private static IEnumerable<(FileSystemInfo Entry, string Path)> Entries(
        DirectoryInfo directory, string prefix, ContextChoice choice, bool belowLeftOut)
    {
        foreach (var entry in directory.EnumerateFileSystemInfos().OrderBy(entry => entry.Name, StringComparer.Ordinal))
        {
            var path = prefix + entry.Name;
            var leftOut = choice.IsLeftOut(entry, path, belowLeftOut);
            var wanted = !leftOut && !choice.IsIgnored(path);
            if (wanted)
                yield return (entry, path);
            if (entry is not DirectoryInfo { LinkTarget: null } child || !(wanted || choice.MayWantBelow(path)))
                continue;
            foreach (var below in Entries(child, $"{path}/", choice, leftOut))
                yield return below;
        }
    }

    private static async Task WriteEntryAsync(
        TarWriter tar, FileSystemInfo entry, string path, DateTimeOffset time, CancellationToken cancellationToken)
    {
        var written = entry switch
        {
            { LinkTarget: { } target } => new PaxTarEntry(TarEntryType.SymbolicLink, path) { LinkName = target },
            DirectoryInfo => new PaxTarEntry(TarEntryType.Directory, path + "/") { Mode = Mode(executable: true) },
            _ => new PaxTarEntry(TarEntryType.RegularFile, path) { Mode = Mode(IsExecutable(entry)) },
        };
        written.ModificationTime = time;

        // What is empty need not be opened, which also keeps a named pipe from blocking.
        await using var content = written.EntryType is TarEntryType.RegularFile && entry is FileInfo { Length: > 0 } file ? file.OpenRead() : null;
        if (content is not null)
            written.DataStream = content;
        await tar.WriteEntryAsync(written, cancellationToken);
    }

    private static bool IsExecutable(FileSystemInfo file) => !OperatingSystem.IsWindows() && file.UnixFileMode.HasFlag(Executable);

    private static UnixFileMode Mode(bool executable)
    {
        const UnixFileMode Readable = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead | UnixFileMode.OtherRead;
        return executable ? Readable | Executable | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute : Readable;
    }
}
