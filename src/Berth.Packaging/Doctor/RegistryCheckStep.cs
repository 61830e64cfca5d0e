namespace Berth.Packaging.Doctor;

/// <summary>What is found out about a registry, in this order.</summary>
public enum RegistryCheckStep
{
    Name,
    Connection,
    Certificate,
    Registry,
    Push,
    Pull,
}

public static class RegistryCheckSteps
{
    /// <summary>As it stands in lists and documents.</summary>
    public static string Name(this RegistryCheckStep step) => step switch
    {
        RegistryCheckStep.Name => "name",
        RegistryCheckStep.Connection => "connection",
        RegistryCheckStep.Certificate => "certificate",
        RegistryCheckStep.Registry => "registry",
        RegistryCheckStep.Push => "push",
        RegistryCheckStep.Pull => "pull",
        _ => throw new ArgumentOutOfRangeException(nameof(step)),
    };
}
