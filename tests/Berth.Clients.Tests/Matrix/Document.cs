using System.Globalization;
using System.Text;
using Berth.Clients.Tests.Clients;

namespace Berth.Clients.Tests.Matrix;

/// <summary>What became of the cells, for people. Nothing in it changes from run to run unless a client or an outcome does.</summary>
internal static class Document
{
    private const string Introduction = """
        # Clients

        Each of these clients was run against `berth serve` over HTTP and over TLS, with a login and without one. `./clients.sh` does it
        again and writes this page; `./test.sh` runs the same cells as tests.

        """;

    private const string Legend = """

        Everything is done twice, over HTTP and over TLS; one mark stands for both, two are for HTTP and for TLS.
        Success is not what the client says: the registry is asked with plain requests whether it has what was pushed, byte for byte, and
        what was pulled is compared with what lies there. "Refused" means that the client was told so and said so, and that the registry
        holds exactly what it held before.

        ✓ done · refused · ✗ failed · – the client has no such command

        """;

    public static async Task<string> WriteAsync(IReadOnlyDictionary<Cell, Outcome> outcomes)
    {
        var page = new StringBuilder(Introduction).Append('\n');
        await ListClientsAsync(page);
        page.Append(Legend).Append('\n');
        page.Append("## With a login\n\nThe login of a user; deleting and listing repositories take an administrator's.\n\n");
        ListOutcomes(page, outcomes, Access.LoggedIn);
        page.Append("\n## Without a login\n\nWhat is public can be read. \"Log in\" is with a wrong password.\n\n");
        ListOutcomes(page, outcomes, Access.Anonymous);
        ListNotes(page);
        var expected = outcomes.Count(cell => cell.Key.Expected == cell.Value);
        return page.Append(CultureInfo.InvariantCulture, $"\n{expected} of {outcomes.Count} cells as they should be.\n").ToString();
    }

    private static async Task ListClientsAsync(StringBuilder page)
    {
        Row(page, ["client", "version", "login", "trusts the registry's authority through"]);
        Row(page, Enumerable.Repeat("---", 4));
        foreach (var client in AllClients.All)
        {
            string[] facts = client.IsAvailable
                ? [await client.VersionAsync(), client.LoginWay, client.TrustWay]
                : ["not available here", "", ""];
            Row(page, [client.Title, .. facts]);
        }
    }

    private static void ListOutcomes(StringBuilder page, IReadOnlyDictionary<Cell, Outcome> outcomes, Access access)
    {
        Row(page, ["", .. AllClients.All.Select(client => client.Name)]);
        Row(page, ["---", .. AllClients.All.Select(_ => ":-:")]);
        foreach (var operation in Operations.All)
            Row(page, [operation.Title, .. AllClients.All.Select(client => Mark(outcomes, client, operation, access))]);
    }

    private static string Mark(IReadOnlyDictionary<Cell, Outcome> outcomes, Client client, Operation operation, Access access)
    {
        if (!client.IsAvailable)
            return "not available";
        var marks = Cell.Of(client)
            .Where(cell => cell.Operation == operation && cell.Access == access)
            .Select(cell => Mark(outcomes[cell]))
            .Distinct()
            .ToList();
        return marks.Count == 0 ? "–" : string.Join(" / ", marks);
    }

    private static string Mark(Outcome outcome) => outcome switch
    {
        Outcome.Done => "✓",
        Outcome.Refused => "refused",
        _ => "✗",
    };

    private static void ListNotes(StringBuilder page)
    {
        page.Append("\n## Notes\n\n");
        foreach (var client in AllClients.All)
            page.Append("* **").Append(client.Title).Append("** ").Append(client.Limits).Append(client.Remark is { } remark ? $" {remark}" : "").Append('\n');
    }

    private static void Row(StringBuilder page, IEnumerable<string> cells) => page.Append("| ").AppendJoin(" | ", cells).Append(" |\n");
}
