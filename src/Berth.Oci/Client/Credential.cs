namespace Berth.Oci.Client;

/// <summary>A login. Its text form hides the secret, so that no log or message can show it.</summary>
public sealed record Credential(string Username, string Secret)
{
    /// <summary>Where it came from, for messages: a file, a credential helper, an option. No part of the login's identity.</summary>
    public string? Origin { get; init; }

    public bool Equals(Credential? other) => other is not null && Username == other.Username && Secret == other.Secret;

    public override int GetHashCode() => HashCode.Combine(Username, Secret);

    public override string ToString() => $"{Username}:***";
}
