using Berth.Clients.Tests.Clients;

namespace Berth.Clients.Tests.Matrix;

internal sealed record Cell(Client Client, Operation Operation, Transport Transport, Access Access)
{
    public Outcome Expected => Operation.Expected(Access);

    public static IEnumerable<Cell> Of(Client client) =>
        from operation in Operations.All
        where client.Abilities.ContainsKey(operation)
        from transport in Enum.GetValues<Transport>()
        from access in Enum.GetValues<Access>()
        select new Cell(client, operation, transport, access);

    public override string ToString() =>
        $"{Client.Name}: {Operation.Title}, over {(Transport == Transport.Tls ? "TLS" : "HTTP")}, "
        + (Access == Access.LoggedIn ? "logged in" : Expected == Outcome.Refused ? "anonymous: refused" : "anonymous");
}
