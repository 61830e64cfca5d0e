using Berth.Oci;
using Berth.Oci.Client;
using Berth.Packaging.Build;

namespace Berth.Packaging.Tests.Build;

/// <summary>A person who knows one answer.</summary>
internal sealed class Answers(string repository) : IPackQuestions
{
    public int Asked { get; private set; }

    public string? Suggestion { get; private set; }

    public Func<string, string?>? ProblemOf { get; private set; }

    public string? Project(IReadOnlyList<string> known) => null;

    public string? Repository(string? suggestion, Func<string, string?> problemOf)
    {
        Asked++;
        (Suggestion, ProblemOf) = (suggestion, problemOf);
        return repository;
    }

    public Credential? Login(RegistryHost registry, string problem) => null;

    public bool CorrectKind(string named, string described) => false;
}
