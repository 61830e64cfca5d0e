namespace Berth.Packaging.Project;

/// <summary>What a check of a project found, one line each.</summary>
/// <param name="Problems">What keeps the project from being built, or its pak from working.</param>
/// <param name="Notes">What works, but is perhaps not meant so.</param>
public sealed record ProjectReport(IReadOnlyList<string> Problems, IReadOnlyList<string> Notes);
