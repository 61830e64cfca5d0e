using System.Text.RegularExpressions;
using Berth.Clients.Tests.Servers;

namespace Berth.Clients.Tests.Matrix;

/// <summary>Lets a client do what a cell says, and looks at what came of it.</summary>
internal static partial class Trial
{
    public static async Task RunAsync(Cell cell, Visit visit)
    {
        if (cell.Client.Before(cell.Operation) is { } prepare)
            await prepare(await Push.StartAsync(visit.Site, visit.Repository));
        var before = await RepositoryState.ReadAsync(visit.Site, visit.Repository);
        var result = await cell.Client.Abilities[cell.Operation](visit);
        if (cell.Expected == Outcome.Done)
        {
            await cell.Operation.Proof(visit, result.Succeeded().ToString());
            return;
        }
        Assert.True(Refusal().IsMatch(result.Failed().ToString()), $"not a clear refusal: {result}");
        Assert.Equal(before, await RepositoryState.ReadAsync(visit.Site, visit.Repository));
    }

    [GeneratedRegex(
        "unauthorized|denied|forbidden|authentication required|authorization failed|invalid username/password|no basic auth",
        RegexOptions.IgnoreCase)]
    private static partial Regex Refusal();
}
