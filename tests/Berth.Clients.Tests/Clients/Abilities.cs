using Berth.Chain.Tests.Running;
using Berth.Clients.Tests.Matrix;

namespace Berth.Clients.Tests.Clients;

/// <summary>
/// What a client can do. Each entry prepares as the owner what it needs, has the client do it, and gives the client's result; what that
/// printed, or what is added to it, must show what was done (see <see cref="Proofs"/>).
/// </summary>
internal sealed class Abilities : Dictionary<Operation, Func<Visit, Task<CommandResult>>>
{
    public Abilities()
    {
    }

    public Abilities(Abilities others) : base(others)
    {
    }
}
