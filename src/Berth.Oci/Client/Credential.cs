namespace Berth.Oci.Client;

/// <summary>A login. Its text form hides the secret, so that no log or message can show it.</summary>
public sealed record Credential(string Username, string Secret)
{
    /// <summary>Where it was found, for the message when it is refused: a file, a program; null when it was given by hand.</summary>
    public string? Origin { get; init; }

    /// <summary>The same login, wherever it was found.</summary>
    public bool Equals(Credential? other) => other is not null && Username == other.Username && Secret == other.Secret;

    public override int GetHashCode() => HashCode.Combine(Username, Secret);

    public override string ToString() => $"{Username}:***";
}
