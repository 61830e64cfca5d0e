namespace Berth.Clients.Tests.Matrix;

/// <summary>What became of a cell.</summary>
internal enum Outcome
{
    Done,
    Refused,
    Failed,
}
