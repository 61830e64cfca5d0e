using System.Globalization;
using Berth.Torture;
using Berth.Torture.Kills;
using Berth.Torture.PowerLoss;
using Berth.Torture.Soak;

const string Usage = "usage: Berth.Torture kills [--kills N] [--seed N] [--parallel N] | power-loss [--cuts N] [--seed N] | soak [--minutes N] [--seed N]";

try
{
    var options = TortureOptions.Parse(args);
    return options.Command switch
    {
        "kills" => await KillsAsync(options),
        "power-loss" => await PowerLossAsync(options),
        "soak" => await SoakAsync(options),
        _ => throw new FormatException($"there is no command '{options.Command}'"),
    };
}
catch (FormatException e)
{
    await Console.Error.WriteLineAsync($"{e.Message}\n{Usage}");
    return 2;
}

static async Task<int> KillsAsync(TortureOptions options)
{
    var tally = await KillShards.RunAsync(
        options.Number("kills", 5000), options.Number("seed", 1), options.Number("parallel", 2), Console.Error, CancellationToken.None);
    await Console.Out.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"{tally.Collected} blobs collected meanwhile"));
    await Console.Out.WriteLineAsync(
        string.Create(CultureInfo.InvariantCulture, $"{tally.Kills} kills, {tally.Acknowledged} acknowledged, {tally.Violations} violations"));
    return tally.Violations == 0 ? 0 : 1;
}

static async Task<int> PowerLossAsync(TortureOptions options)
{
    var tally = await PowerCuts.RunAsync(options.Number("cuts", 500), options.Number("seed", 1), Console.Error, CancellationToken.None);
    await Console.Out.WriteLineAsync(
        string.Create(CultureInfo.InvariantCulture, $"{tally.Kills} power cuts, {tally.Acknowledged} acknowledged, {tally.Violations} violations"));
    return tally.Violations == 0 ? 0 : 1;
}

static async Task<int> SoakAsync(TortureOptions options)
{
    var report = await SoakRun.RunAsync(
        TimeSpan.FromMinutes(options.Number("minutes", 10)), options.Number("seed", 1), Console.Error, CancellationToken.None);
    await Console.Out.WriteLineAsync(report.ToString());
    return report.Failures == 0 ? 0 : 1;
}
