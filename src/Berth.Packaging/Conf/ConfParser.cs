using System.Globalization;
using System.Text;
using Berth.Oci;

namespace Berth.Packaging.Conf;

internal static class ConfParser
{
    private delegate bool Parser<T>(string text, out T value);

    public static ConfFile? Parse(ReadOnlySpan<byte> utf8, out string? problem)
    {
        var fields = ReadFields(Encoding.UTF8.GetString(utf8).TrimStart('\uFEFF'), out problem);
        if (fields is null
            || !Take(fields, ConfKeys.AdapterKind, TryParseKind, "an adapter kind (letters, digits and '_')", out string? kind, out problem)
            || !Take(fields, ConfKeys.ApiVersion, TryParseVersion, "a version like 1.0.0", out ApiVersion version, out problem)
            || !Take(fields, ConfKeys.Protocol, TryParseProtocol, "http or https", out ApiProtocol protocol, out problem)
            || !Take(fields, ConfKeys.Port, TryParsePort, "a port between 1 and 65535", out int port, out problem)
            || !TakeRegistry(fields, out var registry, out problem)
            || !Take(fields, ConfKeys.Repository, TryParseRepository, "'/' and a repository name, no tag", out RepositoryName repository, out problem)
            || !Take(fields, ConfKeys.Digest, TryParseDigest, "sha256: and 64 lower-case hexadecimal digits", out Digest digest, out problem))
            return null;
        return new ConfFile(kind!, version, protocol, port, registry, repository, digest);
    }

    private static Dictionary<string, string>? ReadFields(string text, out string? problem)
    {
        var fields = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var line in text.AsSpan().EnumerateLines())
        {
            var equals = line.IndexOf('=');
            if (equals < 0)
                continue;
            var key = line[..equals].Trim().ToString();
            var value = line[(equals + 1)..].Trim().ToString();
            if (fields.TryAdd(key, value) || fields[key] == value)
                continue;
            problem = $"{Quote.Short(key)} is given twice, with different values";
            return null;
        }

        problem = null;
        return fields;
    }

    private static bool TakeRegistry(Dictionary<string, string> fields, out RegistryHost? registry, out string? problem)
    {
        registry = null;
        problem = null;
        if (!fields.ContainsKey(ConfKeys.Registry))
            return true;
        if (!Take(fields, ConfKeys.Registry, TryParseRegistry, "a host or host:port, no scheme or path", out RegistryHost host, out problem))
            return false;
        registry = host;
        return true;
    }

    private static bool Take<T>(
        Dictionary<string, string> fields, string key, Parser<T> parser, string expected, out T? value, out string? problem)
    {
        value = default;
        problem = null;
        if (!fields.TryGetValue(key, out var text))
            problem = $"{key} is missing; expected is {expected}";
        else if (!parser(text, out value))
            problem = $"{key} is '{Quote.Short(text)}'; expected is {expected}";
        return problem is null;
    }

    private static bool TryParseKind(string text, out string kind)
    {
        kind = text;
        return Project.AdapterKind.IsValid(text);
    }

    private static bool TryParseVersion(string text, out ApiVersion version) => ApiVersion.TryParse(text, out version);

    private static bool TryParseProtocol(string text, out ApiProtocol protocol) => ApiProtocols.TryParse(text, out protocol);

    private static bool TryParsePort(string text, out int port) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out port) && port is >= 1 and <= 65535;

    private static bool TryParseRegistry(string text, out RegistryHost host) => RegistryHost.TryParse(text, out host);

    private static bool TryParseRepository(string text, out RepositoryName repository)
    {
        repository = default;
        return text.StartsWith('/') && RepositoryName.TryParse(text.AsSpan(1), out repository);
    }

    private static bool TryParseDigest(string text, out Digest digest) => Digest.TryParse(text, out digest);
}
