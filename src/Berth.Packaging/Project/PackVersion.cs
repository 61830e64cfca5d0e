using System.Globalization;

namespace Berth.Packaging.Project;

/// <summary>Version of a management pack: three numbers. The text is kept as written, because it names the pak and the image.</summary>
internal sealed record PackVersion : IComparable<PackVersion>
{
    private PackVersion(string text, int major, int minor, int implementation)
    {
        Text = text;
        Major = major;
        Minor = minor;
        Implementation = implementation;
    }

    public string Text { get; }

    public int Major { get; }

    public int Minor { get; }

    public int Implementation { get; }

    public static PackVersion? TryParse(string text)
    {
        var parts = text.Split('.');
        if (parts.Length != 3)
            return null;
        var numbers = new int[3];
        for (var i = 0; i < parts.Length; i++)
        {
            if (!int.TryParse(parts[i], NumberStyles.None, CultureInfo.InvariantCulture, out numbers[i]))
                return null;
        }

        return new PackVersion(text, numbers[0], numbers[1], numbers[2]);
    }

    public int CompareTo(PackVersion? other) => other is null
        ? 1
        : (Major, Minor, Implementation).CompareTo((other.Major, other.Minor, other.Implementation));

    public override string ToString() => Text;
}
