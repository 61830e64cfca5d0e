using Berth.Clients.Tests.Matrix;

namespace Berth.Clients.Tests;

/// <summary>Clients with a storage of images of their own.</summary>
public sealed class EngineClientTests(MatrixRun run)
{
    [Theory]
    [MemberData(nameof(CellData.Engines), MemberType = typeof(CellData))]
    public Task Cell(string cell) => run.RunAsync(cell);
}
