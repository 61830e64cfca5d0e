namespace Berth.Packaging.Remote;

/// <summary>Words for a POSIX shell.</summary>
internal static class Shell
{
    /// <summary>One word, whatever is in it.</summary>
    public static string Quote(string text) => $"'{text.Replace("'", "'\\''", StringComparison.Ordinal)}'";
}
