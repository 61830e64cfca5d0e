using Berth.Server.Auth;

namespace Berth.Server.Commands;

/// <summary>What a command finds around it, so that tests can put something else there.</summary>
internal sealed record Surroundings(TextReader Input, bool InputIsTerminal, Func<string, string?> Variable, TimeProvider Time)
{
    /// <summary>The bcrypt cost of new passwords.</summary>
    public int PasswordCost { get; init; } = PasswordHasher.DefaultCost;

    public static Surroundings OfProcess() => new(Console.In, !Console.IsInputRedirected, Environment.GetEnvironmentVariable, TimeProvider.System);
}
