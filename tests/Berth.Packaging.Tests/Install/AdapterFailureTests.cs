using Berth.MpInstall;
using Berth.Oci;
using Berth.Packaging.Tests.Engine;

namespace Berth.Packaging.Tests.Install;

/// <summary>What an adapter does wrong while it is installed: each has a message and an exit code of its own.</summary>
[Collection(NeedsEngine.Name)]
[Trait(NeedsEngine.Trait, NeedsEngine.TraitValue)]
public sealed class AdapterFailureTests(TestEngine test) : InstallTest(test)
{
    private const string Busybox = "/bin/busybox";

    [Fact]
    public async Task An_adapter_at_another_port_than_that_of_the_conf_is_found_there()
    {
        var image = await Test.MakeImageAsync([Busybox, "nc", "-ll", "-p", "9090", "-e", Busybox, "true"]);

        var result = await InstallAsync(await PublishImageAsync(image));

        Assert.Equal(ExitCodes.AdapterPort, result.ExitCode);
        result.AssertSays("nothing listens at port 8080, which is API_PORT in the pak's conf. It listens at 9090.");
    }

    [Fact]
    public async Task An_adapter_that_takes_requests_and_never_answers_hangs()
    {
        var image = await Test.MakeImageAsync([Busybox, "nc", "-ll", "-p", "8080", "-e", Busybox, "sleep", "600"]);

        var result = await InstallAsync(await PublishImageAsync(image));

        Assert.Equal(ExitCodes.AdapterSilent, result.ExitCode);
        result.AssertSays("mp-install: apiVersion: The adapter was not ready after 20 s; last: GET /apiVersion: no answer within");
    }

    [Fact]
    public async Task An_adapter_that_hangs_when_it_is_asked_is_not_waited_for_for_ever()
    {
        var result = await InstallAsync(await PublishAsync($"""[ "$path" = /test ] && {Busybox} sleep 600"""));

        Assert.Equal(ExitCodes.AdapterSilent, result.ExitCode);
        result.AssertSays("mp-install: test: POST /test: no answer within 30 s");
    }

    [Theory]
    [InlineData("/test", "<html>", "mp-install: test: POST /test: the answer is not what the API prescribes")]
    [InlineData("/collect", """{"result":[{"metrics":[]}]}""", "mp-install: collect: POST /collect: the answer is not what the API prescribes")]
    public async Task Rubbish_is_called_so(string path, string body, string expected)
    {
        var result = await InstallAsync(await PublishAsync($"""[ "$path" = {path} ] && answer '200 OK' '{body}' && exit"""));

        Assert.Equal(ExitCodes.AdapterRubbish, result.ExitCode);
        result.AssertSays(expected);
    }

    [Fact]
    public async Task An_adapter_that_crashes_while_it_collects_is_said_to_with_its_exit_code()
    {
        var result = await InstallAsync(await PublishAsync($"""[ "$path" = /collect ] && : > /crash && {Busybox} sleep 60"""));

        Assert.Equal(ExitCodes.AdapterEnded, result.ExitCode);
        result.AssertSays("mp-install: collect: POST /collect: ");
        result.AssertSays("The adapter's process ended with exit code 3.");
    }

    [Fact]
    public async Task An_adapter_that_runs_out_of_memory_while_it_collects_is_told_which_identifier_sets_it()
    {
        var published = await PublishAsync($"""[ "$path" = /collect ] && : > /grow && {Busybox} sleep 60""");
        var connection = Directory.Write("c.json", """{"connections":[{"name":"a","identifiers":{"container_memory_limit":{"value":"32"}}}]}""");

        var result = await InstallAsync(published, "--connection", connection);

        Assert.Equal(ExitCodes.AdapterMemory, result.ExitCode);
        result.AssertSays("mp-install: collect: POST /collect: ");
        result.AssertSays("The adapter ran out of memory (its limit is 32 MB; the identifier container_memory_limit of the connection sets it)");
    }

    [Fact]
    public async Task A_registry_that_limits_pulls_is_to_be_waited_for()
    {
        const string body = """{"errors":[{"code":"TOOMANYREQUESTS","message":"You have reached your pull rate limit."}]}""";
        using var registry = new CannedServer(
            CannedServer.Json(body, "429 Too Many Requests\r\nDocker-Distribution-Api-Version: registry/2.0"));

        var result = await MpInstall.RunAsync([WritePak(registry.Address.ToString(), Digest.Of("x"u8))]);

        Assert.Equal(ExitCodes.RateLimited, result.ExitCode);
        result.AssertSays("limits how much this address may pull");
    }

    [Fact]
    public async Task A_collection_that_contradicts_describe_xml_is_refused_with_every_contradiction()
    {
        const string describe =
            """
            <AdapterKind key="TestAdapter" xmlns="http://schemas.vmware.com/vcops/schema"><ResourceKinds>
              <ResourceKind key="host"><ResourceIdentifier key="id" required="true"/><ResourceAttribute key="cpu" dataType="float" isProperty="false"/>
                <ResourceAttribute key="mem" dataType="float" isProperty="false"/><ResourceAttribute key="os" dataType="integer" isProperty="true"/></ResourceKind>
            </ResourceKinds></AdapterKind>
            """;

        var result = await InstallAsync(await PublishAsync(describe: describe));

        Assert.Equal(ExitCodes.CollectionUnfit, result.ExitCode);
        result.AssertSays("  - objects of 'host' lack the identifier 'id', which describe.xml requires");
        result.AssertSays("  - the property 'os' of 'host' is text, and a number in describe.xml");
        result.AssertSays("  note: describe.xml has no kind 'process' (2 objects)");
    }

    private async Task<MpInstall.Result> InstallAsync((string Pak, string Reference) published, params string[] more)
    {
        var result = await MpInstall.RunAsync([published.Pak, .. more]);
        Assert.Equal("remove ok", result.Stages[^1]);
        Assert.Empty(await Test.FindContainersAsync(published.Reference));
        Assert.Empty(result.Output);
        return result;
    }
}
