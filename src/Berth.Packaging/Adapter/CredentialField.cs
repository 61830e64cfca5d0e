namespace Berth.Packaging.Adapter;

/// <summary>One value of a credential, secret or not; its text form never shows it.</summary>
internal sealed record CredentialField(string Key, string Value, bool IsPassword = false)
{
    public override string ToString() => $"{Key} (redacted)";
}
