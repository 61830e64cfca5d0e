namespace Berth.Packaging.Tests.Engine;

/// <summary>Tests that need a container engine (DOCKER_HOST, else Docker's usual socket) and the statically linked busybox.</summary>
[CollectionDefinition(Name)]
public sealed class NeedsEngine : ICollectionFixture<TestEngine>
{
    public const string Name = "needs a container engine";

    public const string Trait = "needs";
    public const string TraitValue = "engine";

    /// <summary>What is so with one of the engine's image stores only.</summary>
    public const string Store = "store";
    public const string Overlay2 = "overlay2";
}
