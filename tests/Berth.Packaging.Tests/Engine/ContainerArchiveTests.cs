using System.Formats.Tar;
using Berth.Packaging.Engine;

namespace Berth.Packaging.Tests.Engine;

public sealed class ContainerArchiveTests
{
    [Fact]
    public async Task The_archive_has_the_files_and_no_directory()
    {
        var mode = UnixFileMode.UserRead | UnixFileMode.OtherRead;
        ContainerFile[] files = [new("/etc/ssl/certs/a.crt", "A"u8.ToArray(), mode), new("/b", "BB"u8.ToArray(), mode)];

        using var archive = await ContainerArchive.CreateAsync(files, TimeProvider.System, TestContext.Current.CancellationToken);

        using var reader = new TarReader(archive);
        var first = reader.GetNextEntry()!;
        Assert.Equal(("etc/ssl/certs/a.crt", TarEntryType.RegularFile, mode, 1L), (first.Name, first.EntryType, first.Mode, first.Length));
        Assert.Equal("b", reader.GetNextEntry()!.Name);
        Assert.Null(reader.GetNextEntry());
    }
}
