namespace Berth.Oci.Client;

/// <summary>A login. Its text form hides the secret, so that no log or message can show it.</summary>
public sealed record Credential(string Username, string Secret)
{
    public override string ToString() => $"{Username}:***";
}
