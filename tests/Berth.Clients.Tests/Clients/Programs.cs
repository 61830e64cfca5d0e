using Berth.Chain.Tests.Running;

namespace Berth.Clients.Tests.Clients;

/// <summary>Where the clients' programs lie: those unpacked for these tests first, then those installed.</summary>
internal static class Programs
{
    private static readonly string Unpacked = Path.Combine(Executables.Checkout, "artifacts", "clients");

    private static readonly string[] Directories =
        [$"{Unpacked}/bin", .. (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':'), "/usr/sbin", "/sbin"];

    public static bool Has(string program) => Look(program) is not null;

    public static string Find(string program) =>
        Look(program) ?? throw new FileNotFoundException($"{program} is not installed: ./clients.sh installs the clients");

    /// <summary>Of the package that an unpacked program came in; null for others.</summary>
    public static string? PackageVersion(string program) =>
        File.Exists($"{Unpacked}/versions/{program}") ? File.ReadAllText($"{Unpacked}/versions/{program}").Trim() : null;

    private static string? Look(string program) =>
        Directories.Select(directory => Path.Combine(directory, program)).FirstOrDefault(File.Exists);
}
