namespace Berth.Packaging.Project;

/// <summary>Finds the name that was probably meant.</summary>
internal static class NearestName
{
    private const int LongestWord = 64;

    /// <returns>A hint to append to a message; empty when nothing is near.</returns>
    public static string Hint(string word, IEnumerable<string> known) => Find(word, known) is { } name ? $"; is '{name}' meant?" : "";

    private static string? Find(string word, IEnumerable<string> known) => word.Length is 0 or > LongestWord
        ? null
        : known.Select(name => (Name: name, Distance: Distance(word, name)))
            .Where(found => found.Distance <= Math.Max(2, found.Name.Length / 3))
            .OrderBy(found => found.Distance)
            .Select(found => found.Name)
            .FirstOrDefault();

    /// <summary>How many letters have to be added, removed or replaced; none for a word that only lacks its end.</summary>
    private static int Distance(string word, string name)
    {
        word = word.ToLowerInvariant();
        name = name.ToLowerInvariant();
        if (word.Length >= 4 && name.StartsWith(word, StringComparison.Ordinal))
            return 1;
        var row = Enumerable.Range(0, name.Length + 1).ToArray();
        for (var i = 1; i <= word.Length; i++)
        {
            var diagonal = row[0];
            row[0] = i;
            for (var j = 1; j <= name.Length; j++)
            {
                var replaced = diagonal + (word[i - 1] == name[j - 1] ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.Min(replaced, 1 + Math.Min(row[j], row[j - 1]));
            }
        }

        return row[^1];
    }
}
