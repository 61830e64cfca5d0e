using Berth.Packaging.Attach;
using Berth.Packaging.Engine;

namespace Berth.Packaging.Build;

/// <summary>What a build works with, checked and connected.</summary>
/// <param name="Engine">Null where nothing is built and the adapter need not be asked.</param>
/// <param name="Signing">Null: the image is not signed.</param>
internal sealed record PackSite(PackPlan Plan, ContainerEngine? Engine, RegistryPair Registries, SigningKey? Signing) : IDisposable
{
    public void Dispose()
    {
        Engine?.Dispose();
        Signing?.Dispose();
        Registries.Dispose();
    }
}
