using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using Berth.Clients.Tests.Clients;

namespace Berth.Clients.Tests.Matrix;

/// <summary>What became of the cells, for people. Nothing in it changes from run to run unless a client or an outcome does.</summary>
internal static partial class Document
{
    private const string Introduction = """
        # Clients

        Each of these clients was run against `berth serve` over HTTP and over TLS, with a login and without one. `./clients.sh` does it
        again and writes this page; `./test.sh` runs the same cells as tests.

        """;

    private const string Legend = """

        Everything is done twice, over HTTP and over TLS; one mark stands for both, two are for HTTP and for TLS.

        * **✓** Done, and not only because the client says so: the registry is asked with plain requests whether it has all that was
          pushed, and what was pulled is compared with it by digest. What a client pushes from a layout on the disk keeps its digest.
        * **refused** As it should be: the client was told that a login is missing, and said so, and the registry holds exactly what it
          held before.
        * **✗** Not as it should be.
        * **–** The client is not for that; the notes say what it is for.

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
                ? [Number().Match(await client.VersionAsync()).Value, client.LoginWay, client.TrustWay]
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
            page.Append($"* **{client.Title}** {client.Limits} {client.Remark}".TrimEnd()).Append('\n');
    }

    // Without what a distribution appends.
    [GeneratedRegex("[0-9]+([.][0-9]+)*")]
    private static partial Regex Number();

    private static void Row(StringBuilder page, IEnumerable<string> cells) => page.Append("| ").AppendJoin(" | ", cells).Append(" |\n");
}
