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
        Write("icon.png", Png(256, 256));
        Write("conf/describeSchema.xsd", TestSchema.Text);
        Write("resources/resources.properties", "DISPLAY_NAME=Mine\nDESCRIPTION=Of a test\nVENDOR=Nobody\n");
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

    /// <summary>The beginning of a PNG, as far as anybody looks at it.</summary>
    public static byte[] Png(ushort width, ushort height) =>
    [
        0x89, (byte)'P', (byte)'N', (byte)'G', (byte)'\r', (byte)'\n', 0x1A, (byte)'\n', 0, 0, 0, 13, (byte)'I', (byte)'H', (byte)'D', (byte)'R',
        0, 0, (byte)(width >> 8), (byte)width, 0, 0, (byte)(height >> 8), (byte)height, 8, 6, 0, 0, 0,
    ];

    public string Write(string name, byte[] content) => _directory.Write(name, content);

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
