using Berth.Packaging.Doctor;

namespace Berth.MpBuild;

/// <summary>A report for people: a line for each finding, and one for each requirement.</summary>
internal static class DoctorLines
{
    public static void Write(RegistryReport report, TextWriter writer)
    {
        foreach (var finding in report.Findings)
            writer.WriteLine($"{finding.Outcome.Name(),-7}  {finding.Step.Name(),-11}  {finding.Line}");
        writer.WriteLine();
        foreach (var requirement in Requirements)
            writer.WriteLine($"{report[requirement].Name(),-7}  {requirement.Text()}");
    }

    internal static IReadOnlyList<RegistryRequirement> Requirements { get; } =
        [RegistryRequirement.Reachable, RegistryRequirement.Push, RegistryRequirement.Pull];
}
