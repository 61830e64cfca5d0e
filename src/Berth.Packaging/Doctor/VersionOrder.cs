namespace Berth.Packaging.Doctor;

/// <summary>Compares texts as people count versions: runs of digits by their number, all else by its characters.</summary>
internal sealed class VersionOrder : IComparer<string>
{
    public static VersionOrder Instance { get; } = new();

    public int Compare(string? x, string? y)
    {
        var left = x.AsSpan();
        var right = y.AsSpan();
        while (!left.IsEmpty && !right.IsEmpty)
        {
            var first = Run(left);
            var second = Run(right);
            var order = char.IsAsciiDigit(first[0]) && char.IsAsciiDigit(second[0])
                ? CompareNumbers(first.TrimStart('0'), second.TrimStart('0'))
                : first.SequenceCompareTo(second);
            if (order != 0)
                return order;
            left = left[first.Length..];
            right = right[second.Length..];
        }

        return left.Length.CompareTo(right.Length);
    }

    /// <summary>Of any length, so that no number is too large to be parsed.</summary>
    private static int CompareNumbers(ReadOnlySpan<char> left, ReadOnlySpan<char> right) =>
        left.Length != right.Length ? left.Length.CompareTo(right.Length) : left.SequenceCompareTo(right);

    private static ReadOnlySpan<char> Run(ReadOnlySpan<char> text)
    {
        var end = char.IsAsciiDigit(text[0]) ? text.IndexOfAnyExceptInRange('0', '9') : text.IndexOfAnyInRange('0', '9');
        return end < 0 ? text : text[..end];
    }
}
