using Berth.Clients.Tests.Clients;

namespace Berth.Clients.Tests.Matrix;

/// <summary>The cells of the clients that are installed, as test cases. A client that is missing has none: its column says so.</summary>
internal static class CellData
{
    public static IReadOnlyDictionary<string, Cell> Cells { get; } =
        AllClients.All.Where(client => client.IsAvailable).SelectMany(Cell.Of).ToDictionary(cell => cell.ToString());

    public static IEnumerable<TheoryDataRow<string>> Engines() => Rows(AllClients.Engines);

    public static IEnumerable<TheoryDataRow<string>> Tools() => Rows(AllClients.Tools);

    private static IEnumerable<TheoryDataRow<string>> Rows(IReadOnlyList<Client> clients) =>
        from cell in Cells
        where clients.Contains(cell.Value.Client)
        select new TheoryDataRow<string>(cell.Key) { TestDisplayName = cell.Key, Label = "" };
}
