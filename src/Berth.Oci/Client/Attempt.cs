namespace Berth.Oci.Client;

/// <summary>What a client wanted when a registry said no.</summary>
/// <param name="Where">The registry.</param>
/// <param name="Deed">What was tried: <c>push to team/app</c>.</param>
/// <param name="Username">Whose login was used; null for none.</param>
/// <param name="Origin">Where that login was found; null when it was given by hand.</param>
internal sealed record Attempt(string Where, string Deed, string? Username, string? Origin = null)
{
    public bool IsPush => Deed.StartsWith("push", StringComparison.Ordinal);

    public string Who => Username is null ? "an anonymous client"
        : Origin is null ? $"the login of '{Quote.Short(Username)}'"
        : $"the login of '{Quote.Short(Username)}' from {Origin}";
}
