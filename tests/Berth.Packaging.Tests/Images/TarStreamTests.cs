using System.Formats.Tar;
using System.Text;
using Berth.Packaging.Images;
using TarEntry = Berth.Packaging.Images.TarEntry;

namespace Berth.Packaging.Tests.Images;

public sealed class TarStreamTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(TarEntryFormat.Ustar, 90)]
    [InlineData(TarEntryFormat.Ustar, 180)]
    [InlineData(TarEntryFormat.Pax, 300)]
    [InlineData(TarEntryFormat.Gnu, 300)]
    [InlineData(TarEntryFormat.V7, 50)]
    public async Task Names_links_and_content_are_read_in_each_format(TarEntryFormat format, int length)
    {
        var name = $"{new string('d', length / 2)}/{new string('n', length / 2)}";
        var tar = new MemoryStream();
        using (var writer = new TarWriter(tar, format, leaveOpen: true))
        {
            writer.WriteEntry(Entry(format, TarEntryType.RegularFile, name, new byte[700]));
            writer.WriteEntry(Entry(format, TarEntryType.SymbolicLink, "link", null));
        }

        tar.Position = 0;
        using var entries = new TarStream(tar);
        Assert.Equal(new TarEntry(name, TarEntryKind.File, "", 700), await entries.NextAsync(Token));
        Assert.Equal(new TarEntry("link", TarEntryKind.SymbolicLink, "../there", 0), await entries.NextAsync(Token));
        Assert.Null(await entries.NextAsync(Token));
    }

    [Fact]
    public async Task A_header_that_would_fill_the_memory_is_refused()
    {
        var tar = new MemoryStream();
        using (var writer = new TarWriter(tar, TarEntryFormat.Gnu, leaveOpen: true))
            writer.WriteEntry(new GnuTarEntry(TarEntryType.RegularFile, new string('n', 100_000)));

        Assert.Contains("is longer than 65536 bytes", (await FailAsync<InvalidDataException>(tar.ToArray())).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(100)]
    [InlineData(512)]
    [InlineData(800)]
    [InlineData(1024)]
    public async Task One_that_breaks_off_is_not_taken_for_whole(int length)
    {
        var tar = new MemoryStream();
        using (var writer = new TarWriter(tar, TarEntryFormat.Ustar, leaveOpen: true))
            writer.WriteEntry(Entry(TarEntryFormat.Ustar, TarEntryType.RegularFile, "a", new byte[500]));

        await FailAsync<EndOfStreamException>(tar.ToArray()[..length]);
    }

    [Fact]
    public async Task What_is_no_tar_is_refused() => await FailAsync<InvalidDataException>(Encoding.ASCII.GetBytes(new string('x', 1024)));

    private static async Task<T> FailAsync<T>(byte[] tar)
        where T : Exception => await Assert.ThrowsAsync<T>(async () =>
    {
        using var entries = new TarStream(new MemoryStream(tar));
        while (await entries.NextAsync(Token) is not null)
        {
        }
    });

    private static System.Formats.Tar.TarEntry Entry(TarEntryFormat format, TarEntryType type, string name, byte[]? content)
    {
        var kind = format is TarEntryFormat.V7 && type is TarEntryType.RegularFile ? TarEntryType.V7RegularFile : type;
        System.Formats.Tar.TarEntry entry = format switch
        {
            TarEntryFormat.V7 => new V7TarEntry(kind, name),
            TarEntryFormat.Ustar => new UstarTarEntry(kind, name),
            TarEntryFormat.Gnu => new GnuTarEntry(kind, name),
            _ => new PaxTarEntry(kind, name),
        };
        if (content is not null)
            entry.DataStream = new MemoryStream(content);
        if (type is TarEntryType.SymbolicLink)
            entry.LinkName = "../there";
        return entry;
    }
}
