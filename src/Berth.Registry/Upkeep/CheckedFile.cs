namespace Berth.Registry.Upkeep;

/// <summary>What was found where content should be.</summary>
/// <param name="Identity">Of the very file that was read, so that one which replaced it meanwhile is left alone; zero when there is none.</param>
public readonly record struct CheckedFile(Health Health, ulong Identity)
{
    public static CheckedFile Missing { get; } = new(Health.Missing, 0);
}

public enum Health
{
    Sound,
    Missing,

    /// <summary>It is not what its name says, or cannot be read.</summary>
    Corrupt,
}
