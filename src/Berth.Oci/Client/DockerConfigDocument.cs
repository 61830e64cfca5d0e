namespace Berth.Oci.Client;

/// <summary>What a client's config.json says about logins; all else in it is passed over.</summary>
internal sealed record DockerConfigDocument
{
    public Dictionary<string, DockerAuthEntry?>? Auths { get; init; }

    public string? CredsStore { get; init; }

    public Dictionary<string, string?>? CredHelpers { get; init; }
}

internal sealed record DockerAuthEntry
{
    /// <summary>Base64 of <c>user:password</c>.</summary>
    public string? Auth { get; init; }

    public string? Username { get; init; }

    public string? Password { get; init; }

    public string? IdentityToken { get; init; }

    public override string ToString() => nameof(DockerAuthEntry);
}

/// <summary>What a credential program prints for <c>get</c>.</summary>
internal sealed record CredentialProgramAnswer
{
    public string? Username { get; init; }

    public string? Secret { get; init; }

    public override string ToString() => nameof(CredentialProgramAnswer);
}
