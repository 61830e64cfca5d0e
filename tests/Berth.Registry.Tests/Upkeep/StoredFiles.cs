using Berth.Oci;
using Microsoft.Data.Sqlite;

namespace Berth.Registry.Tests.Upkeep;

/// <summary>The files and rows behind a registry's back.</summary>
internal sealed class StoredFiles(string data)
{
    public string Blob(Digest digest) => PathIn("blobs", digest);

    public string Trash(Digest digest) => PathIn("trash", digest);

    public string Quarantine(Digest digest) => PathIn("quarantine", digest);

    /// <summary>Turns one bit of the content over, as a disk does.</summary>
    public void FlipBit(Digest digest)
    {
        using var file = new FileStream(Blob(digest), FileMode.Open, FileAccess.ReadWrite);
        var last = file.Length - 1;
        file.Position = last;
        var value = file.ReadByte();
        file.Position = last;
        file.WriteByte((byte)(value ^ 1));
    }

    public void Truncate(Digest digest)
    {
        using var file = new FileStream(Blob(digest), FileMode.Open, FileAccess.Write);
        file.SetLength(file.Length - 1);
    }

    public void Put(string path, string content)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, content);
    }

    public object? Scalar(string sql)
    {
        using var connection = new SqliteConnection($"Data Source={Path.Combine(data, "berth.db")};Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        return command.ExecuteScalar() is { } value and not DBNull ? value : null;
    }

    public bool IsMarkedDamaged(Digest digest) => Scalar($"SELECT damaged FROM blob WHERE digest = '{digest}'") is not null;

    private string PathIn(string place, Digest digest) =>
        Path.Combine(data, place, digest.Algorithm.Name(), digest.Hex[..2].ToString(), digest.Hex.ToString());
}
