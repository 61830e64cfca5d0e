namespace Berth.Chain.Tests.Chain;

/// <summary>Tests that share the Docker Engine run one after another: they list and remove what it holds.</summary>
[CollectionDefinition(Name)]
public sealed class EngineTests
{
    public const string Name = "Docker Engine";
}
