namespace Berth.Server.Upkeep;

/// <summary>The last run of a kind of upkeep, as the database has it.</summary>
/// <param name="Beat">When it last told that it is alive.</param>
/// <param name="Finished">Null while it runs, or when it was broken off.</param>
/// <param name="Problem">Why it failed; null when it did not.</param>
/// <param name="Position">Where it goes on.</param>
/// <param name="Report">What it did, JSON.</param>
internal sealed record UpkeepRun(
    DateTimeOffset Started, DateTimeOffset Beat, DateTimeOffset? Finished, string? Problem, string? Position, string? Report)
{
    public const string Collection = "collection";
    public const string Scrub = "scrub";
    public const string Backup = "backup";
}
