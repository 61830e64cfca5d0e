using Berth.Packaging.Engine;

namespace Berth.Packaging.Build;

/// <summary>What a build works with, checked and connected.</summary>
/// <param name="Engine">Null where nothing is built and the adapter need not be asked.</param>
internal sealed record PackSite(PackPlan Plan, ContainerEngine? Engine, RegistryPair Registries) : IDisposable
{
    public void Dispose()
    {
        Engine?.Dispose();
        Registries.Dispose();
    }
}
