namespace Berth.Packaging.Adapter;

internal sealed record CredentialConfig(string CredentialKey)
{
    public IReadOnlyList<CredentialField> CredentialFields { get; set; } = [];
}
