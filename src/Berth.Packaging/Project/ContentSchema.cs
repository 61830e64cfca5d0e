namespace Berth.Packaging.Project;

/// <summary>A directory of content whose XML files have a schema beside them.</summary>
internal sealed record ContentSchema(string Directory, string Schema)
{
    private const int MaxMebibytes = 32;

    public void Check(string project, IReadOnlyList<string> files, Findings findings)
    {
        var (directory, schemaName) = ($"content/{Directory}/", $"content/{Directory}/{Schema}");
        var documents = files.Where(IsDocument).ToList();
        if (documents.Count == 0 || !files.Contains(schemaName, StringComparer.Ordinal))
            return;
        if (ProjectFile.Read(project, schemaName, MaxMebibytes, findings) is not { } file
            || XmlSchemaFile.Load(file, findings) is not { } schema)
            return;
        foreach (var name in documents)
        {
            if (ProjectFile.Read(project, name, MaxMebibytes, findings) is { } document)
                schema.Validate(document, findings);
        }

        bool IsDocument(string name) =>
            name.StartsWith(directory, StringComparison.Ordinal) && name.EndsWith(".xml", StringComparison.OrdinalIgnoreCase);
    }
}
