using System.Text;
using System.Text.Json;
using Berth.MpBuild;
using Berth.Oci;
using Berth.Oci.Client;
using Berth.Packaging.Pak;
using Berth.Packaging.Tests.Doctor;
using Berth.Packaging.Tests.Pak;

namespace Berth.Packaging.Tests.Retarget;

/// <summary>mp-build retarget as it is run.</summary>
public sealed class RetargetTests : IDisposable
{
    private readonly TempDirectory _directory = new();
    private readonly string _pak;
    private readonly byte[] _before;

    public RetargetTests()
    {
        _before = SamplePak.Create();
        _pak = _directory.Write("MyAdapter_1.2.3.pak", _before);
    }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => _directory.Dispose();

    [Fact]
    public async Task The_new_pak_pulls_from_the_other_registry_and_the_old_one_stays()
    {
        var result = await RunAsync("--registry", "h2.invalid:8443", "--unverified");

        Assert.Equal(ExitCodes.Success, result.ExitCode);
        var made = _directory.Path("MyAdapter_1.2.3.h2.invalid-8443.pak");
        Assert.Equal($"{made}\nh2.invalid:8443/proj/a@{SamplePak.Digest}\n", result.Output);
        Assert.Contains("note: not proven, as --unverified asks: h2.invalid:8443 cannot be reached from here", result.Error, StringComparison.Ordinal);
        var conf = await PakReader.ReadConfAsync(made, Token);
        Assert.Equal(("h2.invalid:8443", "proj/a", SamplePak.Digest), (conf.Registry.ToString(), conf.Repository.ToString(), conf.Digest.ToString()));
        Assert.Equal(_before, await File.ReadAllBytesAsync(_pak, Token));
        Assert.Equal(2, Directory.GetFiles(_directory.FullPath).Length);
    }

    [Fact]
    public async Task Everything_else_in_both_archives_stays_byte_for_byte()
    {
        await RunAsync("--registry", "h2.invalid", "--repository", "other/b", "--output-file", "new.pak", "--unverified");

        var after = await File.ReadAllBytesAsync(_directory.Path("new.pak"), Token);
        Assert.Equal(SamplePak.Entries(_before, except: "adapter.zip"), SamplePak.Entries(after, except: "adapter.zip"));
        var (oldAdapter, newAdapter) = (SamplePak.Read(_before, "adapter.zip"), SamplePak.Read(after, "adapter.zip"));
        Assert.Equal(SamplePak.Entries(oldAdapter, except: "MyAdapter.conf"), SamplePak.Entries(newAdapter, except: "MyAdapter.conf"));
        Assert.Equal(SamplePak.Outside(_before, "adapter.zip"), SamplePak.Outside(after, "adapter.zip"));
        Assert.Equal(SamplePak.Outside(oldAdapter, "MyAdapter.conf"), SamplePak.Outside(newAdapter, "MyAdapter.conf"));
        Assert.Equal(
            SamplePak.Conf.Replace("REGISTRY=h.example:5000\r\n", "", StringComparison.Ordinal)
                .Replace("REPOSITORY=/proj/a\r\n", "REGISTRY=h2.invalid\r\nREPOSITORY=/other/b\r\n", StringComparison.Ordinal),
            Encoding.UTF8.GetString(SamplePak.Read(newAdapter, "MyAdapter.conf")));
    }

    [Fact]
    public async Task An_image_that_is_there_is_proven_and_nothing_is_noted()
    {
        await using var registry = await DebianRegistry.StartAsync();
        using var client = new RegistryClient(registry.Host, AnonymousCredentialSource.Instance);
        var image = await SmallImage.PushAsync(client, RepositoryName.Parse("proj/a"), "1");
        await File.WriteAllBytesAsync(_pak, SamplePak.Create(image.Digest.ToString()), Token);

        var result = await RunAsync("--registry", registry.Host.ToString(), "--output-file", "new.pak", "--output", "json");

        Assert.Equal((ExitCodes.Success, ""), (result.ExitCode, result.Error));
        using var json = JsonDocument.Parse(result.Output);
        Assert.True(json.RootElement.GetProperty("verified").GetBoolean());
        Assert.Equal($"{registry.Host}/proj/a@{image.Digest}", json.RootElement.GetProperty("pullReference").GetString());
        Assert.Equal(_directory.Path("new.pak"), json.RootElement.GetProperty("pak").GetString());
    }

    [Fact]
    public async Task An_image_that_is_not_there_makes_no_pak()
    {
        await using var registry = await DebianRegistry.StartAsync();

        var result = await RunAsync("--registry", registry.Host.ToString());

        Assert.Equal(ExitCodes.Verify, result.ExitCode);
        var problem = Assert.Single(result.Problems);
        Assert.Contains("is not there: copy the image to it with its digest unchanged ('skopeo copy --preserve-digests'", problem, StringComparison.Ordinal);
        Assert.Contains("--unverified", problem, StringComparison.Ordinal);
        Assert.Single(Directory.GetFiles(_directory.FullPath));
    }

    [Fact]
    public async Task A_private_repository_makes_no_pak()
    {
        using var server = new ScriptedServer(_ => new ScriptedServer.Answer(401, Headers: [("WWW-Authenticate", "Basic realm=\"r\"")]));

        var result = await RunAsync("--registry", server.Host.ToString());

        Assert.Equal(ExitCodes.Verify, result.ExitCode);
        Assert.Contains("cannot be pulled without a login", Assert.Single(result.Problems), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_registry_that_cannot_be_reached_makes_no_pak_and_names_the_flag()
    {
        var result = await RunAsync("--registry", "no-such-host.invalid");

        Assert.Equal(ExitCodes.Verify, result.ExitCode);
        Assert.Contains("no-such-host.invalid cannot be reached from here", Assert.Single(result.Problems), StringComparison.Ordinal);
        Assert.EndsWith("--unverified makes the pak all the same", result.Problems[0], StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_default_registry_leaves_no_registry_in_the_pak()
    {
        var result = await RunAsync("--default-registry");

        Assert.Equal(ExitCodes.Success, result.ExitCode);
        var made = _directory.Path("MyAdapter_1.2.3.default-registry.pak");
        Assert.Equal($"{made}\n", result.Output);
        Assert.Contains("note: the pak names no registry", result.Error, StringComparison.Ordinal);
        Assert.Null((await PakReader.ReadConfAsync(made, Token)).Registry);
        var back = await RunAsync(made, "--registry", "h3.invalid", "--unverified", "--output-file", "back.pak");
        Assert.Equal(ExitCodes.Success, back.ExitCode);
        Assert.Equal("h3.invalid", (await PakReader.ReadConfAsync(_directory.Path("back.pak"), Token)).Registry.ToString());
    }

    [Fact]
    public async Task Nothing_that_is_there_is_replaced_unless_that_is_asked_for()
    {
        string[] arguments = ["--registry", "h2.invalid", "--unverified", "--output-file", "MyAdapter_1.2.3.pak"];

        var refused = await RunAsync(arguments);

        Assert.Equal(ExitCodes.Usage, refused.ExitCode);
        Assert.Contains("is the pak itself", Assert.Single(refused.Problems), StringComparison.Ordinal);
        Assert.Equal(_before, await File.ReadAllBytesAsync(_pak, Token));
        Assert.Equal(ExitCodes.Success, (await RunAsync([.. arguments, "--force"])).ExitCode);
        Assert.Equal("h2.invalid", (await PakReader.ReadConfAsync(_pak, Token)).Registry.ToString());
        _directory.Write("other.pak", "other");
        var other = await RunAsync("--registry", "h2.invalid", "--unverified", "--output-file", "other.pak");
        Assert.Equal(ExitCodes.Usage, other.ExitCode);
        Assert.Equal("other", await File.ReadAllTextAsync(_directory.Path("other.pak"), Token));
    }

    [Fact]
    public async Task A_directory_that_is_not_there_is_told_and_nothing_is_left()
    {
        var result = await RunAsync("--registry", "h2.invalid", "--unverified", "--output-file", "no/where.pak");

        Assert.Equal(ExitCodes.Build, result.ExitCode);
        Assert.Contains("where.pak cannot be written", Assert.Single(result.Problems), StringComparison.Ordinal);
        Assert.Single(Directory.GetFileSystemEntries(_directory.FullPath));
    }

    [Theory]
    [InlineData("Give either --registry HOST or --default-registry.")]
    [InlineData("Give either --registry HOST or --default-registry.", "--registry", "h.example", "--default-registry")]
    [InlineData("--registry takes a host or host:port without scheme and path", "--registry", "h.example/team")]
    [InlineData("--registry takes a host or host:port without scheme and path", "--registry", "https://h.example")]
    [InlineData("--repository takes a path like team/adapter", "--registry", "h.example", "--repository", "team/a:1")]
    public async Task Wrong_usage_ends_with_2(string expected, params string[] arguments)
    {
        var result = await RunAsync(arguments);

        Assert.Equal(ExitCodes.Usage, result.ExitCode);
        Assert.Contains(expected, result.Problems[0], StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_no_pak_or_a_hostile_one_is_refused()
    {
        var bad = new Dictionary<string, byte[]>
        {
            ["is not a zip archive"] = "no zip"u8.ToArray(),
            ["has no adapter.zip at its root"] = TestPak.Zip(("manifest.txt", "{}")),
            ["REGISTRY is 'bad host'"] = TestPak.WithAdapter(TestPak.Zip(("A.conf", TestPak.Conf.Replace("h.example:5000", "bad host", StringComparison.Ordinal)))),
            ["more than one adapter.zip"] = TestPak.Zip(
                ("adapter.zip", TestPak.Zip(("A.conf", TestPak.Conf))), ("adapter.zip", TestPak.Zip(("A.conf", TestPak.Conf)))),
            ["has more than 32768 KiB"] = TestPak.WithAdapter(new byte[33 * 1024 * 1024]),
        };
        foreach (var (expected, content) in bad)
        {
            await File.WriteAllBytesAsync(_pak, content, Token);

            var result = await RunAsync("--registry", "h2.invalid", "--unverified");

            Assert.Equal(ExitCodes.Validation, result.ExitCode);
            Assert.Contains(expected, Assert.Single(result.Problems), StringComparison.Ordinal);
            Assert.Single(Directory.GetFiles(_directory.FullPath));
        }
    }

    private Task<Build.MpBuild.Result> RunAsync(params string[] arguments) => Build.MpBuild.RunAsync(
        _directory.FullPath,
        ["retarget", .. arguments is [var first, ..] && first.EndsWith(".pak", StringComparison.Ordinal) ? [] : new[] { _pak }, .. arguments]);
}
