using System.Globalization;

namespace Berth.Packaging.Conf;

/// <summary>Version of the collector REST API that an adapter speaks: three numbers, as <c>GET /apiVersion</c> gives them.</summary>
public readonly record struct ApiVersion(int Major, int Minor, int Maintenance)
{
    public static bool TryParse(ReadOnlySpan<char> text, out ApiVersion version)
    {
        version = default;
        Span<Range> parts = stackalloc Range[4];
        if (text.Split(parts, '.') != 3)
            return false;
        if (!TryParseNumber(text[parts[0]], out var major)
            || !TryParseNumber(text[parts[1]], out var minor)
            || !TryParseNumber(text[parts[2]], out var maintenance))
            return false;
        version = new ApiVersion(major, minor, maintenance);
        return true;
    }

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Major}.{Minor}.{Maintenance}");

    private static bool TryParseNumber(ReadOnlySpan<char> text, out int number) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out number);
}
