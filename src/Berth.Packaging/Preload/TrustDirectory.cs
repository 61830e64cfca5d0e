using Berth.Oci;
using Berth.Packaging.Engine;

namespace Berth.Packaging.Preload;

/// <summary>
/// Where engines look for the certificates to trust of a registry: <c>HOST[:PORT]/*.crt</c>. Files placed here say in their names whose
/// they are, so that what a killed run left is known and removed.
/// </summary>
internal sealed class TrustDirectory(string path)
{
    private const string Prefix = "mp-install-preload-";
    private const string Suffix = ".crt";
    private const int Tries = 20;

    /// <summary>Places a certificate; disposing what is returned takes it away again.</summary>
    /// <exception cref="PreloadException">The directory cannot be written.</exception>
    public PlacedCertificate Place(RegistryHost host, string pem)
    {
        var file = Path.Combine(path, host.ToString(), $"{Prefix}{RunMark.Own.Replace('/', '+')}{Suffix}");
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                Directory.CreateDirectory(Path.GetDirectoryName(file)!);
                File.WriteAllText(file, pem);
                return new PlacedCertificate(file, pem);
            }
            catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException && attempt < Tries)
            {
                // Another run has taken its own away, and the directory with it.
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                throw new PreloadException(
                    PreloadFailure.Name,
                    $"{path}: the certificate that the image is served with has to be placed there for the time of the pull, and that fails: "
                    + $"{OneLine.Of(e.Message)} Run this as root.",
                    e);
            }
        }
    }

    /// <summary>Takes away what runs left that were killed.</summary>
    public void RemoveLeftovers(Action<string> note)
    {
        try
        {
            if (!Directory.Exists(path))
                return;
            foreach (var file in Directory.GetFiles(path, $"{Prefix}*{Suffix}", SearchOption.AllDirectories).Where(IsLeftover))
            {
                Remove(file);
                note($"{file}: the certificate of a run that was killed is removed");
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            note($"{path}: {OneLine.Of(e.Message)}; if it has files named {Prefix}*, remove them as root");
        }
    }

    /// <summary>With the directories that nothing else is in.</summary>
    internal static void Remove(string file)
    {
        File.Delete(file);
        var ofHost = Path.GetDirectoryName(file)!;
        foreach (var directory in new[] { ofHost, Path.GetDirectoryName(ofHost)! })
        {
            try
            {
                Directory.Delete(directory);
            }
            catch (IOException)
            {
                return; // There is more in it, or it is gone.
            }
        }
    }

    private static bool IsLeftover(string file) =>
        RunMark.IsLeftover(Path.GetFileName(file)[Prefix.Length..^Suffix.Length].Replace('+', '/'));
}
