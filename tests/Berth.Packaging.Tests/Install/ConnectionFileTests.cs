using Berth.Oci;
using Berth.Packaging.Adapter;
using Berth.Packaging.Conf;
using Berth.Packaging.Install;

namespace Berth.Packaging.Tests.Install;

public sealed class ConnectionFileTests : IDisposable
{
    private const string Sdk =
        """
        {"connections":[
          {"name":"first","identifiers":{"host":{"value":"vc.example","required":true,"part_of_uniqueness":true},"port":{"value":443,"required":false,"part_of_uniqueness":false},
             "none":{"value":null,"required":false,"part_of_uniqueness":false}},
           "credential":{"credential_kind_key":"login","user":{"value":"u","required":true,"password":false},"pass":{"value":"p","required":true,"password":true}},
           "certificates":[{"certPemString":"PEM","isInvalidHostnameAccepted":true}],"suite_api_hostname":null,"suite_api_username":"me"},
          {"name":"second","identifiers":{"container_memory_limit":{"value":"64"}},"credential":null,"certificates":null}],
         "suite_api_hostname":"ops.example","suite_api_username":"admin","suite_api_password":"secret"}
        """;

    private static readonly PakFacts Pak = new(
        new ConfFile("MyAdapter", new ApiVersion(1, 0, 0), ApiProtocol.Http, 8080, null, RepositoryName.Parse("a"), Digest.Of("x"u8)),
        "My", "1.0.0", "my_instance");

    private readonly TempDirectory _directory = new();

    public void Dispose() => _directory.Dispose();

    [Fact]
    public async Task Without_a_file_the_connection_is_empty()
    {
        var connection = await ConnectionFile.ReadAsync(new InstallOptions("x.pak"), Pak, TestContext.Current.CancellationToken);

        Assert.Equal(("MyAdapter", "my_instance", 0), (connection.AdapterKey.AdapterKind, connection.AdapterKey.ObjectKind, connection.AdapterKey.Identifiers.Count));
        Assert.Null(connection.CredentialConfig);
    }

    [Fact]
    public async Task An_AdapterConfig_is_taken_as_it_is()
    {
        const string json =
            """
            {"adapterKey":{"name":"n","adapterKind":"MyAdapter","objectKind":"o","identifiers":[{"key":"host","value":"h","isPartOfUniqueness":true}]},
             "credentialConfig":{"credentialKey":"c","credentialFields":[{"key":"k","value":"v","isPassword":true}]},
             "clusterConnectionInfo":{"userName":"u","hostName":"h","password":"p"},
             "certificateConfig":{"certificates":[{"certPemString":"PEM"}]},"collectionNumber":3,"collectionWindow":{"startTime":1,"endTime":2}}
            """;
        var connection = await ReadAsync(json);

        Assert.Equal(new Identifier("host", "h", true), Assert.Single(connection.AdapterKey.Identifiers));
        Assert.Equal(new CredentialField("k", "v", true), Assert.Single(connection.CredentialConfig!.CredentialFields));
        Assert.Equal(new ClusterConnectionInfo("u", "h", "p"), connection.ClusterConnectionInfo);
        Assert.Equal(new AcceptedCertificate("PEM"), Assert.Single(connection.CertificateConfig.Certificates));
        Assert.Equal((3, new CollectionWindow(1, 2)), (connection.CollectionNumber, connection.CollectionWindow));
    }

    [Fact]
    public async Task The_first_of_the_connections_of_a_project_is_converted()
    {
        var connection = await ReadAsync(Sdk);

        Assert.Equal(("first", "MyAdapter", "my_instance"), (connection.AdapterKey.Name, connection.AdapterKey.AdapterKind, connection.AdapterKey.ObjectKind));
        Assert.Equal([new("host", "vc.example", true), new("port", "443"), new("none", null)], connection.AdapterKey.Identifiers);
        Assert.Equal("login", connection.CredentialConfig!.CredentialKey);
        Assert.Equal([new("user", "u"), new("pass", "p", true)], connection.CredentialConfig.CredentialFields);
        Assert.Equal(new ClusterConnectionInfo("me", "ops.example", "secret"), connection.ClusterConnectionInfo);
        Assert.Equal(new AcceptedCertificate("PEM", true), Assert.Single(connection.CertificateConfig.Certificates));
    }

    [Fact]
    public async Task A_connection_of_a_project_is_found_by_its_name()
    {
        var connection = await ReadAsync(Sdk, "second");

        Assert.Equal(("second", 64), (connection.AdapterKey.Name, connection.FindMemoryLimit(6)));
        Assert.Null(connection.CredentialConfig);
    }

    [Fact]
    public async Task Placeholders_are_no_account_of_the_platform()
    {
        var connection = await ReadAsync("""{"connections":[{"name":"a"}],"suite_api_hostname":"placeholder_hostname","suite_api_username":"placeholder_username"}""");

        Assert.Null(connection.ClusterConnectionInfo);
    }

    [Theory]
    [InlineData("[]", null, "a JSON object is expected")]
    [InlineData("{\n trustno1}", null, "is not JSON, at line 2")]
    [InlineData("{}", null, "adapterKey")]
    [InlineData("""{"adapterKey":null}""", null, "adapterKey")]
    [InlineData("""{"adapterKey":{"name":"n","adapterKind":"Other","objectKind":"o"}}""", null, "the pak's is 'MyAdapter'")]
    [InlineData("""{"adapterKey":{"name":"n","adapterKind":"MyAdapter","objectKind":"o"}}""", "x", "has one connection only")]
    [InlineData("""{"connections":[]}""", null, "holds no connection")]
    [InlineData("""{"connections":{}}""", null, "holds no connection")]
    [InlineData("""{"connections":[{"name":"a"},{"name":"b"}]}""", "c", "no connection 'c'; there are: a, b")]
    [InlineData("""{"connections":[{"name":"a","identifiers":[]}]}""", null, "\"identifiers\" needs to be an object")]
    [InlineData("""{"connections":[{"name":"a","identifiers":{"host":"h"}}]}""", null, "\"host\" needs to be an object with a \"value\"")]
    [InlineData("""{"connections":[{"name":"a","identifiers":{"host":{"value":[]}}}]}""", null, "the value of \"host\" needs to be text")]
    [InlineData("""{"connections":[{"name":1}]}""", null, "\"name\" needs to be text")]
    [InlineData("""{"connections":[{"name":"a","credential":{"p":{"value":"v"}}}]}""", null, "credential_kind_key")]
    [InlineData("""{"connections":[{"name":"a","certificates":[{}]}]}""", null, "certPemString")]
    [InlineData("""{"connections":[{"name":"a","identifiers":{"container_memory_limit":{"value":"lots"}}}]}""", null, "number of megabytes from 6")]
    [InlineData("""{"connections":[{"name":"a","identifiers":{"container_memory_limit":{"value":"5"}}}]}""", null, "number of megabytes from 6")]
    public async Task What_cannot_be_used_is_named_in_one_line(string json, string? name, string expected)
    {
        var e = await Assert.ThrowsAsync<ConnectionException>(() => ReadAsync(json, name));

        Assert.StartsWith(_directory.Path("c.json"), e.Message, StringComparison.Ordinal);
        Assert.Contains(expected, e.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', e.Message);
    }

    [Theory]
    [InlineData("""{"adapterKey":{"name":"n","adapterKind":"MyAdapter","objectKind":"o"},"credentialConfig":{"credentialKey":"c","credentialFields":"trustno1"}}""")]
    [InlineData("""{"connections":[{"name":"a","credential":{"credential_kind_key":"c","password":{"value":trustno1}}}]}""")]
    [InlineData("""{"connections":[{"name":"a","credential":{"credential_kind_key":"c","password":"trustno1"}}]}""")]
    public async Task A_wrong_value_is_not_repeated_in_the_message(string json)
    {
        var e = await Assert.ThrowsAsync<ConnectionException>(() => ReadAsync(json));

        Assert.DoesNotContain("trustno1", e.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_file_that_is_not_there_is_named()
    {
        var e = await Assert.ThrowsAsync<ConnectionException>(() => ConnectionFile.ReadAsync(
            new InstallOptions("x.pak") { ConnectionFile = "/nowhere.json" }, Pak, TestContext.Current.CancellationToken));

        Assert.Equal("/nowhere.json: there is no such file", e.Message);
    }

    private Task<AdapterConfig> ReadAsync(string json, string? name = null) => ConnectionFile.ReadAsync(
        new InstallOptions("x.pak") { ConnectionFile = _directory.Write("c.json", json), ConnectionName = name }, Pak, TestContext.Current.CancellationToken);
}
