using Berth.Oci;
using Berth.Registry.Access;

namespace Berth.Server.Auth;

/// <summary>One resource that a token is asked for, as <c>type:name:action,action</c>.</summary>
/// <remarks>The grammar of Docker's token authentication; a name may contain colons, so the last one ends it.</remarks>
internal readonly record struct TokenScope(string Type, string Name, IReadOnlyList<string> Actions)
{
    public static bool TryParse(ReadOnlySpan<char> text, out TokenScope scope)
    {
        scope = default;
        var first = text.IndexOf(':');
        var last = text.LastIndexOf(':');
        if (first < 1 || last <= first + 1)
            return false;
        scope = new TokenScope(
            text[..first].ToString(),
            text[(first + 1)..last].ToString(),
            text[(last + 1)..].ToString().Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries));
        return true;
    }

    /// <summary>What of this scope <paramref name="subject"/> gets; actions that it may not have are left out, unknown things give none.</summary>
    public GrantedAccess GrantTo(Subject subject, AccessPolicy policy) => new(Type, Name, Type switch
    {
        GrantedAccess.Repository => ActionNames.Of(InRepository(subject, policy)),
        GrantedAccess.Registry when Name is GrantedAccess.Catalog && AccessPolicy.MayListRepositories(subject) => ["*"],
        _ => [],
    });

    private RepositoryActions InRepository(Subject subject, AccessPolicy policy)
    {
        if (!RepositoryName.TryParse(Name, out var repository))
            return RepositoryActions.None;
        var requested = Actions.Aggregate(RepositoryActions.None, (all, action) => all | ActionNames.Parse(action));
        return requested & policy.Allowed(subject, repository);
    }
}
