using System.Globalization;
using Berth.Packaging.Install;

namespace Berth.MpInstall;

/// <summary>The result for people: what was run, and what was collected of each kind of object.</summary>
internal static class SummaryTable
{
    private static readonly string[] Kinds = ["kind", "objects", "metrics", "properties", "events"];
    private static readonly string[] Collections = ["collection", "seconds", "CPU s", "memory MB", "objects", "result"];

    public static void Write(TextWriter writer, InstallResult result)
    {
        writer.WriteLine($"pak        {result.Pak}");
        writer.WriteLine($"image      {result.Reference}");
        writer.WriteLine($"came from  {Origin(result)}");
        if (result.Kept)
            writer.WriteLine($"container  {result.Container}");
        writer.WriteLine();
        WriteRows(writer, [Collections, .. result.Collections.Select(Row)]);
        if (result.Collected is not { } collected)
            return;
        writer.WriteLine();
        var rows = collected.Kinds.Select(kind => Row(kind.ObjectKind, kind.Objects, kind.Metrics, kind.Properties, kind.Events)).ToList();
        rows.Add(Row("total", collected.Objects, collected.Metrics, collected.Properties, collected.Events));
        WriteRows(writer, [Kinds, .. rows]);
        writer.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{collected.Relationships} relationships"));
    }

    private static string[] Row(CollectionReport collection) =>
    [
        collection.Number.ToString(CultureInfo.InvariantCulture),
        Seconds(collection.Elapsed),
        collection.Processor is { } processor ? Seconds(processor) : "-",
        collection.Memory is { } memory ? (memory / 1e6).ToString("0.0", CultureInfo.InvariantCulture) : "-",
        collection.Collected?.Objects.ToString(CultureInfo.InvariantCulture) ?? "-",
        $"{(collection.Failure is null ? "ok" : "failed")}{(collection.Restarted ? ", restarted before" : "")}",
    ];

    private static string Seconds(TimeSpan time) => time.TotalSeconds.ToString("0.00", CultureInfo.InvariantCulture);

    private static string Origin(InstallResult result)
    {
        if (!result.Pulled)
            return "the engine, which had it";
        return result.Anonymous ? "an anonymous pull by digest" : "a pull by digest";
    }

    private static void WriteRows(TextWriter writer, IReadOnlyList<string[]> rows)
    {
        var widths = Enumerable.Range(0, rows[0].Length).Select(column => rows.Max(row => row[column].Length)).ToArray();
        foreach (var row in rows)
            writer.WriteLine(string.Join("  ", row.Select(Pad)));

        string Pad(string cell, int column) => column == 0 ? cell.PadRight(widths[0]) : cell.PadLeft(widths[column]);
    }

    private static string[] Row(string kind, params ReadOnlySpan<int> counts)
    {
        var row = new string[counts.Length + 1];
        row[0] = kind;
        for (var i = 0; i < counts.Length; i++)
            row[i + 1] = counts[i].ToString(CultureInfo.InvariantCulture);
        return row;
    }
}
