namespace Berth.Registry.Access;

/// <summary>Who asks: nobody in particular, or an account that proved its password.</summary>
/// <param name="Name">Null for the anonymous subject.</param>
public sealed record Subject(string? Name, bool IsAdministrator)
{
    public static Subject Anonymous { get; } = new(null, false);

    public bool IsAnonymous => Name is null;
}
