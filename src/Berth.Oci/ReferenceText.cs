namespace Berth.Oci;

/// <summary>Reads references and says what is wrong with those that are none.</summary>
internal static class ReferenceText
{
    /// <summary>Longer text is not looked at: nothing valid comes near it (255 of name, 129 of tag, 136 of digest).</summary>
    private const int LongestText = 1024;

    /// <returns>What is wrong; null when <paramref name="reference"/> is set.</returns>
    public static string? Read(ReadOnlySpan<char> text, out Reference? reference)
    {
        reference = null;
        if (Oversized(text) is { } oversized)
            return oversized;
        var problem = Check(text, out reference);
        if (problem is null)
            return null;
        var corrected = WithoutScheme(text.Trim());
        return problem + (Check(corrected, out _) is null ? $"; write {corrected}" : "");
    }

    /// <returns>What is wrong; null when <paramref name="reference"/> is set.</returns>
    public static string? ReadRepository(ReadOnlySpan<char> text, out Reference? reference)
    {
        reference = null;
        if (Oversized(text) is { } oversized)
            return oversized;
        var problem = CheckRepository(text, out reference);
        if (problem is null)
            return null;
        var corrected = Correct(text);
        return problem + (CheckRepository(corrected, out _) is null ? $"; write {corrected}" : "");
    }

    private static string? Oversized(ReadOnlySpan<char> text) => text.Length > LongestText
        ? $"'{Quote.Short(text)}' is too long for an image name: {Reference.MaxNameLength} characters are allowed"
        : null;

    private static string? CheckRepository(ReadOnlySpan<char> text, out Reference? reference)
    {
        reference = null;
        if (NamesOnlyHost(text))
            return $"'{Quote.Short(text)}' names a registry but no repository in it; write {Quote.Short(text.TrimEnd('/'))}/NAME";
        if (Check(text, out var whole) is { } problem)
            return problem;
        if (whole!.Digest is not null)
            return $"'{Quote.Short(text)}' has a digest, and a repository is asked for";
        if (whole.Tag is not null)
            return $"'{Quote.Short(text)}' has a tag, and a repository is asked for";
        if (text.ContainsAnyInRange('A', 'Z'))
            return $"'{Quote.Short(text)}' has capital letters, on which clients disagree";
        reference = whole;
        return null;
    }

    private static string? Check(ReadOnlySpan<char> text, out Reference? reference)
    {
        reference = null;
        if (text.IsWhiteSpace())
            return "an image name is empty; HOST/PATH is expected";
        if (WithoutScheme(text).Length < text.Length)
            return $"'{Quote.Short(text)}' is a URL";
        var hasDigest = TryCutFirst(text, '@', out var rest, out var digestText);
        Digest digest = default;
        if (hasDigest && !Digest.TryParse(digestText, out digest))
            return $"'{Quote.Short(text)}' has no valid digest after '@': sha256: and 64 lower-case hexadecimal characters are expected";
        if (CheckName(rest, out var named) is { } problem)
            return $"'{Quote.Short(text)}' {problem}";
        reference = hasDigest ? named! with { Digest = digest } : named;
        return null;
    }

    /// <summary>Reads <c>[host/]path[:tag]</c>.</summary>
    private static string? CheckName(ReadOnlySpan<char> text, out Reference? reference)
    {
        reference = null;
        var host = RegistryHost.DockerHub;
        var path = text;
        if (TryCutFirst(text, '/', out var first, out var rest) && RegistryHost.LooksLikeHost(first))
        {
            if (!RegistryHost.TryParse(first, out host))
                return $"has no valid host before its first '/': a DNS name or an address is expected, and after ':' a port of 1 to 65535";
            path = rest;
        }

        Tag? tag = null;
        if (TryCutLast(path, ':', out var untagged, out var tagText))
        {
            if (!Tag.TryParse(tagText, out var parsed))
                return $"has no valid tag after ':'";
            tag = parsed;
            path = untagged;
        }

        return Build(host, path, tag, out reference);
    }

    private static string? Build(RegistryHost host, ReadOnlySpan<char> path, Tag? tag, out Reference? reference)
    {
        reference = null;
        if (path.IsEmpty)
            return "has no path after its host; HOST/PATH is expected";
        if (path.ContainsAnyInRange('A', 'Z'))
            return "has capital letters in its path, which must be lower-case";
        if (host.ToString().Equals("index.docker.io", StringComparison.OrdinalIgnoreCase))
            host = RegistryHost.DockerHub;
        var full = host.IsDockerHub && !path.Contains('/') ? $"library/{path}" : path;
        if (host.ToString().Length + 1 + full.Length > Reference.MaxNameLength)
            return $"is longer than the {Reference.MaxNameLength} characters that a name may have";
        if (!RepositoryName.TryParse(full, out var repository))
            return "has no valid path: lower-case letters, digits and single . _ - between them, parts joined by single '/'";
        reference = new Reference(host, repository, tag);
        return null;
    }

    /// <summary>By the grammar <c>registry.example.com</c> alone is an image of Docker Hub; nobody means that.</summary>
    private static bool NamesOnlyHost(ReadOnlySpan<char> text)
    {
        var name = text.TrimEnd('/');
        if (name.Contains('/') || !RegistryHost.TryParse(name, out var host))
            return false;
        return name.Length < text.Length || host.Name.Contains('.') || host.Name.StartsWith('[') || host.Name is "localhost";
    }

    private static string Correct(ReadOnlySpan<char> text)
    {
        var rest = WithoutScheme(text.Trim());
        if (TryCutFirst(rest, '@', out var undigested, out _))
            rest = undigested;
        if (rest.LastIndexOf(':') is var colon && colon > rest.LastIndexOf('/'))
            rest = rest[..colon];
        return string.Join('/', rest.ToString().ToLowerInvariant().Split('/', StringSplitOptions.RemoveEmptyEntries));
    }

    private static ReadOnlySpan<char> WithoutScheme(ReadOnlySpan<char> text) =>
        text.IndexOf("://") is var end and >= 0 ? text[(end + 3)..] : text;

    private static bool TryCutFirst(ReadOnlySpan<char> text, char at, out ReadOnlySpan<char> before, out ReadOnlySpan<char> after) =>
        TryCut(text, text.IndexOf(at), out before, out after);

    private static bool TryCutLast(ReadOnlySpan<char> text, char at, out ReadOnlySpan<char> before, out ReadOnlySpan<char> after) =>
        TryCut(text, text.LastIndexOf(at), out before, out after);

    private static bool TryCut(ReadOnlySpan<char> text, int index, out ReadOnlySpan<char> before, out ReadOnlySpan<char> after)
    {
        before = index < 0 ? text : text[..index];
        after = index < 0 ? default : text[(index + 1)..];
        return index >= 0;
    }
}
