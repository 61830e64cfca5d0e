using System.Text;
using Berth.Oci;
using Berth.Packaging.Conf;

namespace Berth.Packaging.Retarget;

/// <summary>Changes where a .conf says that the image is, and leaves every other byte of it as it is.</summary>
internal static class ConfLines
{
    public static byte[] Retarget(ReadOnlySpan<byte> conf, RegistryHost? registry, RepositoryName repository)
    {
        var text = Encoding.UTF8.GetString(conf);
        var changed = new StringBuilder();
        var isNamed = false;
        for (var start = 0; start < text.Length;)
        {
            var end = text.IndexOf('\n', start);
            var line = end < 0 ? text[start..] : text[start..(end + 1)];
            start += line.Length;
            var ending = line[line.TrimEnd('\r', '\n').Length..];
            switch (Key(line))
            {
                case ConfKeys.Registry:
                    break;
                case ConfKeys.Repository:
                    // Once is enough: a second line of the same key would be read as the first.
                    if (!isNamed)
                        changed.Append(Lines(registry, repository, ending));
                    isNamed = true;
                    break;
                default:
                    changed.Append(line);
                    break;
            }
        }

        return Encoding.UTF8.GetBytes(changed.ToString());
    }

    private static string Lines(RegistryHost? registry, RepositoryName repository, string ending)
    {
        var named = registry is null ? "" : $"{ConfKeys.Registry}={registry}{(ending.Length == 0 ? "\n" : ending)}";
        return $"{named}{ConfKeys.Repository}=/{repository}{ending}";
    }

    /// <summary>As the reader of .conf files sees it.</summary>
    private static string? Key(string line)
    {
        var equals = line.IndexOf('=');
        return equals < 0 ? null : line[..equals].TrimStart('\uFEFF').Trim();
    }
}
