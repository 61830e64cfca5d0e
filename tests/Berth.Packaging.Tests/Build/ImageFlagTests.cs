using System.Text.Json;
using Berth.Chain.Tests.Running;
using Berth.MpBuild;
using Berth.Oci;
using Berth.Packaging.Conf;
using Berth.Packaging.Pak;
using Berth.Packaging.Tests.Engine;

namespace Berth.Packaging.Tests.Build;

/// <summary>Packing an image that exists already.</summary>
[Collection(NeedsEngine.Name)]
[Trait(NeedsEngine.Trait, NeedsEngine.TraitValue)]
public sealed class ImageFlagTests(TestEngine test) : WholeBuild(test)
{
    private const string Described = """
        <AdapterKind xmlns='http://schemas.vmware.com/vcops/schema' key='MyAdapter' nameKey='1' version='1'>
          <ResourceKinds><ResourceKind key='i' nameKey='2' type='7'/></ResourceKinds>
        </AdapterKind>
        """;

    [Fact]
    public async Task An_image_of_a_registry_is_run_as_it_is_pulled_and_keeps_its_digest()
    {
        var built = await BuiltAsync();
        File.Delete(Project.Path("Dockerfile"));

        var result = await RunAsync("-r", $"{Registry.Host}/packs/other", "--image", $"{Repository}@{built.Digest}");

        Assert.Equal((ExitCodes.Success, ""), (result.ExitCode, string.Join('\n', result.Problems)));
        var conf = await ConfAsync();
        Assert.Equal((built.Digest, $"{Registry.Host}/packs/other", new ApiVersion(1, 2, 3)), (conf.Digest, conf.PullReference!.Name, conf.ApiVersion));
        Assert.Contains("pull image", result.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("build image", result.Error, StringComparison.Ordinal);
        await AssertNoContainerAsync();
    }

    [Fact]
    public async Task With_a_describe_xml_no_engine_is_needed()
    {
        var built = await BuiltAsync();
        Project.Write("conf/describe.xml", Described);
        Project.Write("conf/resources/resources.properties", "1=My adapter\n2=Instance\n");
        using var layout = new TempDirectory();
        await new Command("skopeo", "copy", "--src-tls-verify=false", $"docker://{Repository}@{built.Digest}", $"oci:{layout.FullPath}:mine").SucceedAsync();

        var result = await MpBuild.RunAsync(
            Project.FullPath, ["-r", $"{Registry.Host}/packs/other", "--image", $"oci:{layout.FullPath}:mine"], ("DOCKER_HOST", "unix:///nowhere"));

        Assert.Equal((ExitCodes.Success, ""), (result.ExitCode, string.Join('\n', result.Problems)));
        var conf = await ConfAsync();
        Assert.Equal((built.Digest, new ApiVersion(1, 0, 0)), (conf.Digest, conf.ApiVersion));
        Assert.Contains("its API version is taken to be 1.0.0", result.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("127.0.0.1:9/a", ExitCodes.Usage, "has no tag and no digest")]
    [InlineData("https://h.example/a:1", ExitCodes.Usage, "--image: ")]
    [InlineData("oci:/nowhere", ExitCodes.Usage, "there is no /nowhere/index.json")]
    [InlineData("REGISTRY/packs/absent:1", ExitCodes.Usage, "has no packs/absent at 1")]
    public async Task An_image_that_is_none_is_named_before_anything_is_pushed(string image, int code, string expected)
    {
        Project.Write("conf/describe.xml", Described);
        Project.Write("conf/resources/resources.properties", "1=My adapter\n2=Instance\n");

        var result = await RunAsync("-r", Repository, "--image", image.Replace("REGISTRY", Registry.Host, StringComparison.Ordinal));

        await AssertFailedAsync(result, code, expected);
    }

    [Fact]
    public async Task A_key_to_sign_with_that_is_none_is_found_before_anything_is_built()
    {
        var result = await RunAsync("-r", Repository, "--sign", "Dockerfile");

        Assert.NotEqual(ExitCodes.Success, result.ExitCode);
        Assert.DoesNotContain("build image", result.Error, StringComparison.Ordinal);
        Assert.Contains("openssl", string.Join('\n', result.Problems), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_signed_image_has_its_signature_beside_it_and_is_signed_once()
    {
        await new Command("openssl", "ecparam", "-name", "prime256v1", "-genkey", "-noout", "-out", Project.Path("sign.pem")).SucceedAsync();

        var first = await RunAsync("-r", Repository, "--sign", "sign.pem", "--output", "json");
        var second = await RunAsync("-r", Repository, "--sign", "sign.pem", "--output", "json");

        Assert.Equal((ExitCodes.Success, ""), (first.ExitCode, string.Join('\n', first.Problems)));
        Assert.Equal(first.Output, second.Output);
        using var document = JsonDocument.Parse(first.Output);
        Assert.True(Digest.TryParse(document.RootElement.GetProperty("signature").GetString(), out _));
    }

    private async Task<ConfFile> BuiltAsync()
    {
        var result = await RunAsync("-r", Repository);
        Assert.Equal((ExitCodes.Success, ""), (result.ExitCode, string.Join('\n', result.Problems)));
        var conf = await ConfAsync();
        Project.Write(EarlierPak, "earlier");
        return conf;
    }

    private async Task<ConfFile> ConfAsync() => await PakReader.ReadConfAsync(Project.Path(EarlierPak), TestContext.Current.CancellationToken);
}
