using System.Text.Json.Nodes;

namespace Berth.Packaging.Tests.Project;

/// <summary>A small project on disk that is valid until a test changes it.</summary>
internal sealed class ProjectDirectory : IDisposable
{
    private readonly TempDirectory _directory = new();

    public ProjectDirectory()
    {
        WriteManifest(_ => { });
        Write("Dockerfile", "FROM scratch\n");
        Write("eula.txt", "None.\n");
        Write("icon.png", "png");
        Write("conf/describeSchema.xsd", TestSchema.Text);
        Write("resources/resources.properties", "DISPLAY_NAME=Mine\n");
        Write("content/.gitkeep", "");
    }

    public string FullPath => _directory.FullPath;

    public static JsonObject Manifest() => (JsonObject)JsonNode.Parse(
        """
        {
          "display_name": "DISPLAY_NAME", "name": "iSDK_MyAdapter", "description": "DESCRIPTION", "version": "1.2.3",
          "vcops_minimum_version": "8.10.0", "disk_space_required": 500, "run_scripts_on_all_nodes": "true",
          "eula_file": "eula.txt", "platform": ["Linux Non-VA", "Linux VA"], "vendor": "VENDOR", "pak_icon": "icon.png",
          "pak_validation_script": {"script": ""}, "adapter_pre_script": {"script": ""}, "adapter_post_script": {"script": ""},
          "adapters": ["adapter.zip"], "adapter_kinds": ["MyAdapter"], "license_type": ""
        }
        """)!;

    public string Write(string name, string content) => _directory.Write(name, content);

    public void WriteManifest(Action<JsonObject> change)
    {
        var manifest = Manifest();
        change(manifest);
        Write("manifest.txt", manifest.ToJsonString(new() { WriteIndented = true }));
    }

    public string Path(string name) => _directory.Path(name);

    public void Dispose() => _directory.Dispose();
}
