using Berth.Torture.Checks;
using Berth.Torture.Http;
using Berth.Torture.Model;
using Berth.Torture.Servers;

namespace Berth.Torture.PowerLoss;

/// <summary>A store as a power cut left it.</summary>
internal sealed class DiskImage(string directory, ServerSettings settings)
{
    private string Data => Path.Combine(directory, "data");

    /// <param name="time">When the power was cut, or a little later: promises that had ended by then are none.</param>
    public async Task CheckAsync(IReadOnlyList<RepositoryModel> models, DateTimeOffset time, CancellationToken cancelled)
    {
        new StoreCheck(Data).Run(thorough: true);
        await using (var server = await BerthProcess.StartAsync(Data, Path.Combine(directory, "server.log"), settings, cancelled))
        {
            using var connection = new RegistryConnection(server, null, cancelled);
            await Task.WhenAll(models.Select(model => CheckAsync(connection, model, time)));
        }

        new StoreCheck(Data).Run(thorough: false);
    }

    private static async Task CheckAsync(RegistryConnection connection, RepositoryModel model, DateTimeOffset time)
    {
        var check = new RepositoryCheck(connection, model, time);
        await check.SettleAsync();
        await check.CheckAllAsync();
    }
}
