namespace Berth.Packaging.Retarget;

/// <summary>The file that is written: whole or not at all, and over nothing that is there unless that was asked for.</summary>
internal sealed class RetargetFile(RetargetOptions options)
{
    private const string Extension = ".pak";

    public string FullPath { get; } = Path.GetFullPath(options.OutputFile ?? DefaultName(options));

    /// <exception cref="PackException">Something is there already.</exception>
    public void Check()
    {
        if (FullPath == Path.GetFullPath(options.Pak) && (options.OutputFile is null || !options.Force))
            throw new PackException(
                PackFailure.Usage, $"{FullPath} is the pak itself: give another name with --output-file, or the same one with --force to replace it");
        if (File.Exists(FullPath) && !options.Force)
            throw new PackException(PackFailure.Usage, $"{FullPath} is there already: give another name with --output-file, or --force to replace it");
    }

    /// <exception cref="PackException">It cannot be written; what was there before is as it was.</exception>
    public void Write(byte[] pak)
    {
        var temporary = Path.Combine(Path.GetDirectoryName(FullPath)!, $".{Path.GetFileName(FullPath)}.{Guid.NewGuid():N}");
        try
        {
            using (var file = new FileStream(temporary, FileMode.CreateNew, FileAccess.Write))
            {
                file.Write(pak);
                file.Flush(flushToDisk: true);
            }

            File.Move(temporary, FullPath, overwrite: options.Force);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new PackException(PackFailure.Build, $"{FullPath} cannot be written: {e.Message}", e);
        }
        finally
        {
            if (File.Exists(temporary))
                File.Delete(temporary);
        }
    }

    /// <summary>Beside the pak, with the registry in the name; no colon or bracket, which some file systems do not take.</summary>
    private static string DefaultName(RetargetOptions options)
    {
        var registry = options.Registry?.ToString().Replace("[", "", StringComparison.Ordinal).Replace("]", "", StringComparison.Ordinal).Replace(':', '-');
        var stem = options.Pak.EndsWith(Extension, StringComparison.OrdinalIgnoreCase) ? options.Pak[..^Extension.Length] : options.Pak;
        return $"{stem}.{registry ?? "default-registry"}{Extension}";
    }
}
