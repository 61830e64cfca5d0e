using Berth.Packaging.Describe;

namespace Berth.Packaging.Tests.Project;

/// <summary>A describe.xml that a project brings itself, valid against <see cref="TestSchema"/>.</summary>
internal static class StaticDescribe
{
    public const string Labels = "1 = Mine\n2 = Instance\n";

    public static string Xml(string key = "MyAdapter", int version = 3) =>
        $"""
        <AdapterKind xmlns="{DescribeWriter.Namespace}" key="{key}" nameKey="1" version="{version}">
          <ResourceKinds><ResourceKind key="i" nameKey="2" type="7"/></ResourceKinds>
        </AdapterKind>
        """;
}
