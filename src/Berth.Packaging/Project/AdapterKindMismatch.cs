namespace Berth.Packaging.Project;

/// <summary>The manifest and the adapter's description name different adapters. Only the author knows which of the two is right.</summary>
/// <param name="Manifest">What adapter_kinds in manifest.txt names.</param>
/// <param name="Describe">The key of describe.xml.</param>
/// <param name="Source">What to call the describe.xml in messages.</param>
public sealed record AdapterKindMismatch(string Manifest, string Describe, string Source)
{
    public override string ToString() =>
        $"{Source}: the adapter's key is '{Describe}', but adapter_kinds in {PackManifest.FileName} names '{Manifest}'; they must be equal";
}
