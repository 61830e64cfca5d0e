using Berth.Oci;
using Berth.Oci.Client;

namespace Berth.Packaging.Build;

/// <summary>Nobody is there to answer: what is missing is an error.</summary>
public sealed class NoQuestions : IPackQuestions
{
    public static NoQuestions Instance { get; } = new();

    public string? Project(IReadOnlyList<string> known) => null;

    public string? Repository(string? suggestion, Func<string, string?> problemOf) => null;

    public Credential? Login(RegistryHost registry, string problem) => null;

    public bool CorrectKind(string named, string described) => false;
}
