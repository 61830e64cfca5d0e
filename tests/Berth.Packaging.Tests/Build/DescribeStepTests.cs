using System.Text;
using System.Text.Json.Nodes;
using Berth.Oci;
using Berth.Packaging.Build;
using Berth.Packaging.Conf;
using Berth.Packaging.Pak;
using Berth.Packaging.Project;
using Berth.Packaging.Tests.Describe;
using Berth.Packaging.Tests.Pak;
using Berth.Packaging.Tests.Project;

namespace Berth.Packaging.Tests.Build;

public sealed class DescribeStepTests : IDisposable
{
    private readonly ProjectDirectory _project = new();

    public DescribeStepTests() => _project.WriteManifest(manifest => manifest["adapter_kinds"]![0] = "K");

    public void Dispose() => _project.Dispose();

    [Fact]
    public void A_definition_becomes_a_description()
    {
        Assert.Equal("K", Make(Definitions.Small()).AdapterKind);
    }

    [Fact]
    public void Another_adapter_kind_is_an_error_that_carries_both()
    {
        var definition = Definitions.Small();
        definition["adapter_key"] = "Other";

        var e = Assert.Throws<PackException>(() => Make(definition));

        Assert.Equal(("K", "Other"), (e.KindMismatch?.Manifest, e.KindMismatch?.Describe));
        Assert.Throws<PackException>(() => Make(definition, _ => false));
    }

    [Fact]
    public void Another_adapter_kind_can_be_accepted_and_is_then_in_the_pak()
    {
        var definition = Definitions.Small();
        definition["adapter_key"] = "Other";

        var describe = Make(definition, mismatch => mismatch.Describe == "Other");
        var project = PackProject.Open(_project.FullPath).WithAdapterKind(describe.AdapterKind);
        var content = new PakContent(project, _ => { });
        content.Put(describe);

        Assert.Equal("Other", describe.AdapterKind);
        Assert.Contains("Other/conf/describe.xml", content.AdapterEntries(Conf).Select(entry => entry.Name));
        Assert.DoesNotContain(content.AdapterEntries(Conf), entry => entry.Name.StartsWith("K/", StringComparison.Ordinal));
    }

    [Fact]
    public void Another_adapter_kind_beside_another_problem_is_not_asked_about()
    {
        var definition = Definitions.Small();
        definition["adapter_key"] = "Other";
        definition["object_types"]![0]!["attributes"]![0]!["data_type"] = "blob";

        var e = Assert.Throws<PackException>(() => Make(definition, _ => throw new InvalidOperationException("asked")));

        Assert.Equal(2, e.Problems.Count);
        Assert.StartsWith(
            "describe.xml from the adapter's definition: ResourceKind 'o', ResourceAttribute 'k': The 'dataType' attribute is invalid",
            e.Problems[0],
            StringComparison.Ordinal);
    }

    [Fact]
    public void Fragments_of_the_project_are_added_and_what_they_lack_is_noted()
    {
        _project.Write("conf/describeSchema.xsd", TestSchema.Text.Replace(
            "<xs:element name=\"CredentialKinds\"", "<xs:element name=\"Faults\" type=\"Anything\" minOccurs=\"0\"/><xs:element name=\"CredentialKinds\"", StringComparison.Ordinal));
        _project.Write("conf/a.xml", "<AdapterKind><Faults><FaultState key='f' nameKey='1'/></Faults></AdapterKind>");
        var notes = new List<string>();

        var describe = Make(Definitions.Small(), note: notes.Add);

        Assert.Contains("<Faults>\n    <FaultState key=\"f\" />\n  </Faults>", Encoding.UTF8.GetString(describe.Xml), StringComparison.Ordinal);
        Assert.Equal("conf/a.xml: line 1: nameKey '1' is left out: the file's Names has no such key", Assert.Single(notes));
    }

    [Fact]
    public void Its_version_is_not_lower_than_that_of_an_earlier_pak()
    {
        var inner = TestPak.Zip(("K/conf/describe.xml", "<AdapterKind version='4'/>"u8.ToArray()));
        _project.Write("build/MyAdapter_1.0.0.pak", TestPak.Zip(("adapter.zip", inner)));

        Assert.Contains("its version is 3", Assert.Throws<PackException>(() => Make(Definitions.Small())).Message, StringComparison.Ordinal);
    }

    private static ConfFile Conf { get; } =
        new("Other", new ApiVersion(1, 0, 0), ApiProtocol.Http, 8080, null, RepositoryName.Parse("a"), Digest.Of("x"u8));

    private GeneratedDescribe Make(JsonNode definition, Func<AdapterKindMismatch, bool>? accept = null, Action<string>? note = null) =>
        new DescribeStep(PackProject.Open(_project.FullPath)).Make(Encoding.UTF8.GetBytes(definition.ToJsonString()), accept, note);
}
