using Berth.Clients.Tests.Servers;

namespace Berth.Clients.Tests.Matrix;

/// <summary>Something that people do with a registry, whatever client they do it with.</summary>
/// <param name="Title">As a row of the table begins.</param>
/// <param name="Right">What it takes to be allowed.</param>
/// <param name="Proof">Looks, after the client has reported success, whether it is so.</param>
internal sealed record Operation(string Title, Right Right, Func<Visit, string, Task> Proof)
{
    /// <summary>Puts into the visit's repository what must be there before; null for nothing.</summary>
    public Func<Push, Task>? Before { get; init; }

    public Outcome Expected(Access access) =>
        access == Access.LoggedIn || Right == Right.Pull ? Outcome.Done : Outcome.Refused;
}
