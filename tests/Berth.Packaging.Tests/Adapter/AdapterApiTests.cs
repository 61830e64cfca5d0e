using System.Net;
using System.Text;
using Berth.Packaging.Adapter;

namespace Berth.Packaging.Tests.Adapter;

public sealed class AdapterApiTests
{
    private static readonly AdapterConfig Connection = new(new ObjectKey("n", "K", "K_instance") { Identifiers = [new("host", "a", true)] })
    {
        ClusterConnectionInfo = new ClusterConnectionInfo("admin", "ops", "s3cret"),
    };

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_version_is_read()
    {
        using var server = new CannedServer(CannedServer.Json("""{"major":1,"minor":2,"maintenance":3,"more":true}"""));
        using var api = Api(server.Address);

        Assert.Equal("1.2.3", (await api.GetVersionAsync(Cancellation)).ToString());
        Assert.Contains("GET /apiVersion HTTP/1.1", Assert.Single(server.Requests), StringComparison.Ordinal);
        Assert.Contains("Accept: application/json", server.Requests[0], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{}", AdapterFailure.Malformed)]
    [InlineData("""{"major":1,"minor":2}""", AdapterFailure.Malformed)]
    [InlineData("""{"major":"1","minor":2,"maintenance":3}""", AdapterFailure.Malformed)]
    [InlineData("null", AdapterFailure.Malformed)]
    [InlineData("not json", AdapterFailure.Malformed)]
    [InlineData("", AdapterFailure.Malformed)]
    internal async Task An_answer_of_another_shape_is_malformed(string body, AdapterFailure expected)
    {
        using var server = new CannedServer(CannedServer.Json(body));
        using var api = Api(server.Address);

        var e = await Assert.ThrowsAsync<AdapterException>(() => api.GetVersionAsync(Cancellation));

        Assert.Equal(expected, e.Failure);
        Assert.StartsWith("GET /apiVersion: ", e.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', e.Message);
    }

    [Fact]
    public async Task An_endless_answer_is_cut_off()
    {
        using var server = new CannedServer(CannedServer.Json(new string(' ', (1024 * 1024) + 1) + "{}"));
        using var api = Api(server.Address);

        var e = await Assert.ThrowsAsync<AdapterException>(() => api.GetVersionAsync(Cancellation));

        Assert.Equal(AdapterFailure.TooLarge, e.Failure);
    }

    [Fact]
    public async Task No_answer_ends_with_the_time_limit()
    {
        using var server = new CannedServer("");
        using var api = Api(server.Address);

        var e = await Assert.ThrowsAsync<AdapterException>(() => api.GetVersionAsync(TimeSpan.FromMilliseconds(50), Cancellation));

        Assert.Equal(AdapterFailure.TimedOut, e.Failure);
    }

    [Fact]
    public async Task An_error_status_comes_with_what_the_adapter_said()
    {
        using var server = new CannedServer(CannedServer.Json("No result\nfrom adapter", "500 Internal Server Error"));
        using var api = Api(server.Address);

        var e = await Assert.ThrowsAsync<AdapterException>(() => api.TestAsync(Connection, Cancellation));

        Assert.Equal(AdapterFailure.Status, e.Failure);
        Assert.Equal("POST /test: status 500: No result from adapter", e.Message);
    }

    [Fact]
    public async Task No_definition_is_no_failure()
    {
        using var server = new CannedServer("HTTP/1.1 204 No Content\r\n\r\n");
        using var api = Api(server.Address);

        Assert.Null(await api.GetDefinitionAsync(Cancellation));
    }

    [Fact]
    public async Task A_definition_is_given_as_it_came()
    {
        using var server = new CannedServer(CannedServer.Json("""{ "adapter_key" : "K" }"""));
        using var api = Api(server.Address);

        Assert.Equal("""{ "adapter_key" : "K" }""", Encoding.UTF8.GetString((await api.GetDefinitionAsync(Cancellation))!));
    }

    [Theory]
    [InlineData("{}", null)]
    [InlineData("""{"errorMessage":null}""", null)]
    [InlineData("""{"errorMessage":""}""", "")]
    [InlineData("""{"errorMessage":"no route"}""", "no route")]
    public async Task A_test_succeeds_without_a_message(string body, string? message)
    {
        using var server = new CannedServer(CannedServer.Json(body));
        using var api = Api(server.Address);

        Assert.Equal(message, (await api.TestAsync(Connection, Cancellation)).ErrorMessage);
    }

    [Fact]
    public async Task The_platform_account_is_sent_for_collections_only()
    {
        using var server = new CannedServer(CannedServer.Json("""{"result":[],"relationships":[],"notExistingObjects":[]}"""));
        using var api = Api(server.Address);

        await api.CollectAsync(Connection, Cancellation);
        await api.TestAsync(Connection, Cancellation);
        await api.GetEndpointUrlsAsync(Connection, Cancellation);

        Assert.Contains("s3cret", server.Requests[0], StringComparison.Ordinal);
        Assert.DoesNotContain("s3cret", server.Requests[1], StringComparison.Ordinal);
        Assert.DoesNotContain("s3cret", server.Requests[2], StringComparison.Ordinal);
        Assert.Contains(
            """{"adapterKey":{"name":"n","adapterKind":"K","objectKind":"K_instance","identifiers":[{"key":"host","value":"a","isPartOfUniqueness":true}]},"certificateConfig":{"certificates":[]}}""",
            server.Requests[1],
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_collection_is_read()
    {
        using var server = new CannedServer(CannedServer.Json(
            """
            {"result":[{"key":{"name":"h","adapterKind":"K","objectKind":"host","identifiers":[]},
              "metrics":[{"key":"cpu","numberValue":1.5,"timestamp":1},{"key":"nan","numberValue":"NaN"}],
              "properties":[{"key":"os","stringValue":"linux"},{"key":"n","numberValue":2}],
              "events":[{"message":"m","criticality":5}]}],
             "relationships":[{"parent":{"name":"h","adapterKind":"K","objectKind":"host"},"children":[{"name":"p","adapterKind":"K","objectKind":"process"}]}]}
            """));
        using var api = Api(server.Address);

        var collected = await api.CollectAsync(Connection, Cancellation);

        var host = Assert.Single(collected.Result);
        Assert.Equal((2, 2, 1), (host.Metrics.Count, host.Properties.Count, host.Events.Count));
        Assert.Equal("p", Assert.Single(Assert.Single(collected.Relationships).Children).Name);
    }

    [Fact]
    public void Secrets_are_not_in_the_text_of_a_connection()
    {
        var connection = Connection with
        {
            CredentialConfig = new CredentialConfig("c") { CredentialFields = [new("password", "s3cret", true)] },
        };

        Assert.DoesNotContain("s3cret", connection.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain("s3cret", connection.CredentialConfig.CredentialFields[0].ToString(), StringComparison.Ordinal);
    }

    private static AdapterApi Api(IPEndPoint address) => new(address, null, TimeProvider.System);
}
