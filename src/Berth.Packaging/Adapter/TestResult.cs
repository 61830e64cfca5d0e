namespace Berth.Packaging.Adapter;

/// <param name="ErrorMessage">Null or empty: the connection works.</param>
internal sealed record TestResult(string? ErrorMessage = null);
