using System.Text.Json;
using System.Text.Unicode;
using Berth.Packaging.Pak;

namespace Berth.Packaging.Project;

/// <summary>Checks what lies in content/: the platform imports it after the installation, and says little when it cannot.</summary>
internal sealed class ContentCheck(string project, Findings findings)
{
    private const int MaxMebibytes = 32;
    private const int MaxJsonDepth = 512;

    private static readonly string[] Known =
    [
        "alertdefs", "customgroups", "dashboards", "files", "policies", "recommendations", "reports", "resources", "supermetrics", "symptomdefs",
        "traversalspecs",
    ];

    private static readonly string[] KnownInFiles = ["reskndmetric", "solutionconfig", "topowidget", "txtwidget"];

    public void Check()
    {
        var files = ProjectLayout.FilesBelow(project, "content", findings);
        Unknown("content", Known);
        Unknown("content/files", KnownInFiles);
        foreach (var file in files)
            Check(file);
        new ContentSchema("alertdefs", "alertDefinitionSchema.xsd").Check(project, files, findings);
        new ContentSchema("traversalspecs", "traversalSpecsSchema.xsd").Check(project, files, findings);
        ItemDirectories();
    }

    private void Unknown(string directory, string[] known)
    {
        var path = Path.Combine(project, directory);
        if (!Directory.Exists(path))
            return;
        foreach (var name in Directory.EnumerateDirectories(path).Select(Path.GetFileName).OfType<string>().Order(StringComparer.Ordinal))
        {
            if (!known.Contains(name, StringComparer.Ordinal) && !ProjectFiles.IsLitterDirectory(name))
                findings.Note($"{directory}/{name}/ is no directory that the platform is known to read{NearestName.Hint(name, known)}");
        }
    }

    private void Check(string name)
    {
        if (name.Split('/') is ["content", var loose])
            findings.Note($"content/{loose} lies in no directory that the platform is known to read");
        if (name.EndsWith(".properties", StringComparison.OrdinalIgnoreCase))
            Labels(name);
        else if (name.EndsWith(".json", StringComparison.OrdinalIgnoreCase))
            Json(name);
        else if (name.EndsWith(".xml", StringComparison.OrdinalIgnoreCase))
            Xml(name);
    }

    private void Labels(string name)
    {
        PropertiesFile.Read(project, name, findings);
        var (stem, parts) = (Path.GetFileNameWithoutExtension(name), name.Split('/'));
        if (!ProjectLayout.ItemDirectories.Contains(parts[1], StringComparer.Ordinal))
            return;
        if (parts.Length == 3)
            findings.Problem(name, $"labels belong to one item; move the file to content/{parts[1]}/{stem}/resources/{stem}.properties");
        else if (parts[^2] != "resources")
            findings.Note($"{name}: the platform looks for labels in content/{parts[1]}/{parts[2]}/resources/ alone");
    }

    private void Json(string name)
    {
        if (ProjectFile.Read(project, name, MaxMebibytes, findings) is not { } file)
            return;
        if (!Utf8.IsValid(file.Bytes))
        {
            file.Text(findings);
            return;
        }

        var json = file.Bytes.AsSpan();
        if (file.HasByteOrderMark)
        {
            findings.Note($"{name}: starts with a byte order mark, which not every JSON reader takes; save it as UTF-8 without one");
            json = json[3..];
        }

        try
        {
            var reader = new Utf8JsonReader(json, new JsonReaderOptions { MaxDepth = MaxJsonDepth });
            while (reader.Read())
            {
                // Reading is the check.
            }
        }
        catch (JsonException e)
        {
            findings.Problem(name, (int)(e.LineNumber ?? 0) + 1, $"not valid JSON: {LocatedJson.Reason(e)}");
        }
    }

    private void Xml(string name)
    {
        if (ProjectFile.Read(project, name, MaxMebibytes, findings) is { } file)
            ProjectXml.CheckWellFormed(file, findings);
    }

    /// <summary>Puts loose dashboards and reports in place, as the pak will have them: two may need the same one.</summary>
    private void ItemDirectories()
    {
        var path = Path.Combine(project, "content");
        if (!Directory.Exists(path))
            return;
        try
        {
            var tree = new PakTree("content").Add("", path, static _ => { }, static _ => { });
            foreach (var directory in ProjectLayout.ItemDirectories)
                tree.GiveItemsDirectories(directory);
        }
        catch (PackException e)
        {
            findings.Problem(e.Message);
        }
    }
}
