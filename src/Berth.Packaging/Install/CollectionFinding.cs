using System.Globalization;

namespace Berth.Packaging.Install;

/// <summary>Something about a collection that does not fit, and of how many objects it is so.</summary>
/// <param name="IsError">The platform does not take it; else it takes it in another way than was meant.</param>
internal sealed record CollectionFinding(bool IsError, string Text, int Objects)
{
    public override string ToString() =>
        Objects < 2 ? Text : string.Create(CultureInfo.InvariantCulture, $"{Text} ({Objects} objects)");
}
