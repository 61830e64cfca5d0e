using System.Text.Json;
using Berth.Oci;
using Berth.Server.Storage;
using Microsoft.Data.Sqlite;

namespace Berth.Server.Backup;

/// <summary>Makes one backup, whether or not a server is running. What it copied stays when it is broken off, and is not copied again.</summary>
internal sealed class BackupRun(SingleNodeStores stores, BackupDirectory directory, BackupOptions options, TimeProvider time)
{
    private const int MostProblems = 1000;
    private const int MostRepositories = 20;

    private DataDirectory Data => stores.Directory;

    /// <exception cref="BackupFailedException">It could not be made; the earlier ones are as they were.</exception>
    public async Task<BackupReport> RunAsync(CancellationToken cancellationToken)
    {
        using var one = Data.TryLock(SqliteUpkeepStore.Backup)
            ?? throw new BackupFailedException($"another backup of '{Data.Root}' is under way: wait until it has ended");
        try
        {
            await using var mark = await BackupMark.BeginAsync(stores.Upkeep, time, cancellationToken);
            return await RunAsync(mark, cancellationToken);
        }
        catch (Exception e) when (e is OciException or SqliteException)
        {
            throw new BackupFailedException(
                $"the database '{Data.DatabaseFile}' does not take the note that a backup is under way ({e.Message}): make room on its disk", e);
        }
    }

    private async Task<BackupReport> RunAsync(BackupMark mark, CancellationToken cancellationToken)
    {
        try
        {
            var report = await MakeAsync(cancellationToken);
            await mark.FinishAsync(JsonSerializer.Serialize(report, BackupJson.Default.BackupReport), ProblemOf(report));
            return report;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or SqliteException or BackupFailedException)
        {
            directory.RemoveUnfinished();
            var failure = e as BackupFailedException ?? new BackupFailedException($"the backup in '{directory.Root}' could not be made: {e.Message}", e);
            await mark.FinishAsync(null, failure.Message);
            throw failure;
        }
    }

    private static string? ProblemOf(BackupReport report) => report.HasProblems()
        ? $"{report.MissingBlobs} blobs are missing or damaged, {report.DamagedEarlier.Length} are damaged in earlier backups"
        : null;

    private async Task<BackupReport> MakeAsync(CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var name = BackupTime.NameOf(now);
        FreeSpace.Require(directory.Root, new FileInfo(Data.DatabaseFile).Length, "a copy of the database");
        var scratch = directory.Begin(name);
        var copy = Path.Combine(scratch, BackupDirectory.DatabaseName);
        CopiedDatabase.Make(Data.DatabaseFile, copy);

        var contents = CopiedDatabase.ReadContents(copy);
        var absent = contents.Where(content => !directory.Content.Has(content)).ToHashSet();
        var verification = new StoreVerification(directory);
        var damaged = options.Verify
            ? await verification.FindDamagedAsync(contents.Where(content => !absent.Contains(content)), cancellationToken)
            : [];
        Content[] wanted = [.. absent, .. damaged];
        var bad = await CopyAsync(wanted, scratch, cancellationToken);
        var table = Describe(now, copy, contents, wanted, bad);
        directory.Complete(name, table);

        var earlier = options.Verify ? await verification.CheckEarlierAsync(contents.Select(content => content.Digest).ToHashSet(), cancellationToken) : [];
        return Report(name, table, verification.Verified, damaged.Except(bad.Select(item => item.Content)).Count(), earlier, Prune(table, earlier));
    }

    private async Task<IReadOnlyList<(Content Content, ContentState State)>> CopyAsync(
        Content[] wanted, string scratch, CancellationToken cancellationToken)
    {
        if (!options.Link)
            FreeSpace.Require(directory.Root, wanted.Sum(content => content.Size), $"new content ({wanted.Length} blobs)");
        var copier = new ContentCopier(Data, directory.Content, scratch, options.Link);
        var bad = await ContentWork.RunAsync(wanted, copier.Copy, cancellationToken);

        // A damaged copy that the registry could not replace must not be taken for good next time.
        foreach (var (content, _) in bad.Where(item => directory.Content.Has(item.Content)))
            directory.Content.SetAside(content.Digest);
        directory.Content.Sync();
        return bad;
    }

    private static BackupTable Describe(
        DateTimeOffset now, string copy, List<Content> contents, Content[] wanted, IReadOnlyList<(Content Content, ContentState State)> bad) => new()
        {
            Format = BackupTable.NewestFormat,
            Time = now,
            BerthVersion = SqliteMigrations.BerthVersion,
            Schema = CopiedDatabase.SchemaOf(copy),
            DatabaseDigest = CopiedDatabase.DigestOf(copy).ToString(),
            DatabaseBytes = new FileInfo(copy).Length,
            Blobs = contents.Count - bad.Count,
            Bytes = contents.Sum(content => content.Size) - bad.Sum(item => item.Content.Size),
            NewBlobs = wanted.Length - bad.Count,
            NewBytes = wanted.Sum(content => content.Size) - bad.Sum(item => item.Content.Size),
            MissingBlobs = bad.Count,
            Missing = [.. bad.Take(MostProblems).Select(item => Problem(copy, item.Content, item.State))],
        };

    private static ContentProblem Problem(string copy, Content content, ContentState state) => new(
        content.Digest.ToString(), state.ToString().ToLowerInvariant(), CopiedDatabase.RepositoriesOf(copy, content.Digest, MostRepositories));

    /// <summary>A registry that loses content must not rotate the backups away that still have it.</summary>
    private BackupPruning Prune(BackupTable table, string[] damagedEarlier)
    {
        var pruning = new BackupPruning(directory);
        if (options.Keep is { } keep && table.IsComplete && damagedEarlier.Length == 0)
            pruning.Run(keep);
        return pruning;
    }

    private BackupReport Report(string name, BackupTable table, long verified, long healed, string[] damagedEarlier, BackupPruning pruning) => new(
        directory.Root,
        name,
        table.Blobs,
        table.Bytes,
        table.NewBlobs,
        table.NewBytes,
        table.DatabaseBytes,
        verified,
        healed,
        table.MissingBlobs,
        table.Missing,
        damagedEarlier,
        [.. pruning.RemovedBackups],
        pruning.RemovedBlobs,
        pruning.RemovedBytes);
}
