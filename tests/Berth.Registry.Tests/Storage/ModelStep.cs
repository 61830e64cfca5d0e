namespace Berth.Registry.Tests.Storage;

/// <summary>One operation, done to the store under test and to the model.</summary>
/// <param name="Run">What the store answered, and what it should have.</param>
internal sealed record ModelStep(string Name, Func<MetadataModel, Task<(object? Actual, object? Expected)>> Run);
