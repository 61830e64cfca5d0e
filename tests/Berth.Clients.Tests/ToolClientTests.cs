using Berth.Clients.Tests.Matrix;

namespace Berth.Clients.Tests;

/// <summary>Clients that work on registries and files.</summary>
public sealed class ToolClientTests(MatrixRun run)
{
    [Theory]
    [MemberData(nameof(CellData.Tools), MemberType = typeof(CellData))]
    public Task Cell(string cell) => run.RunAsync(cell);
}
