using Berth.Packaging.Install;
using Berth.Packaging.Pak;
using Berth.Packaging.Tests.Pak;

namespace Berth.Packaging.Tests.Install;

public sealed class PakFactsTests : IDisposable
{
    private readonly TempDirectory _directory = new();

    public void Dispose() => _directory.Dispose();

    [Fact]
    public async Task Name_version_and_the_kind_of_an_instance_are_read()
    {
        const string describe =
            """<AdapterKind xmlns="urn:x"><ResourceKinds><ResourceKind key="a" type="1"/><ResourceKind key="b" type="7"/></ResourceKinds></AdapterKind>""";
        var facts = await ReadAsync("""{"name":"iSDK_My","version":"1.2.3"}""", describe);

        Assert.Equal(("iSDK_My", "1.2.3", "b", "MyAdapter"), (facts.Name, facts.Version, facts.InstanceKind, facts.Conf.AdapterKind));
    }

    [Fact]
    public async Task Without_them_the_conf_is_enough()
    {
        var path = _directory.Write("a.pak", TestPak.WithAdapter(TestPak.Zip(("MyAdapter.conf", TestPak.Conf))));

        var facts = await PakFacts.ReadAsync(path, TestContext.Current.CancellationToken);

        Assert.Equal((null, null, "MyAdapter_adapter_instance"), (facts.Name, facts.Version, facts.InstanceKind));
    }

    [Theory]
    [InlineData("not json", "<a/>", "manifest.txt in it is not JSON")]
    [InlineData("{}", "<a>", "describe.xml in it is not well-formed XML")]
    [InlineData("{}", "<!DOCTYPE a [<!ENTITY e SYSTEM 'file:///etc/passwd'>]><a>&e;</a>", "describe.xml in it is not well-formed XML")]
    public async Task What_is_there_has_to_be_readable(string manifest, string describe, string expected)
    {
        var e = await Assert.ThrowsAsync<PakException>(() => ReadAsync(manifest, describe));

        Assert.Contains(expected, e.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', e.Message);
    }

    private Task<PakFacts> ReadAsync(string manifest, string describe)
    {
        var adapter = TestPak.Zip(("MyAdapter.conf", TestPak.Conf), ("MyAdapter/conf/describe.xml", describe));
        var pak = TestPak.Zip(("manifest.txt", System.Text.Encoding.UTF8.GetBytes(manifest)), ("adapter.zip", adapter));
        return PakFacts.ReadAsync(_directory.Write("a.pak", pak), TestContext.Current.CancellationToken);
    }
}
