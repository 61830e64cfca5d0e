namespace Berth.Packaging.Describe;

/// <summary>The units that every describe.xml defines, in the order of the embedded table (units.tsv).</summary>
/// <remarks>
/// A line with a key starts a type; a line that starts with a tab is a unit: key, order, factor, label. Odd spellings in it are those
/// that adapters and the platform use, and have to stay.
/// </remarks>
internal static class UnitTable
{
    private static readonly Lazy<IReadOnlyList<UnitType>> Table = new(Read);

    public static IReadOnlyList<UnitType> Types => Table.Value;

    public static IReadOnlySet<string> Keys { get; } =
        Types.SelectMany(type => type.Units).Select(unit => unit.Key).ToHashSet(StringComparer.Ordinal);

    private static List<UnitType> Read()
    {
        using var reader = new StreamReader(typeof(UnitTable).Assembly.GetManifestResourceStream("units.tsv")!);
        var types = new List<UnitType>();
        var units = new List<Unit>();
        while (reader.ReadLine() is { } line)
        {
            if (line.Split('\t') is ["", var key, var order, var factor, var label])
                units.Add(new Unit(key, order, factor, label));
            else
                types.Add(new UnitType(line, units = []));
        }

        return types;
    }
}
