using System.Net;
using System.Net.Sockets;
using Berth.Oci;

namespace Berth.Packaging.Doctor;

/// <summary>Whether the name of a host leads to addresses.</summary>
internal sealed class NameCheck(HostRole role)
{
    private const int MostShown = 4;

    public IReadOnlyList<IPAddress> Addresses { get; private set; } = [];

    public async Task<CheckResult> RunAsync(CancellationToken cancellationToken)
    {
        if (IPAddress.TryParse(role.Name, out var address))
        {
            Addresses = [address];
            return CheckResult.Passed("an address, so that no name has to be resolved");
        }

        try
        {
            Addresses = await Dns.GetHostAddressesAsync(role.Name, cancellationToken);
        }
        catch (SocketException e)
        {
            return CheckResult.Failed(
                $"the name '{role.Name}' cannot be resolved here ({Quote.Short(e.Message)})",
                $"check its spelling and this machine's DNS{(role.IsPulledFrom ? "; each Cloud Proxy has to resolve it, too" : "")}");
        }

        return Judge();
    }

    private CheckResult Judge()
    {
        var shown = string.Join(", ", Addresses.Take(MostShown).Select(address => address.ToString()));
        if (role.IsPulledFrom && !role.Host.IsLoopback && Addresses.Count > 0 && Addresses.All(IPAddress.IsLoopback))
            return CheckResult.Warning(
                $"the name leads to this machine itself here ({shown})", "make sure that DNS gives a Cloud Proxy an address that it can reach");
        return CheckResult.Passed(shown);
    }
}
