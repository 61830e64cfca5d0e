using System.Text.Json.Serialization;

namespace Berth.Server.Backup;

/// <summary>
/// What one backup holds, written after everything else of it was durable. What it names is in the store of content that all backups of a
/// directory share.
/// </summary>
internal sealed record BackupTable
{
    public const int NewestFormat = 1;

    public required int Format { get; init; }

    /// <summary>When the database was copied: what had been acknowledged before is in here.</summary>
    public required DateTimeOffset Time { get; init; }

    public required string BerthVersion { get; init; }

    /// <summary>Of the database; a version of Berth that does not know it cannot restore this.</summary>
    public required long Schema { get; init; }

    /// <summary>Of the database's copy, with its algorithm.</summary>
    public required string DatabaseDigest { get; init; }

    public required long DatabaseBytes { get; init; }

    public required long Blobs { get; init; }

    public required long Bytes { get; init; }

    /// <summary>What this backup had to copy; the others were in the store already.</summary>
    public required long NewBlobs { get; init; }

    public required long NewBytes { get; init; }

    /// <summary>How much content the registry's database names and its disk did not have, or not unharmed.</summary>
    public required long MissingBlobs { get; init; }

    /// <summary>The first of it.</summary>
    public required ContentProblem[] Missing { get; init; }

    [JsonIgnore]
    public bool IsComplete => MissingBlobs == 0;
}

/// <param name="Problem">Missing, damaged or unreadable.</param>
/// <param name="Repositories">Who shows it; not all of them when there are many.</param>
internal sealed record ContentProblem(string Digest, string Problem, string[] Repositories);
