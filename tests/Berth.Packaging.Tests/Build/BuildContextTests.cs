using System.Diagnostics;
using System.Formats.Tar;
using System.Runtime.Versioning;
using Berth.Packaging.Build;
using Berth.Packaging.Pak;

namespace Berth.Packaging.Tests.Build;

public sealed class BuildContextTests : IDisposable
{
    private readonly TempDirectory _project = new();

    public void Dispose() => _project.Dispose();

    [Fact]
    public async Task Only_what_an_image_may_be_made_of_is_sent()
    {
        foreach (var file in (string[])
            [
                "Dockerfile", "app/main.py", "app/build/kept.txt", "app/content/kept.txt", "conf/describe.xml", "manifest.txt", "app/connections.json", "app/x.pak",
                "build/old.pak", "content/dashboards/a.json", "logs/build.log", "resources/r.properties", ".git/config", ".env", "app/.cache/x",
                "connections.json", "MyAdapter_1.0.0.pak", "venv-Mine/bin/activate", "venv-Mine/bin/python", "tools/env/Scripts/activate.bat",
                "tools/env/Scripts/python.exe", "tools/env/lib/x.py",
            ])
            _project.Write(file, file);

        Assert.Equal(
            [
                "Dockerfile", "app/", "app/build/", "app/build/kept.txt", "app/connections.json", "app/content/", "app/content/kept.txt", "app/main.py",
                "app/x.pak", "conf/", "conf/describe.xml", "manifest.txt", "tools/",
            ],
            Entries(await MakeAsync()).Select(entry => entry.Name));
    }

    [Fact]
    public async Task What_the_Dockerfile_copies_by_its_name_is_sent_and_nothing_beside_it()
    {
        _project.Write("Dockerfile", "FROM base\nCOPY .env connections.json /app/\nCOPY [\"resources/r.properties\", \"/app/\"]\nADD ./build/out /app/\nCOPY . /all\n");
        foreach (var file in (string[])
            [".env", ".envrc", "connections.json", "resources/r.properties", "resources/other.properties", "build/out/x", "build/out/.y", "build/old.pak", ".git/config"])
            _project.Write(file, file);

        Assert.Equal(
            [".env", "Dockerfile", "build/out/", "build/out/x", "connections.json", "resources/r.properties"],
            Entries(await MakeAsync()).Select(entry => entry.Name));
    }

    [Fact]
    public async Task What_dockerignore_names_is_not_sent_but_the_Dockerfile_always_is()
    {
        _project.Write(".dockerignore", "*\n!app\napp/**/*.log\n!app/kept.log\n");
        foreach (var file in (string[])["Dockerfile", "readme.md", "app/main.py", "app/x.log", "app/kept.log", "app/deep/y.log", "other/z"])
            _project.Write(file, file);

        Assert.Equal(
            ["Dockerfile", "app/", "app/deep/", "app/kept.log", "app/main.py"],
            Entries(await MakeAsync()).Select(entry => entry.Name));
    }

    [Fact]
    public async Task An_exception_below_an_ignored_directory_is_found()
    {
        _project.Write(".dockerignore", "data\n!data/wanted/file\n");
        _project.Write("data/wanted/file", "");
        _project.Write("data/other", "");

        Assert.Equal(["data/wanted/file"], Entries(await MakeAsync()).Select(entry => entry.Name));
    }

    [Fact]
    [SupportedOSPlatform("linux")]
    public async Task Content_and_the_right_to_execute_are_kept_and_owner_and_time_are_not()
    {
        var script = _project.Write("run.sh", "#!/bin/sh\n");
        File.SetUnixFileMode(script, (UnixFileMode)0b111_000_000);
        _project.Write("data.txt", "data");

        var entries = Entries(await MakeAsync());

        Assert.Equal([(UnixFileMode)0b110_100_100, (UnixFileMode)0b111_101_101], entries.Select(entry => entry.Mode));
        Assert.Equal(["data", "#!/bin/sh\n"], entries.Select(entry => new StreamReader(entry.DataStream!).ReadToEnd()));
        Assert.All(entries, entry => Assert.Equal((0, 0, PakTime.From(null)), (entry.Uid, entry.Gid, entry.ModificationTime)));
    }

    [Fact]
    public async Task The_same_project_gives_the_same_bytes_wherever_and_whenever_it_lies()
    {
        using var other = new TempDirectory();
        foreach (var directory in (TempDirectory[])[_project, other])
        {
            directory.Write("b/x.txt", "x");
            directory.Write("a.txt", "a");
            Directory.CreateDirectory(directory.Path("empty"));
        }

        File.SetLastWriteTimeUtc(other.Path("a.txt"), new DateTime(2001, 2, 3, 4, 5, 6, DateTimeKind.Utc));

        Assert.Equal(await MakeAsync(), await MakeAsync(other));
    }

    [Fact]
    public async Task Links_are_sent_as_links_and_a_pipe_does_not_block()
    {
        File.CreateSymbolicLink(_project.Path("link"), "nowhere");
        Directory.CreateSymbolicLink(_project.Path("loop"), ".");
        using var mkfifo = Process.Start("mkfifo", [_project.Path("pipe")]);
        await mkfifo.WaitForExitAsync(TestContext.Current.CancellationToken);

        var entries = Entries(await MakeAsync());

        Assert.Equal(
            [("link", TarEntryType.SymbolicLink, "nowhere"), ("loop", TarEntryType.SymbolicLink, "."), ("pipe", TarEntryType.RegularFile, "")],
            entries.Select(entry => (entry.Name, entry.EntryType, entry.LinkName)));
    }

    private static List<TarEntry> Entries(byte[] tar)
    {
        var entries = new List<TarEntry>();
        using var reader = new TarReader(new MemoryStream(tar));
        while (reader.GetNextEntry(copyData: true) is { } entry)
            entries.Add(entry);
        return entries;
    }

    private async Task<byte[]> MakeAsync(TempDirectory? project = null)
    {
        using var tar = new MemoryStream();
        await BuildContext.WriteAsync((project ?? _project).FullPath, tar, PakTime.From(null), TestContext.Current.CancellationToken);
        return tar.ToArray();
    }
}
