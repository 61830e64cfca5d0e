using System.Text;

namespace Berth.Packaging.Project;

/// <summary>A file of a project, read as a whole and bounded.</summary>
/// <param name="Name">Relative to the project, for messages.</param>
internal sealed record ProjectFile(string Name, byte[] Bytes)
{
    public bool HasByteOrderMark => Bytes.AsSpan().StartsWith(Encoding.UTF8.Preamble);

    /// <returns>Null when it cannot be read, or is too large: then it is among the findings.</returns>
    public static ProjectFile? Read(string directory, string name, int mostMebibytes, Findings findings)
    {
        var file = new FileInfo(Path.Combine(directory, name));
        try
        {
            if (file.Length > mostMebibytes * 1024L * 1024)
                findings.Problem(name, $"is larger than {mostMebibytes} MiB");
            else
                return new ProjectFile(name, ReadAll(file));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            findings.Problem(name, $"cannot be read: {e.Message}");
        }

        return null;
    }

    /// <summary>Reads the file as UTF-8; the first byte that is none is a problem with its line.</summary>
    public string? Text(Findings findings)
    {
        for (var at = 0; at < Bytes.Length;)
        {
            if (Rune.DecodeFromUtf8(Bytes.AsSpan(at), out _, out var length) is not System.Buffers.OperationStatus.Done)
            {
                findings.Problem(Name, LineOf(at), "is not UTF-8; save it as such (iconv -f WINDOWS-1252 -t UTF-8 converts the usual other)");
                return null;
            }

            at += length;
        }

        return Encoding.UTF8.GetString(Bytes);
    }

    /// <summary>Number of the line that a byte stands in, from 1.</summary>
    public int LineOf(int offset) => 1 + Bytes.AsSpan(0, offset).Count((byte)'\n');

    /// <summary>What is empty is not opened: a named pipe looks so, and would block.</summary>
    private static byte[] ReadAll(FileInfo file) => file.Length == 0 ? [] : File.ReadAllBytes(file.FullName);
}
