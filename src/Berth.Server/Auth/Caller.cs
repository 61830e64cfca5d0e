using Berth.Registry.Access;

namespace Berth.Server.Auth;

/// <summary>Who sent a request, and by what it is known.</summary>
/// <param name="Subject">For a token: the account that it names, with no right of its own beyond the token's.</param>
/// <param name="Token">Null when there was none.</param>
internal sealed record Caller(Subject Subject, TokenGrant? Token)
{
    public static Caller Anonymous { get; } = new(Subject.Anonymous, null);

    /// <summary>Whether anything was proved at all, be it only that the token service was asked.</summary>
    public bool HasCredential => Token is not null || !Subject.IsAnonymous;
}
