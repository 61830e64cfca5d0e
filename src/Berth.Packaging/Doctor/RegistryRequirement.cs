namespace Berth.Packaging.Doctor;

/// <summary>The three things that a registry must offer to management packs.</summary>
public enum RegistryRequirement
{
    Reachable,
    Push,
    Pull,
}

public static class RegistryRequirements
{
    public static string Text(this RegistryRequirement requirement) => requirement switch
    {
        RegistryRequirement.Reachable => "it can be reached, with TLS that is trusted",
        RegistryRequirement.Push => "the image can be pushed, with a login",
        RegistryRequirement.Pull => "the image can be pulled, without a login",
        _ => throw new ArgumentOutOfRangeException(nameof(requirement)),
    };

    internal static RegistryRequirement Of(RegistryCheckStep step) => step switch
    {
        RegistryCheckStep.Push => RegistryRequirement.Push,
        RegistryCheckStep.Pull => RegistryRequirement.Pull,
        _ => RegistryRequirement.Reachable,
    };
}
