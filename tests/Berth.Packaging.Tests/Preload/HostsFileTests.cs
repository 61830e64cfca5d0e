using System.Net;
using Berth.Packaging.Engine;
using Berth.Packaging.Preload;

namespace Berth.Packaging.Tests.Preload;

public sealed class HostsFileTests : IDisposable
{
    private const string Given = "127.0.0.1 localhost\n# a comment, ümlaut \n10.0.0.1\tregistry.example r # not z.example";

    private static readonly IPAddress Address = IPAddress.Parse("127.70.1.2");

    private readonly TempDirectory _directory = new();
    private readonly string _path;
    private readonly HostsFile _file;

    public HostsFileTests()
    {
        _path = _directory.Write("hosts", Given + "\n");
        _file = new HostsFile(_path, TimeProvider.System);
    }

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose() => _directory.Dispose();

    [Theory]
    [InlineData("REGISTRY.example", "10.0.0.1")]
    [InlineData("r", "10.0.0.1")]
    [InlineData("z.example", null)]
    [InlineData("10.0.0.1", null)]
    public void A_name_is_found_in_any_column_and_not_in_comments(string name, string? address) =>
        Assert.Equal(address is null ? [] : [IPAddress.Parse(address)], _file.Find(name));

    [Fact]
    public async Task A_line_is_there_until_it_is_disposed_and_leaves_every_byte_as_it_was()
    {
        var before = await File.ReadAllBytesAsync(_path, Cancellation);

        await using (var line = await _file.AddAsync(Address, "new.example", Cancellation))
        {
            Assert.Equal([Address], _file.Find("new.example"));
            Assert.EndsWith($"\n{line.Text}\n", await File.ReadAllTextAsync(_path, Cancellation), StringComparison.Ordinal);
        }

        Assert.Equal(before, await File.ReadAllBytesAsync(_path, Cancellation));
    }

    [Fact]
    public async Task A_file_without_a_last_line_end_gets_a_line_of_its_own()
    {
        await File.WriteAllTextAsync(_path, Given, Cancellation);

        await using var line = await _file.AddAsync(Address, "new.example", Cancellation);

        Assert.Equal($"{Given}\n{line.Text}\n", await File.ReadAllTextAsync(_path, Cancellation));
    }

    [Fact]
    public async Task What_others_add_meanwhile_stays()
    {
        await using (await _file.AddAsync(Address, "new.example", Cancellation))
            await File.AppendAllTextAsync(_path, "10.0.0.2 late.example\n", Cancellation);

        Assert.Equal($"{Given}\n10.0.0.2 late.example\n", await File.ReadAllTextAsync(_path, Cancellation));
    }

    [Fact]
    public async Task Several_at_once_do_not_lose_lines()
    {
        var lines = await Task.WhenAll(Enumerable.Range(0, 20).Select(i => _file.AddAsync(Address, $"n{i}.example", Cancellation)));
        Assert.All(Enumerable.Range(0, 20), i => Assert.Single(_file.Find($"n{i}.example")));

        await Task.WhenAll(lines.Select(line => line.DisposeAsync().AsTask()));

        Assert.Equal(Given + "\n", await File.ReadAllTextAsync(_path, Cancellation));
    }

    [Fact]
    public async Task The_line_of_a_dead_run_is_removed_and_that_of_a_living_one_stays()
    {
        var notes = new List<string>();
        var own = ProcessMark.Own!.Split('/');
        var dead = $"{own[0]}/{own[1]}/{own[2]}/1";
        await using var living = await _file.AddAsync(Address, "new.example", Cancellation);
        await File.AppendAllTextAsync(
            _path, $"127.70.1.3 a.example # mp-install preload {dead}\n127.70.1.4 b.example # mp-install preload another-boot/x/1/1\n", Cancellation);

        await _file.RemoveLeftoversAsync(notes.Add, Cancellation);

        Assert.Equal($"{Given}\n{living.Text}\n", await File.ReadAllTextAsync(_path, Cancellation));
        Assert.Contains("the line of a run that was killed is removed", Assert.Single(notes), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_file_that_cannot_be_written_is_said_to_be_needed()
    {
        var e = await Assert.ThrowsAsync<PreloadException>(() =>
            new HostsFile(_directory.Path("none/hosts"), TimeProvider.System).AddAsync(Address, "new.example", Cancellation));

        Assert.Equal(PreloadFailure.Name, e.Failure);
        Assert.Contains("Run this as root", e.Message, StringComparison.Ordinal);
    }
}
