using Berth.Packaging.Pak;

namespace Berth.Packaging.Tests.Pak;

public sealed class PakReaderTests : IDisposable
{
    private readonly TempDirectory _directory = new();

    public static TheoryData<string, byte[], string> Broken => new()
    {
        { "text", "not a zip"u8.ToArray(), "is not a zip archive" },
        { "empty", [], "is not a zip archive" },
        { "cut off", TestPak.WithAdapter(TestPak.Zip(("MyAdapter.conf", TestPak.Conf)))[..^10], "is not a zip archive" },
        { "broken directory", TestPak.WithBrokenDirectory(TestPak.WithAdapter(TestPak.Zip(("MyAdapter.conf", TestPak.Conf)))), "is not a zip archive" },
        { "control characters", TestPak.WithAdapter(TestPak.Zip(("a\n\e[31m.conf", "KINDKEY"))), "a??[31m.conf in adapter.zip: KINDKEY is missing" },
        { "no adapter", TestPak.Zip(("manifest.txt", "{}")), "has no adapter.zip" },
        { "adapter elsewhere", TestPak.Zip(("x/adapter.zip", "")), "has no adapter.zip" },
        { "adapter no zip", TestPak.Zip(("adapter.zip", "text")), "adapter.zip in it is not a zip archive" },
        { "no conf", TestPak.WithAdapter(TestPak.Zip(("manifest.txt", "{}"))), "has no .conf" },
        { "conf below", TestPak.WithAdapter(TestPak.Zip(("conf/MyAdapter.conf", TestPak.Conf))), "has no .conf" },
        { "two confs", TestPak.WithAdapter(TestPak.Zip(("A.conf", TestPak.Conf), ("B.conf", TestPak.Conf))), "has 2 .conf files" },
        { "bad digest", TestPak.WithAdapter(TestPak.Zip(("A.conf", TestPak.Conf.Replace("sha256:0", "sha256:X", StringComparison.Ordinal)))), "A.conf in adapter.zip: DIGEST is" },
        { "huge conf", TestPak.WithAdapter(TestPak.Zip(("A.conf", new string('\n', PakReader.MaxConfBytes + 1)))), "has more than 64 KiB" },
        { "bomb", TestPak.WithAdapter(new byte[PakReader.MaxAdapterBytes + 1]), "has more than 32768 KiB" },
        { "many entries", TestPak.Zip(Enumerable.Range(0, PakReader.MaxEntries + 1).Select(i => ($"{i}", ""))), "has more than 10000 entries" },
    };

    public void Dispose() => _directory.Dispose();

    [Fact]
    public async Task The_conf_is_read_out_of_the_adapter_archive()
    {
        var path = _directory.Write("a.pak", TestPak.WithAdapter(TestPak.Zip(("manifest.txt", "{}"), ("MyAdapter.conf", TestPak.Conf))));

        var conf = await PakReader.ReadConfAsync(path, TestContext.Current.CancellationToken);

        Assert.Equal(TestPak.Conf, conf.ToString());
    }

    [Theory]
    [MemberData(nameof(Broken))]
    public async Task A_broken_pak_gives_one_line_that_names_it(string name, byte[] content, string expected)
    {
        var path = _directory.Write($"{name}.pak", content);

        var e = await Assert.ThrowsAsync<PakException>(() => PakReader.ReadConfAsync(path, TestContext.Current.CancellationToken));

        Assert.StartsWith(path, e.Message, StringComparison.Ordinal);
        Assert.Contains(expected, e.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', e.Message);
    }

    [Fact]
    public async Task Damaged_content_is_said_to_be_damaged()
    {
        var pak = TestPak.WithAdapter(TestPak.Zip(("A.conf", TestPak.Conf)));
        Array.Fill<byte>(pak, 0xFF, 60, 40);
        var path = _directory.Write("a.pak", pak);

        var e = await Assert.ThrowsAsync<PakException>(() => PakReader.ReadConfAsync(path, TestContext.Current.CancellationToken));

        Assert.Contains("adapter.zip in it is ", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_file_too_large_for_a_pak_is_not_read()
    {
        var path = _directory.Write("a.pak", "");
        using (var file = File.OpenWrite(path))
            file.SetLength(PakReader.MaxPakBytes + 1);

        var e = await Assert.ThrowsAsync<PakException>(() => PakReader.ReadConfAsync(path, TestContext.Current.CancellationToken));

        Assert.Contains("larger than 64 MiB", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_file_that_is_not_there_and_a_directory_are_told_apart()
    {
        var missing = await Assert.ThrowsAsync<PakException>(() => PakReader.ReadConfAsync(_directory.Path("no.pak"), TestContext.Current.CancellationToken));
        var directory = await Assert.ThrowsAsync<PakException>(() => PakReader.ReadConfAsync(_directory.FullPath, TestContext.Current.CancellationToken));

        Assert.Contains("no such file", missing.Message, StringComparison.Ordinal);
        Assert.Contains("cannot be read", directory.Message, StringComparison.Ordinal);
    }
}
