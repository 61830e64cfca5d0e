namespace Berth.Clients.Tests.Matrix;

/// <summary>What a registry asks of the caller: nothing, a login, or an administrator's login.</summary>
internal enum Right
{
    Pull,
    Push,
    Administer,
}
