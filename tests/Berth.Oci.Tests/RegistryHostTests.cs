namespace Berth.Oci.Tests;

public sealed class RegistryHostTests
{
    [Theory]
    [InlineData("harbor.example.com", "harbor.example.com", null)]
    [InlineData("harbor.example.com:8443", "harbor.example.com", 8443)]
    [InlineData("H.example", "H.example", null)]
    [InlineData("localhost", "localhost", null)]
    [InlineData("localhost:5000", "localhost", 5000)]
    [InlineData("registry:5000", "registry", 5000)]
    [InlineData("10.0.0.5:5000", "10.0.0.5", 5000)]
    [InlineData("127.0.0.1", "127.0.0.1", null)]
    [InlineData("[fd00::1]:5000", "[fd00::1]", 5000)]
    [InlineData("[::1]", "[::1]", null)]
    [InlineData("a.b:1", "a.b", 1)]
    [InlineData("a.b:65535", "a.b", 65535)]
    [InlineData("xn--bcher-kva.example", "xn--bcher-kva.example", null)]
    public void A_host_is_read_with_its_port(string text, string name, int? port)
    {
        Assert.True(RegistryHost.TryParse(text, out var host));
        Assert.Equal(name, host.Name);
        Assert.Equal(port, host.Port);
        Assert.Equal(text, host.ToString());
    }

    [Theory]
    [InlineData("")]
    [InlineData("registry")]
    [InlineData(":5000")]
    [InlineData("a.b:")]
    [InlineData("a.b:0")]
    [InlineData("a.b:65536")]
    [InlineData("a.b:080")]
    [InlineData("a.b:+80")]
    [InlineData("a.b:8 0")]
    [InlineData("a.b:１")]
    [InlineData("a..b")]
    [InlineData("a.b.")]
    [InlineData(".a.b")]
    [InlineData("-a.b")]
    [InlineData("a-.b")]
    [InlineData("a_b.c")]
    [InlineData("bücher.example")]
    [InlineData("a.b/c")]
    [InlineData("a.b\n")]
    [InlineData("user@a.b")]
    [InlineData("10.0.0")]
    [InlineData("10.0.0.256")]
    [InlineData("10.0.0.010")]
    [InlineData("0x7f.0.0.1.5")]
    [InlineData("fd00::1")]
    [InlineData("[fd00::1")]
    [InlineData("[fd00::g]")]
    [InlineData("[fd00::1%eth0]")]
    [InlineData("[10.0.0.1]")]
    [InlineData("[]")]
    [InlineData("[::1]x:5000")]
    public void What_is_no_host_is_refused(string text)
    {
        Assert.False(RegistryHost.TryParse(text, out _));
        Assert.Throws<FormatException>(() => RegistryHost.Parse(text));
    }

    [Fact]
    public void Names_and_labels_are_bounded()
    {
        var label = new string('a', 63);
        Assert.True(RegistryHost.TryParse($"{label}.b", out _));
        Assert.False(RegistryHost.TryParse($"{label}a.b", out _));
        Assert.True(RegistryHost.TryParse(string.Join('.', Enumerable.Repeat("a", 127)), out _));
        Assert.False(RegistryHost.TryParse(string.Join('.', Enumerable.Repeat("a", 128)), out _));
    }

    [Theory]
    [InlineData("localhost", true)]
    [InlineData("LOCALHOST:5000", true)]
    [InlineData("127.0.0.1:5000", true)]
    [InlineData("127.9.8.7", true)]
    [InlineData("[::1]:5000", true)]
    [InlineData("[fd00::1]", false)]
    [InlineData("10.0.0.1", false)]
    [InlineData("localhost.example.com", false)]
    [InlineData("127.0.0.1.example.com", false)]
    public void Loopback_is_told_by_the_text(string text, bool loopback) => Assert.Equal(loopback, RegistryHost.Parse(text).IsLoopback);

    [Fact]
    public void Case_does_not_tell_hosts_apart_and_ports_do()
    {
        Assert.Equal(RegistryHost.Parse("h.example"), RegistryHost.Parse("H.Example"));
        Assert.Equal(RegistryHost.Parse("h.example").GetHashCode(), RegistryHost.Parse("H.Example").GetHashCode());
        Assert.NotEqual(RegistryHost.Parse("h.example"), RegistryHost.Parse("h.example:443"));
    }

    [Fact]
    public void The_default_value_has_no_text() => Assert.Throws<InvalidOperationException>(() => default(RegistryHost).ToString());
}
