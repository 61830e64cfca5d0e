namespace Berth.Packaging.Doctor;

/// <summary>What a build may do about a failed finding.</summary>
public enum FindingKind
{
    /// <summary>Nothing: the build would fail by it.</summary>
    Certain,

    /// <summary>The host that the appliance pulls from cannot be reached from here; it may well be from there.</summary>
    PullHostUnreachable,

    /// <summary>Nothing was pushed yet and an anonymous pull is refused: many registries answer so for what does not exist.</summary>
    RefusedBeforeFirstPush,
}
