using System.Text.RegularExpressions;
using Berth.Oci;
using Berth.Registry.Storage;
using Berth.Server.Storage;

namespace Berth.Registry.Tests.Storage;

/// <summary>What the kernel is asked for, and in which order, seen from outside: strace on a process that stores one blob.</summary>
public sealed partial class WriteOrderTests : IDisposable
{
    private const string StoresOneBlob = $"{nameof(BlobStoreContract.Stored_content_survives_a_restart)}";

    private readonly TemporaryDirectory _directory = new();

    [Fact]
    public async Task Content_is_synced_then_renamed_and_then_its_directory_is_synced()
    {
        var (exitCode, output, calls) = await TraceAsync();

        Assert.True(exitCode == 0, output);
        var digest = Digest.Of("content"u8);
        var shard = $"data/blobs/sha256/{digest.Hex[..2]}";
        var start = calls.FindIndex(call => call == "fsync data/uploads/ID");
        Assert.Equal(
            [
                "fsync data/uploads/ID",
                "mkdir data/blobs/sha256",
                "fsync data/blobs",
                $"mkdir {shard}",
                "fsync data/blobs/sha256",
                "rename data/uploads/ID",
                $"fsync {shard}",
            ],
            calls.Skip(start).Take(7));
    }

    [Fact]
    public async Task The_data_directory_is_found_again_after_a_power_cut()
    {
        var (_, _, calls) = await TraceAsync();

        Assert.Equal(["mkdir data", "fsync .", "mkdir data/blobs", "fsync data", "mkdir data/uploads", "fsync data"], calls.Take(6));
    }

    [Fact]
    public async Task A_directory_that_cannot_be_synced_fails_the_commit()
    {
        // Counted by thread: the one that commits syncs the upload, two parents and then, as its fourth, the shard.
        var (exitCode, output, calls) = await TraceAsync("-e", "inject=fsync:error=EIO:when=4");

        Assert.NotEqual(0, exitCode);
        Assert.Contains("Could not sync", output, StringComparison.Ordinal);
        Assert.StartsWith("fsync data/blobs/sha256/", calls[^1], StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_upload_that_cannot_be_synced_fails_its_commit_and_is_sent_again()
    {
        // fsync of a character device fails, and the base class library would not say so.
        using var store = new FileSystemBlobStore(DataDirectory.Open(_directory["data"]), TimeProvider.System);
        var id = UploadId.New();
        File.CreateSymbolicLink(Path.Combine(_directory["data"], "uploads", id.ToString()), "/dev/null");
        await using var upload = await store.ResumeUploadAsync(id, TestContext.Current.CancellationToken);
        await upload!.AppendAsync(new MemoryStream("content"u8.ToArray()), TestContext.Current.CancellationToken);

        await Assert.ThrowsAsync<IOException>(
            async () => await upload.CommitAsync(Digest.Of("content"u8), TestContext.Current.CancellationToken));

        Assert.Null(await store.FindSizeAsync(Digest.Of("content"u8), TestContext.Current.CancellationToken));
        Assert.Null(await store.ResumeUploadAsync(id, TestContext.Current.CancellationToken));
    }

    public void Dispose() => _directory.Dispose();

    /// <summary>Runs one test of this very program under strace; calls are given with paths relative to its temporary directory.</summary>
    private async Task<(int ExitCode, string Output, List<string> Calls)> TraceAsync(params string[] more)
    {
        var (exitCode, output) = await Command.RunAsync(
            "strace",
            [
                "-f", "-y", "-o", _directory["trace"], "-e", "trace=fsync,fdatasync,mkdir,rename,renameat,renameat2", .. more,
                Path.Combine(AppContext.BaseDirectory, "Berth.Registry.Tests"), "-noLogo", "-noColor",
                "-method", $"{typeof(FileSystemBlobStoreTests).FullName}.{StoresOneBlob}",
            ],
            ("TMPDIR", _directory.Path));
        var lines = await File.ReadAllLinesAsync(_directory["trace"], TestContext.Current.CancellationToken);
        return (exitCode, output, [.. lines.Select(Describe).Where(call => call is not "" and not "mkdir .")]);
    }

    private string Describe(string line)
    {
        var call = Call().Match(line);
        var path = call.Groups["path"].Value;
        if (!path.StartsWith(_directory["berth-"], StringComparison.Ordinal))
            return "";
        var belowTestDirectory = Path.GetRelativePath(_directory.Path, path).Split('/', 2).ElementAtOrDefault(1);
        return $"{call.Groups["name"]} {UploadName().Replace(belowTestDirectory ?? ".", "ID")}";
    }

    [GeneratedRegex("""\b(?<name>\w+)\((\d+<(?<path>[^>]*)>|"(?<path>[^"]*)")""")]
    private static partial Regex Call();

    [GeneratedRegex("(?<=/uploads/)[0-9a-f]{32}")]
    private static partial Regex UploadName();
}
