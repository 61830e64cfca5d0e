using Berth.Packaging.Project;

namespace Berth.Packaging.Tests.Project;

public sealed class ManifestEditTests : IDisposable
{
    private readonly ProjectDirectory _project = new();

    public void Dispose() => _project.Dispose();

    [Fact]
    public void The_adapter_kind_is_replaced_and_all_else_is_kept_in_its_order()
    {
        _project.Write("manifest.txt", "{\"z\": 1,\r\n\"adapter_kinds\": [\"Old\", \"Older\"], \"vendor\": \"Grüße & <a>\", \"a\": {\"script\": \"\"}}");

        ManifestEdit.SetAdapterKind(_project.FullPath, "New");

        Assert.Equal(
            """
            {
                "z": 1,
                "adapter_kinds": [
                    "New"
                ],
                "vendor": "Grüße & <a>",
                "a": {
                    "script": ""
                }
            }

            """u8.ToArray(),
            File.ReadAllBytes(_project.Path("manifest.txt")));
        Assert.Single(Directory.EnumerateFiles(_project.FullPath, "manifest*"));
    }

    [Fact]
    public void The_project_that_is_built_names_the_new_kind_too()
    {
        var project = PackProject.Open(_project.FullPath).WithAdapterKind("New");

        Assert.Equal("New", project.Manifest.AdapterKind);
        Assert.Equal("New", PackProject.Open(_project.FullPath).Manifest.AdapterKind);
    }

    [Theory]
    [InlineData("[]")]
    [InlineData("{")]
    public void What_cannot_be_changed_stays_as_it_is(string text)
    {
        _project.Write("manifest.txt", text);

        var e = Assert.Throws<PackException>(() => ManifestEdit.SetAdapterKind(_project.FullPath, "New"));

        Assert.StartsWith("manifest.txt cannot be changed: ", e.Message, StringComparison.Ordinal);
        Assert.Equal(text, File.ReadAllText(_project.Path("manifest.txt")));
    }
}
