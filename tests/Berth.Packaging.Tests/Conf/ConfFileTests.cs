using System.Text;
using Berth.Oci;
using Berth.Packaging.Conf;

namespace Berth.Packaging.Tests.Conf;

public sealed class ConfFileTests
{
    private const string Hex = "377ea20000000000000000000000000000000000000000000000000000000001";

    private const string Golden =
        $"KINDKEY=MyAdapter\nAPI_VERSION=1.0.0\nAPI_PROTOCOL=https\nAPI_PORT=443\nREGISTRY=harbor.example.com:8443\nREPOSITORY=/proj/my-adapter\nDIGEST=sha256:{Hex}\n";

    public static TheoryData<bool, string?, string> Files => new()
    {
        { true, "harbor.example.com:8443", "API_PROTOCOL=https\nAPI_PORT=443\nREGISTRY=harbor.example.com:8443\n" },
        { true, "ghcr.io", "API_PROTOCOL=https\nAPI_PORT=443\nREGISTRY=ghcr.io\n" },
        { true, null, "API_PROTOCOL=https\nAPI_PORT=443\n" },
        { false, "harbor.example.com:8443", "API_PROTOCOL=http\nAPI_PORT=8080\nREGISTRY=harbor.example.com:8443\n" },
        { false, "ghcr.io", "API_PROTOCOL=http\nAPI_PORT=8080\nREGISTRY=ghcr.io\n" },
        { false, null, "API_PROTOCOL=http\nAPI_PORT=8080\n" },
    };

    [Theory]
    [MemberData(nameof(Files))]
    public void The_file_is_written_as_the_appliance_expects_it(bool https, string? registry, string middle)
    {
        var conf = Make(https ? ApiProtocol.Https : ApiProtocol.Http, registry);

        var bytes = conf.ToBytes();

        Assert.Equal($"KINDKEY=MyAdapter\nAPI_VERSION=1.0.0\n{middle}REPOSITORY=/proj/my-adapter\nDIGEST=sha256:{Hex}\n", Encoding.ASCII.GetString(bytes));
        Assert.Equal("MyAdapter.conf", conf.FileName);
    }

    [Theory]
    [MemberData(nameof(Files))]
    public void What_is_written_is_read_back_the_same(bool https, string? registry, string _)
    {
        var conf = Make(https ? ApiProtocol.Https : ApiProtocol.Http, registry);

        Assert.True(ConfFile.TryParse(conf.ToBytes(), out var read, out var problem), problem);

        Assert.Equal(conf, read);
        Assert.Equal(registry is null ? null : $"{registry}/proj/my-adapter@sha256:{Hex}", read.PullReference?.ToString());
    }

    [Fact]
    public void Order_line_ends_blanks_and_unknown_keys_do_no_harm()
    {
        var lines = Golden.TrimEnd('\n').Split('\n').Reverse().Select(line => $"  {line.Replace("=", " = ", StringComparison.Ordinal)}\t");
        var text = $"\uFEFF\r\n{string.Join("\r\n\r\n", lines)}\r\nNEW_KEY=5\r\nno pair";

        Assert.True(ConfFile.TryParse(Encoding.UTF8.GetBytes(text), out var conf, out var problem), problem);

        Assert.Equal(Golden, conf.ToString());
    }

    [Theory]
    [InlineData("KINDKEY")]
    [InlineData("API_VERSION")]
    [InlineData("API_PROTOCOL")]
    [InlineData("API_PORT")]
    [InlineData("REPOSITORY")]
    [InlineData("DIGEST")]
    public void A_missing_key_is_named(string key)
    {
        var text = string.Join('\n', Golden.Split('\n').Where(line => !line.StartsWith(key, StringComparison.Ordinal)));

        Assert.StartsWith($"{key} is missing", Problem(text), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("KINDKEY", "../x")]
    [InlineData("API_VERSION", "1.0")]
    [InlineData("API_VERSION", "1.0.-1")]
    [InlineData("API_PROTOCOL", "ftp")]
    [InlineData("API_PORT", "0")]
    [InlineData("API_PORT", "65536")]
    [InlineData("REGISTRY", "https://h.example")]
    [InlineData("REGISTRY", "")]
    [InlineData("REPOSITORY", "proj/a")]
    [InlineData("REPOSITORY", "/proj/a:1.0")]
    [InlineData("REPOSITORY", "//proj")]
    [InlineData("DIGEST", "latest")]
    [InlineData("DIGEST", "sha256:377EA2")]
    [InlineData("DIGEST", Hex)]
    public void A_bad_value_is_named_with_what_is_expected(string key, string value)
    {
        var text = string.Join('\n', Golden.Split('\n').Where(line => !line.StartsWith(key, StringComparison.Ordinal)).Append($"{key}={value}"));

        Assert.StartsWith($"{key} is '{value}'; expected is ", Problem(text), StringComparison.Ordinal);
    }

    [Fact]
    public void A_key_with_two_values_is_ambiguous()
    {
        Assert.Contains("DIGEST is given twice", Problem(Golden + "DIGEST=sha256:" + new string('0', 64)), StringComparison.Ordinal);
    }

    private static string Problem(string text)
    {
        Assert.False(ConfFile.TryParse(Encoding.UTF8.GetBytes(text), out var conf, out var problem));
        Assert.Null(conf);
        return problem;
    }

    private static ConfFile Make(ApiProtocol protocol, string? registry) => new(
        "MyAdapter",
        new ApiVersion(1, 0, 0),
        protocol,
        protocol.Port(),
        registry is null ? null : RegistryHost.Parse(registry),
        RepositoryName.Parse("proj/my-adapter"),
        Digest.Parse($"sha256:{Hex}"));
}
