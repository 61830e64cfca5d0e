namespace Berth.Oci.Client;

/// <summary>One challenge of a WWW-Authenticate header (RFC 9110, section 11.6.1) of the two schemes that registries use.</summary>
internal sealed record AuthChallenge(AuthScheme Scheme, IReadOnlyDictionary<string, string> Parameters)
{
    public string? Realm => Parameters.GetValueOrDefault("realm");

    public string? Service => Parameters.GetValueOrDefault("service");

    public string? Scope => Parameters.GetValueOrDefault("scope");

    /// <summary>Reads all challenges of a response. What cannot be read is left out; nothing throws.</summary>
    public static IReadOnlyList<AuthChallenge> Parse(IEnumerable<string> headers)
    {
        var found = new List<AuthChallenge>();
        foreach (var header in headers.Take(AuthChallengeReader.MostChallenges))
        {
            var reader = new AuthChallengeReader(header);
            while (found.Count < AuthChallengeReader.MostChallenges && reader.TryRead(out var scheme, out var parameters))
            {
                if (scheme.Equals("Bearer", StringComparison.OrdinalIgnoreCase))
                    found.Add(new AuthChallenge(AuthScheme.Bearer, parameters));
                else if (scheme.Equals("Basic", StringComparison.OrdinalIgnoreCase))
                    found.Add(new AuthChallenge(AuthScheme.Basic, parameters));
            }
        }

        return found;
    }
}

internal enum AuthScheme
{
    Bearer,
    Basic,
}
