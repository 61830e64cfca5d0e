
namespace Berth.Packaging.Doctor;

/// <summary>The top certificate of a chain that a server sent.</summary>
/// <param name="Pem">The certificate.</param>
/// <param name="Subject">Whom it names.</param>
/// <param name="IsRoot">Whether it is the authority's own; if not, its issuer's is better placed on the appliances.</param>
public sealed record ServedAuthority(string Pem, string Subject, bool IsRoot);
