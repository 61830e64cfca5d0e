namespace Berth.Server.Doctor;

/// <summary>Password hashes, the key that signs tokens and private images are for nobody else to read.</summary>
internal sealed class RightsCheck : IDoctorCheck
{
    private const UnixFileMode Others =
        UnixFileMode.GroupRead | UnixFileMode.GroupWrite | UnixFileMode.GroupExecute
        | UnixFileMode.OtherRead | UnixFileMode.OtherWrite | UnixFileMode.OtherExecute;

    public IEnumerable<Finding> Look(Scene scene)
    {
        foreach (var path in new[] { scene.Directory.Root, scene.Directory.DatabaseFile })
        {
            if ((File.GetUnixFileMode(path) & Others) == 0)
                continue;
            yield return new Finding(
                FindingLevel.Warn, "rights", $"'{path}' is open to other users ({Convert.ToString((int)File.GetUnixFileMode(path), 8)})", $"chmod go= '{path}'");
            yield break;
        }

        yield return new Finding(FindingLevel.Ok, "rights", "the data is for its owner alone");
    }
}
