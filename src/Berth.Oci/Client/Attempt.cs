namespace Berth.Oci.Client;

/// <summary>What a client wanted when a registry said no.</summary>
/// <param name="Where">The registry.</param>
/// <param name="Deed">What was tried: <c>push to team/app</c>.</param>
/// <param name="Username">Whose login was used; null for none.</param>
internal sealed record Attempt(string Where, string Deed, string? Username);
