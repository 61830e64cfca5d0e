using Berth.Oci;
using Berth.Packaging.Engine;
using Berth.Packaging.Preload;

namespace Berth.Packaging.Tests.Preload;

public sealed class TrustDirectoryTests : IDisposable
{
    private static readonly RegistryHost Host = RegistryHost.Parse("registry.example:5000");

    private readonly TempDirectory _directory = new();
    private readonly TrustDirectory _trust;

    public TrustDirectoryTests() => _trust = new TrustDirectory(Root);

    private string Root => _directory.Path("certs.d");

    public void Dispose() => _directory.Dispose();

    [Fact]
    public void A_certificate_is_where_engines_look_and_goes_with_the_directories_that_held_nothing_else()
    {
        using (var placed = _trust.Place(Host, "PEM"))
        {
            Assert.Equal(Path.Combine(Root, "registry.example:5000"), Path.GetDirectoryName(placed.Path));
            Assert.EndsWith(".crt", placed.Path, StringComparison.Ordinal);
            Assert.Equal("PEM", File.ReadAllText(placed.Path));
        }

        Assert.False(Directory.Exists(Root));
    }

    [Fact]
    public void What_an_administrator_placed_stays()
    {
        _directory.Write("certs.d/registry.example:5000/ca.crt", "theirs");

        _trust.Place(Host, "PEM").Dispose();

        Assert.Equal([Path.Combine(Root, "registry.example:5000", "ca.crt")], Directory.GetFiles(Root, "*", SearchOption.AllDirectories));
    }

    [Fact]
    public void The_certificate_of_a_dead_run_is_removed_and_that_of_a_living_one_stays()
    {
        var notes = new List<string>();
        var own = ProcessMark.Own!.Split('/');
        _directory.Write($"certs.d/a.example/mp-install-preload-{own[0]}+{own[1]}+{own[2]}+1.crt", "");
        _directory.Write("certs.d/b.example/mp-install-preload-another-boot+x+1+1.crt", "PEM");
        using var living = _trust.Place(Host, "PEM");

        _trust.RemoveLeftovers(notes.Add);

        Assert.Equal([living.Path], Directory.GetFileSystemEntries(Root, "*.crt", SearchOption.AllDirectories));
        Assert.Equal(2, notes.Count);
        Assert.False(Directory.Exists(Path.Combine(Root, "a.example")));
    }

    [Fact]
    public void Several_at_once_do_not_lose_theirs()
    {
        Parallel.For(0, 200, i =>
        {
            using var placed = _trust.Place(RegistryHost.Parse($"n{i}.example"), "PEM");
            Assert.True(File.Exists(placed.Path));
        });

        Assert.False(Directory.Exists(Root));
    }

    [Fact]
    public void A_directory_that_cannot_be_written_is_said_to_be_needed()
    {
        _directory.Write("certs.d", "a file");

        var e = Assert.Throws<PreloadException>(() => _trust.Place(Host, "PEM"));

        Assert.Equal(PreloadFailure.Name, e.Failure);
        Assert.Contains("Run this as root", e.Message, StringComparison.Ordinal);
    }
}
